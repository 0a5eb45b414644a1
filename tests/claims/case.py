"""The flagship scenario in some position, as it is shipped or with a part taken out, over every package."""

from collections.abc import Sequence
from functools import cached_property
from typing import TypeAlias

import numpy as np
from msgspec.structs import replace

from tests.claims.space import Mask, Packages, Points, Space
from threebirds_rules.mandate import Mandate, Position
from threebirds_rules.names import AspectId, CardId, IssueId, RoleId, SwitchId, TrackId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import after_cards, mandate, opening

EAST = ("POL", "LTU")
CONTINENT = ("DEU", "FRA")
EUROPEANS = (*CONTINENT, *EAST)
ALLIES = ("USA", *EUROPEANS)
VOTERS = ("RUS", *ALLIES)
WESTERN_EUROPE = ("DEU", "FRA", "ITA", "GBR")
MEMBERS = (*ALLIES, "GBR", "ITA")
EVERYBODY = ("RUS", *MEMBERS, "NSG")

SOVEREIGNTY, SPECIAL = "russia_sovereignty", "special_status"
AREAS, DEPTH = "russia_contribution_areas", "russia_contribution_depth"
BALANCE, OF_RUSSIA, OF_ALLIES = "balance", "obligations_russia", "obligations_west"

OBJECTIVE = ("E1", "E2", "E6", "E7", "E10", "E12", "E13")
"""Cards that show the arrangements to fail, by nobody's intent."""

Taken: TypeAlias = str | tuple[str, str]
"""A part that a rule set can do without: the id of a rule, or the gauge and a role of a curve."""


class Case:
    """One rule set in one position. What is asked of it is worked out over all packages of `space`."""

    def __init__(self, space: Space, rules: RuleSet, position: Position | None = None) -> None:
        self.space = space
        self.rules = rules
        self.position = opening(rules) if position is None else position
        self._after: dict[tuple[str, ...], Case] = {}

    def mandate(self, role: str) -> Mandate:
        return mandate(self.rules, RoleId(role), self.position)

    def score(self, role: str) -> Points:
        return self.space.score(self.mandate(role))

    def surplus(self, role: str) -> Points:
        own = self.mandate(role)
        return self.space.score(own) - np.int16(own.walk_away)

    def spare(self, role: str) -> Points:
        """Points above what the role needs: its walk-away, and the margins of the bodies that must consent."""
        own = self.mandate(role)
        return self.space.score(own) - self.space.needed(own)

    def accepts(self, role: str) -> Mask:
        own = self.mandate(role)
        return self.space.score(own) >= self.space.needed(own)

    @cached_property
    def zone(self) -> Packages:
        """The packages that every seated member of every body can sign."""
        return self.zone_without()

    def zone_without(self, *absent: str) -> Packages:
        """The zone if nobody asked these roles."""
        members = {role for body in self.rules.bodies for role in body.members} & set(self.position.seated)
        return self.space.zone(self.mandate(role) for role in sorted(members - set(absent)))

    def where(self, gauge: str, low: int | None = None, high: int | None = None) -> Mask:
        return self.space.within(gauge, low, high)

    def chosen(self, **options: int | Sequence[int]) -> Mask:
        return self.space.chosen(**options)

    def only(self, **options: int) -> Mask:
        """The one package that chooses these and stays at the status quo elsewhere."""
        return self.space.chosen(**{issue: options.get(issue, 0) for issue in self.space.issues})

    def path(self, name: str) -> Mask:
        return self.space.where(next(path.when for path in self.rules.paths if path.id == name))

    def impact(self, role: str, aspect: str, **option: int) -> int:
        """The points that one option gives the role in one aspect."""
        own = self.mandate(role)
        ((issue, index),) = option.items()
        return own.values[own.issues.index(IssueId(issue))][index][own.aspects.index(AspectId(aspect))]

    def worth(self, role: str, **option: int) -> int:
        """The points that one option gives the role in all aspects."""
        return sum(self.impact(role, aspect.id, **option) for aspect in self.rules.aspects)

    def moved(self, gauge: str, **option: int) -> int:
        """By how much one option moves a gauge."""
        reached = self.space.at(self.space.gauge(gauge), **dict.fromkeys(self.space.issues, 0) | option)
        return int(reached.item()) - self.space.starts[gauge]

    def changes(self, role: str, **articles: int | tuple[int, int]) -> Points:
        """What a change of articles (from, to) brings the role in every package; a single option is kept fixed."""
        before, after = _ends(articles)
        score = self.score(role)
        return self.space.at(score, **after) - self.space.at(score, **before)

    def gain(self, *roles: str, where: Mask | None = None, **articles: int | tuple[int, int]) -> float:
        """The mean of `changes` for these roles; over the packages that are in `where` before the change."""
        among = None if where is None else self.space.at(where, **_ends(articles)[0])
        return sum(mean(self.changes(role, **articles), among) for role in roles) / len(roles)

    def without(self, part: Taken) -> "Case":
        """The case in a rule set that lacks a rule, or a curve: then nobody has it who shares it with this role."""
        kept = [one for one in self.rules.rules if one.id != part]
        curves = [one for one in self.rules.curves if (one.gauge, part[1]) != part or part[1] not in one.roles]
        assert len(kept) + len(curves) < len(self.rules.rules) + len(self.rules.curves)
        return Case(self.space, replace(self.rules, rules=tuple(kept), curves=tuple(curves)), self.position)

    def after(self, *cards: str) -> "Case":
        """The case once these cards are drawn. Several claims ask for the same: each is worked out once."""
        if cards not in self._after:
            drawn = [next(card for card in self.rules.cards if card.id == CardId(name)) for name in cards]
            self._after[cards] = Case(self.space, self.rules, after_cards(self.rules, self.position, drawn))
        return self._after[cards]

    def with_track(self, track: str, value: int) -> "Case":
        tracks = {**self.position.tracks, TrackId(track): value}
        return Case(self.space, self.rules, replace(self.position, tracks=tracks))

    def switched(self, *switches: str) -> "Case":
        """With these switches on, and no other."""
        return Case(self.space, self.rules, replace(self.position, switches=tuple(map(SwitchId, switches))))

    def other_reading(self, switch: str) -> "Case":
        """With this switch on as well, and those off that contradict it."""
        pairs = {(one.id, other) for one in self.rules.switches for other in one.excludes}
        against = {one for pair in pairs if SwitchId(switch) in pair for one in pair}
        return self.switched(*(one for one in self.position.switches if one not in against), switch)


def mean(values: Points, among: Mask | None = None) -> float:
    """The mean over all packages, or over those in `among`."""
    if among is None:
        return float(values.mean(dtype=np.float64))
    values, among = np.broadcast_arrays(values, among)
    return float(values.mean(dtype=np.float64, where=among))


def _ends(articles: dict[str, int | tuple[int, int]]) -> tuple[dict[str, int], dict[str, int]]:
    pairs = {issue: (option, option) if isinstance(option, int) else option for issue, option in articles.items()}
    return {issue: ends[0] for issue, ends in pairs.items()}, {issue: ends[1] for issue, ends in pairs.items()}
