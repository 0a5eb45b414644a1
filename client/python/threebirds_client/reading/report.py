"""What a text is worth to every role, as data: what `--json` prints and what is told to people."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from threebirds_rules.conditions import holds
from threebirds_rules.endings import path_of
from threebirds_rules.mandate import Mandate
from threebirds_rules.names import BodyId, CardId, GaugeId, IssueId, Package, RoleId
from threebirds_rules.ruleset import Card, Role, RuleSet
from threebirds_rules.scoring import (
    Explanation,
    after_cards,
    explain,
    gauges_of,
    mandate,
    needed,
    opening,
    surplus,
)


class RoleScore(Struct, frozen=True, kw_only=True):
    """`surplus` is above the walk-away; a role whose score reaches `needed` gains by signing in all of its bodies."""

    role: RoleId
    name: str
    vote: bool
    optional: bool
    score: int
    walk_away: int
    needed: int
    surplus: int
    explanation: Explanation

    @property
    def gains(self) -> bool:
        return self.score >= self.needed


class BodyScore(Struct, frozen=True, kw_only=True):
    """A body whose consent the text needs; `short` are members that miss their walk-away and its margin."""

    body: BodyId
    name: str
    members: tuple[RoleId, ...]
    short: tuple[RoleId, ...]


class Report(Struct, frozen=True, kw_only=True):
    """In a position with every role seated; bodies without the optional ones."""

    scenario: str
    digest: str
    cards: tuple[CardId, ...]
    package: Mapping[IssueId, int]
    path: str | None
    gauges: Mapping[GaugeId, int]
    bodies: tuple[BodyScore, ...]
    roles: tuple[RoleScore, ...]


def report(rules: RuleSet, package: Package, cards: Sequence[Card]) -> Report:
    position = after_cards(rules, opening(rules, seated=[role.id for role in rules.roles]), cards)
    mandates = {role.id: mandate(rules, role.id, position) for role in rules.roles}
    path = path_of(rules, package)
    return Report(
        scenario=rules.id,
        digest=rules.digest,
        cards=tuple(card.id for card in cards),
        package={issue.id: option for issue, option in zip(rules.issues, package, strict=True)},
        path=None if path is None else path.name,
        gauges=gauges_of(rules, package),
        bodies=_bodies(rules, package, mandates),
        roles=tuple(_role(role, mandates[role.id], package) for role in rules.roles),
    )


def _role(role: Role, own: Mandate, package: Package) -> RoleScore:
    explanation = explain(own, package)
    return RoleScore(
        role=role.id,
        name=role.name,
        vote=role.vote,
        optional=role.optional,
        score=explanation.total,
        walk_away=own.walk_away,
        needed=needed(own, package),
        surplus=surplus(own, package),
        explanation=explanation,
    )


def _bodies(rules: RuleSet, package: Package, mandates: Mapping[RoleId, Mandate]) -> tuple[BodyScore, ...]:
    chosen = {issue.id: option for issue, option in zip(rules.issues, package, strict=True)}
    reached = gauges_of(rules, package)
    seated = {role.id for role in rules.roles if not role.optional}
    found: list[BodyScore] = []
    for body in rules.bodies:
        members = tuple(role for role in body.members if role in seated)
        if members and (body.when is None or holds(body.when, chosen, reached)):
            short = tuple(role for role in members if _misses(mandates[role], body.id, package))
            found.append(BodyScore(body=body.id, name=body.name, members=members, short=short))
    return tuple(found)


def _misses(own: Mandate, body: BodyId, package: Package) -> bool:
    return surplus(own, package) < next(seat.margin for seat in own.bodies if seat.id == body)
