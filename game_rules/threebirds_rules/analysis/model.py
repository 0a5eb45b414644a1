"""What analysis needs of a game: per party points, terms and a walk-away; bodies; gauges as sums over issues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from threebirds_rules.conditions import AllOf, Condition
from threebirds_rules.mandate import Mandate, Position
from threebirds_rules.names import BodyId, GaugeId, IssueId, RoleId
from threebirds_rules.ruleset import Body, RuleSet
from threebirds_rules.scoring import mandate
from threebirds_rules.scoring.gauges import moved

ALWAYS = AllOf(())
"""The condition that every package meets."""

LARGEST = 1 << 52
"""The largest score that is worked with: floating point holds all integers up to here, and sums of scores fit."""


class ScoresTooLargeError(ValueError):
    """Points so large that sums of them would not be exact."""


@dataclass(frozen=True)
class Pair:
    """Points by the options of two issues: `points[option of first][option of second]`."""

    first: int
    second: int
    points: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Party:
    """A role, or a party of a plain domain. The score is values, pairs, rules, curves and `offset` together."""

    id: RoleId
    votes: bool
    walk_away: int
    offset: int
    values: tuple[tuple[int, ...], ...]
    pairs: tuple[Pair, ...] = ()
    rules: tuple[tuple[Condition, int], ...] = ()
    curves: tuple[tuple[GaugeId, tuple[tuple[int, int], ...]], ...] = ()

    def bound(self) -> int:
        """No score and no walk-away is farther from 0 than this."""
        tables = chain(self.values, (chain(*pair.points) for pair in self.pairs))
        terms = sum(max(map(abs, table)) for table in tables) + sum(abs(points) for _, points in self.rules)
        curves = sum(max(abs(y) for _, y in points) for _, points in self.curves)
        return terms + curves + abs(self.offset) + abs(self.walk_away)


@dataclass(frozen=True)
class Council:
    """A body reduced to those of its members that are seated; `members` and `vetoes` are places among the parties.

    It consents where those who accept weigh `threshold` or more: every decision rule is one of weights.
    """

    id: BodyId
    when: Condition
    members: tuple[int, ...]
    margin: int
    weights: tuple[int, ...]
    threshold: int
    vetoes: tuple[int, ...]
    quorum: int

    @property
    def total(self) -> int:
        return sum(self.weights)

    @property
    def can_decide(self) -> bool:
        return len(self.members) >= self.quorum and self.total >= self.threshold

    @property
    def needs_all(self) -> bool:
        """Whether it consents exactly where every member accepts."""
        return self.can_decide and self.threshold > self.total - min(self.weights)


@dataclass(frozen=True)
class LinearGauge:
    """`start` and what each option of each issue adds to it, also for a gauge that is derived from others."""

    start: int
    moves: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Model:
    """Everything that decides about packages, in one position."""

    issues: tuple[IssueId, ...]
    sizes: tuple[int, ...]
    parties: tuple[Party, ...]
    councils: tuple[Council, ...]
    gauges: Mapping[GaugeId, LinearGauge]
    paths: tuple[tuple[str, Condition], ...] = ()

    @property
    def packages(self) -> int:
        count = 1
        for size in self.sizes:
            count *= size
        return count

    @property
    def voters(self) -> tuple[int, ...]:
        """Places of the parties with a vote: efficiency and solution points are about them."""
        return tuple(place for place, party in enumerate(self.parties) if party.votes)

    def number_type(self) -> np.dtype[Any]:
        """The smallest integers that hold every score, surplus and difference of two; raises ScoresTooLargeError."""
        largest = max(party.bound() for party in self.parties) + max(
            (abs(one.margin) for one in self.councils), default=0
        )
        if largest * len(self.parties) > LARGEST:
            raise ScoresTooLargeError(f"scores of up to {largest} are too large to be added exactly")
        return np.dtype(next(kind for kind in (np.int16, np.int32, np.int64) if 4 * largest < np.iinfo(kind).max))


def model_of(rules: RuleSet, position: Position, *, everybody: bool = False) -> Model:
    """The rule set as it stands in `position`: sleeping rules, empty seats and what is switched off are left out.

    With `everybody`, efficiency is judged by all who are seated, not only by those with a vote.
    """
    votes = {role.id: role.vote or everybody for role in rules.roles}
    mandates = [mandate(rules, role, position) for role in position.seated]
    places = {role: place for place, role in enumerate(position.seated)}
    margins = {body.id: body.margin for own in mandates for body in own.bodies}
    return Model(
        issues=tuple(issue.id for issue in rules.issues),
        sizes=tuple(len(issue.options) for issue in rules.issues),
        parties=tuple(_party(own, votes=votes[own.role]) for own in mandates),
        councils=tuple(_council(body, places, margins[body.id]) for body in rules.bodies if body.id in margins),
        gauges=_gauges(mandates[0]),
        paths=tuple((path.id, path.when) for path in rules.paths),
    )


def _party(own: Mandate, *, votes: bool) -> Party:
    return Party(
        id=own.role,
        votes=votes,
        walk_away=own.walk_away,
        offset=own.offset,
        values=tuple(tuple(sum(aspects) for aspects in rows) for rows in own.values),
        rules=tuple((rule.when, rule.points) for rule in own.rules),
        curves=tuple((curve.gauge, curve.points) for curve in own.curves),
    )


def _council(body: Body, places: Mapping[RoleId, int], margin: int) -> Council:
    seated = [role for role in body.members if role in places]
    members = tuple(places[role] for role in seated)
    weights, threshold = _weights(body, seated)
    return Council(
        id=body.id,
        when=ALWAYS if body.when is None else body.when,
        members=members,
        margin=margin,
        weights=weights,
        threshold=threshold,
        vetoes=tuple(places[role] for role in body.vetoes if role in places and places[role] in members),
        quorum=body.quorum,
    )


def _weights(body: Body, seated: Sequence[RoleId]) -> tuple[tuple[int, ...], int]:
    """Of the seated members, and what those who accept must weigh: where all speak, silence is nobody's answer."""
    alike = (1,) * len(seated)
    match body.decides:
        case "weighted":
            return tuple(body.weights[role] for role in seated), body.threshold
        case "majority":
            return alike, len(seated) // 2 + 1
        case _:
            return alike, len(seated)


def _gauges(own: Mandate) -> dict[GaugeId, LinearGauge]:
    starts = moved(own.gauges, ())
    after: Sequence[Sequence[Mapping[GaugeId, int]]] = [
        [moved(own.gauges, (effects,)) for effects in rows] for rows in own.effects
    ]
    return {
        gauge: LinearGauge(start, tuple(tuple(values[gauge] - start for values in rows) for rows in after))
        for gauge, start in starts.items()
    }
