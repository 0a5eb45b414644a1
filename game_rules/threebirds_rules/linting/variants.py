"""Variants that do not keep to their time, change nothing, or cannot end in a text."""

from collections.abc import Iterator

from msgspec.structs import replace

from threebirds_rules.linting.finding import Found
from threebirds_rules.linting.proceedings import phase_findings
from threebirds_rules.loading.problems import Path
from threebirds_rules.play import phases
from threebirds_rules.ruleset import RuleSet, Variant
from threebirds_rules.variants import as_played

LEAST_FILLED = 70
"""Percent of the minutes that the phases take at least: the rest is left for votes and for stragglers."""


def variant_findings(rules: RuleSet) -> Iterator[Found]:
    """A phase that a variant leaves out with its mechanic is meant to be left out."""
    known = {(one.code, one.place) for one in phase_findings(rules)}
    for at, variant in enumerate(rules.variants):
        path, place = ("variants", at), f"variants.{variant.id}"
        played = as_played(rules, variant.id)
        yield from _time(played, variant, path)
        if at and _changes_nothing(rules, variant):
            yield Found(
                "variant_changes_nothing",
                path,
                place,
                f"'{variant.name}' is played like '{rules.variants[0].name}'.",
                "Give it fewer rounds or shorter phases, or leave it out.",
            )
        for one in phase_findings(played):
            if (one.code, one.place) not in known and one.code != "mechanic_off":
                yield one._replace(path=path, place=f"{place}.{one.place}", says=f"In '{variant.name}': {one.says}")


def _time(played: RuleSet, variant: Variant, path: Path) -> Iterator[Found]:
    seconds = played.schedule.rounds * sum(phase.seconds for phase in phases(played))
    if not LEAST_FILLED * played.minutes * 60 <= seconds * 100 <= 100 * played.minutes * 60:
        yield Found(
            "minutes_wrong",
            (*path, "minutes"),
            f"variants.{variant.id}",
            f"'{variant.name}' is said to take {variant.minutes:,} minutes; its phases last {seconds / 60:,.0f}.",
            "Let the phases fill most of the minutes, and leave some for the votes.",
        )


def _changes_nothing(rules: RuleSet, variant: Variant) -> bool:
    played = as_played(rules, variant.id)
    return replace(played, variant=rules.variant, minutes=rules.minutes, variants=rules.variants) == rules
