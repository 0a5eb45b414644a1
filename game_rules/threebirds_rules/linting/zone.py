"""Whether there is anything that all can sign, and roles that would sign everything or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from threebirds_rules.conditions import holds
from threebirds_rules.consent import consents
from threebirds_rules.linting.finding import Found
from threebirds_rules.mandate import Mandate
from threebirds_rules.names import IssueId, Package, RoleId
from threebirds_rules.ruleset import Body, Role, RuleSet
from threebirds_rules.scoring import Scorer, gauges_of, mandate, opening

SMALL = 200_000
"""Up to so many packages are looked at one by one."""


class Counted(NamedTuple):
    """Of all packages at the opening: how many all can sign, and how many each seated role."""

    zone: int
    acceptable: Mapping[RoleId, int]


def package_count(rules: RuleSet) -> int:
    return prod(len(issue.options) for issue in rules.issues)


def _no_zone() -> Found:
    return Found(
        "no_zone",
        ("issues",),
        "issues",
        "At the start there is no text that every body would consent to.",
        "Lower a walk-away, or add an option that pays for what another one costs.",
    )


def zone_findings(rules: RuleSet) -> Iterator[Found]:
    """By a pass over all packages at the opening, which ends as soon as every question is answered."""
    look = _Look(rules)
    for package in product(*(range(len(issue.options)) for issue in rules.issues)):
        if look.is_done(package):
            return
    yield from look.findings()


def counted_findings(rules: RuleSet, counted: Counted) -> Iterator[Found]:
    """The same of packages that somebody else has looked at."""
    if counted.zone == 0:
        yield _no_zone()
    voters = {role for body in rules.bodies for role in body.members}
    for at, role in enumerate(rules.roles):
        if role.id in voters and counted.acceptable.get(role.id) == 0:
            yield _never_content(at, role)
        if role.id in voters and counted.acceptable.get(role.id) == package_count(rules):
            yield _always_content(at, role)


def bound_findings(rules: RuleSet) -> Iterator[Found]:
    """The same of roles for too many packages to look at: only what the sums of best and worst parts show already."""
    start = opening(rules)
    for at, role in enumerate(rules.roles):
        own = mandate(rules, role.id, start)
        low, high = bounds(own)
        if own.bodies and high < own.walk_away:
            yield _never_content(at, role)
        if own.bodies and low >= own.walk_away + max(body.margin for body in own.bodies):
            yield _always_content(at, role)


def bounds(own: Mandate) -> tuple[int, int]:
    """No score is lower than the first or higher than the second."""
    tables = [[sum(aspects) for aspects in rows] for rows in own.values]
    tables += [[0, rule.points] for rule in own.rules]
    tables += [[y for _, y in curve.points] for curve in own.curves]
    return own.offset + sum(map(min, tables)), own.offset + sum(map(max, tables))


def _never_content(at: int, role: Role) -> Found:
    return Found(
        "role_never_content",
        ("roles", at, "comfort"),
        f"roles.{role.id}",
        f"No text is worth its walk-away to {role.name} at the start.",
        "Lower its comfort, or give it more to gain.",
    )


def _always_content(at: int, role: Role) -> Found:
    return Found(
        "role_always_content",
        ("roles", at, "comfort"),
        f"roles.{role.id}",
        f"{role.name} would sign every text at the start, so its consent asks for nothing.",
        "Raise its comfort, or give it something to lose.",
    )


class _Look:
    """What is still to be seen: a text for all, and for each role one that it would sign and one that it would not."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        start = opening(rules)
        # Bodies that every text needs come first: they mostly end it, and cost least.
        self._bodies = [
            (body, members)
            for body in sorted(rules.bodies, key=lambda one: one.when is not None)
            if (members := [role for role in body.members if role in start.seated])
        ]
        voters = {role for body in rules.bodies for role in body.members if role in start.seated}
        self._scorers = {role.id: Scorer(mandate(rules, role.id, start)) for role in rules.roles if role.id in voters}
        self._for_all = False
        self._wanted = set(self._scorers)
        self._refused = set(self._scorers)

    def is_done(self, package: Package) -> bool:
        for role in [*self._wanted]:
            if self._signs(role, package):
                self._wanted.discard(role)
        for role in [*self._refused]:
            if not self._signs(role, package):
                self._refused.discard(role)
        self._for_all = self._for_all or self._consented(package)
        return self._for_all and not self._wanted and not self._refused

    def findings(self) -> Iterator[Found]:
        if not self._for_all:
            yield _no_zone()
        for at, role in enumerate(self._rules.roles):
            if role.id in self._wanted:
                yield _never_content(at, role)
            if role.id in self._refused:
                yield _always_content(at, role)

    def _signs(self, role: RoleId, package: Package) -> bool:
        scorer = self._scorers[role]
        return scorer.score(package) >= scorer.needed(package)

    def _consented(self, package: Package) -> bool:
        return all(self._consents(body, members, package) for body, members in self._bodies)

    def _consents(self, body: Body, members: Sequence[RoleId], package: Package) -> bool:
        if body.when is not None and not holds(body.when, self._chosen(package), gauges_of(self._rules, package)):
            return True
        yes = tuple(role for role in members if self._scorers[role].surplus(package) >= body.margin)
        no = tuple(role for role in members if role not in yes)
        return consents(body, len(members), yes, no, ())

    def _chosen(self, package: Package) -> dict[IssueId, int]:
        return {issue.id: option for issue, option in zip(self._rules.issues, package, strict=True)}
