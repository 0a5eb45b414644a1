"""Texts that a reader will miss."""

from collections.abc import Iterator

from threebirds_rules.linting.finding import Found
from threebirds_rules.loading.problems import Path, written
from threebirds_rules.ruleset import RuleSet


def text_findings(rules: RuleSet) -> Iterator[Found]:
    for path, place, text in _texts(rules):
        if not text.strip():
            yield Found(
                "text_missing",
                path,
                place,
                f"There is nothing to read in {written(path)}.",
                "Write a sentence or two.",
            )
    if not rules.sources:
        yield Found("text_missing", ("sources",), "sources", "The sources are not named.", "Say what it is taken from.")


def _texts(rules: RuleSet) -> Iterator[tuple[Path, str, str]]:
    yield ("summary",), "summary", rules.summary
    for at, role in enumerate(rules.roles):
        yield ("roles", at, "public_brief"), f"roles.{role.id}.public_brief", role.public_brief
        yield ("roles", at, "confidential_brief"), f"roles.{role.id}.confidential_brief", role.confidential_brief
    yield from _articles(rules)
    for at, phase in enumerate(rules.schedule.phases):
        yield ("schedule", "phases", at, "text"), f"phases.{phase.id}.text", phase.text
    after = rules.schedule.implementation
    if after is not None:
        yield ("schedule", "implementation", "text"), f"phases.{after.id}.text", after.text
    for at, card in enumerate(rules.cards):
        yield ("cards", at, "effect"), f"cards.{card.id}.effect", card.effect
    sections = {"rules": rules.rules, "curves": rules.curves, "bodies": rules.bodies, "cards": rules.cards}
    for section, entries in {**sections, "endings": rules.endings}.items():
        for at, entry in enumerate(entries):
            yield (section, at, "text"), f"{section}.{entry.id}.text", entry.text
    if any(ending.tag is not None for ending in rules.endings):
        yield ("reservations",), "reservations", rules.reservations


def _articles(rules: RuleSet) -> Iterator[tuple[Path, str, str]]:
    for at, issue in enumerate(rules.issues):
        for index, option in enumerate(issue.options):
            yield ("issues", at, "options", index, "article"), f"issues.{issue.id}.{index}.article", option.article
