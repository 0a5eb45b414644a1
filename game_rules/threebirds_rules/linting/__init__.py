"""What is odd in a sound rule set: not wrong, but hardly meant. For `threebirds check` and for an editor."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from threebirds_rules.linting.articles import gauge_findings, option_findings
from threebirds_rules.linting.effects import card_findings, path_findings, rule_findings, switch_findings
from threebirds_rules.linting.finding import Finding, Found
from threebirds_rules.linting.languages import language_findings
from threebirds_rules.linting.proceedings import body_findings, ending_findings, mechanic_findings, phase_findings
from threebirds_rules.linting.reached import Reaches
from threebirds_rules.linting.roles import role_findings
from threebirds_rules.linting.variants import variant_findings
from threebirds_rules.linting.wording import text_findings
from threebirds_rules.linting.zone import (
    SMALL,
    Counted,
    bound_findings,
    counted_findings,
    package_count,
    zone_findings,
)
from threebirds_rules.loading import Accepted, Loaded
from threebirds_rules.loading.problems import Path, Position
from threebirds_rules.ruleset import RuleSet

__all__ = ["SMALL", "Counted", "Finding", "findings", "lint", "package_count"]


def lint(loaded: Loaded, *, counted: Counted | None = None) -> tuple[Finding, ...]:
    """The findings of a document in the order of their places, each with the author's reason if it is accepted.

    `counted` is for more packages than `SMALL`, if the caller has looked at all: without it, no word is said of their
    zone, and of roles only what the sums of best and worst parts show.
    """
    found = [_placed(one, loaded.positions) for one in findings(loaded.rules, counted=counted)]
    told = [*_accepted(found, loaded.accepted), *_in_vain(found, loaded)]
    return tuple(sorted(told, key=lambda one: (one.line, one.column, one.code, one.place)))


def findings(rules: RuleSet, *, counted: Counted | None = None) -> Iterator[Found]:
    """Everything odd in a rule set, accepted or not."""
    reaches = Reaches(rules)
    yield from role_findings(rules)
    yield from option_findings(rules)
    yield from gauge_findings(rules, reaches)
    yield from rule_findings(rules, reaches)
    yield from path_findings(rules, reaches)
    yield from switch_findings(rules)
    yield from card_findings(rules)
    yield from body_findings(rules, reaches)
    yield from phase_findings(rules)
    yield from ending_findings(rules, reaches)
    yield from mechanic_findings(rules)
    yield from text_findings(rules)
    yield from language_findings(rules)
    yield from variant_findings(rules)
    if package_count(rules) <= SMALL:
        yield from zone_findings(rules)
    elif counted is None:
        yield from bound_findings(rules)
    else:
        yield from counted_findings(rules, counted)


def _placed(found: Found, positions: Mapping[Path, Position]) -> Finding:
    path = found.path
    while path and path not in positions:
        path = path[:-1]
    line, column = positions.get(path, Position(1, 1))
    return Finding(code=found.code, place=found.place, line=line, column=column, says=found.says, advice=found.advice)


def _accepted(found: Sequence[Finding], accepted: Sequence[Accepted]) -> Iterator[Finding]:
    reasons = {(one.code, one.place): one.reason for one in accepted}
    for one in found:
        yield replace(one, accepted=reasons.get((one.code, one.place)))


def _in_vain(found: Sequence[Finding], loaded: Loaded) -> Iterator[Finding]:
    there = {(one.code, one.place) for one in found}
    for at, one in enumerate(loaded.accepted):
        if (one.code, one.place) not in there:
            yield _placed(
                Found(
                    "accepted_in_vain",
                    ("accepted_findings", at),
                    f"accepted_findings.{at}",
                    f"There is no finding {one.code} at {one.place} to accept.",
                    "Leave this entry out.",
                ),
                loaded.positions,
            )
