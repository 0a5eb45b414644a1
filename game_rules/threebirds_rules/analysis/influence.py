"""What matters in a rule set and what does not: rules and options, over all packages."""

from collections.abc import Iterator, Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from threebirds_rules.analysis.blocks import MEMORY, Progress, Tile, all_blocks
from threebirds_rules.analysis.model import Model, model_of
from threebirds_rules.analysis.tables import Mask, Numbers
from threebirds_rules.analysis.votes import Votes
from threebirds_rules.conditions import Condition
from threebirds_rules.mandate import Position
from threebirds_rules.names import IssueId, RoleId, RuleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import mandate

Counts = NDArray[np.int64]


class RuleInfluence(Struct, frozen=True):
    """`holds` in so many packages, `zopa` of them in the ZOPA. A rule that holds in none never fires.

    `decides`: by role, how many packages it could sign, or could not, only because of this rule.
    """

    holds: int
    zopa: int
    decides: Mapping[RoleId, int]


class OptionInfluence(Struct, frozen=True):
    """How many packages with this option are in the ZOPA, and how many each role could sign."""

    zopa: int
    acceptable: Mapping[RoleId, int]


class Alone(Struct, frozen=True):
    """An option that settles by itself what a role says: it could sign every package with it, or none."""

    issue: IssueId
    option: int
    role: RoleId
    accepts: bool


class Influence(Struct, frozen=True, kw_only=True):
    """`alone` leaves out roles that would say the same to every package: there, nothing decides."""

    rules: Mapping[RuleId, RuleInfluence]
    options: Mapping[IssueId, tuple[OptionInfluence, ...]]
    alone: tuple[Alone, ...]


def influence(
    rules: RuleSet, position: Position, *, memory: int = MEMORY, progress: Progress | None = None
) -> Influence:
    """Of the rules that are awake in this position, and of all options; raises TooManyPackagesError."""
    model = model_of(rules, position)
    survey = _Survey(model, _awake(rules, position))
    for block in all_blocks(model, memory=memory, progress=progress):
        for tile in block.tiles():
            survey.add(tile)
    return survey.told()


class _Awake(Struct, frozen=True):
    """A rule with its points by the place of each party that it touches."""

    id: RuleId
    when: Condition
    points: Mapping[int, int]


def _awake(rules: RuleSet, position: Position) -> list[_Awake]:
    found: dict[RuleId, _Awake] = {}
    for place, role in enumerate(position.seated):
        for rule in mandate(rules, role, position).rules:
            known = found.get(rule.id, _Awake(rule.id, rule.when, {}))
            found[rule.id] = _Awake(rule.id, rule.when, {**known.points, place: rule.points})
    return [found[rule.id] for rule in rules.rules if rule.id in found]


class _Survey:
    def __init__(self, model: Model, awake: list[_Awake]) -> None:
        self._model = model
        self._awake = awake
        self._parties = range(len(model.parties))
        self._holds: Counts = np.zeros(len(awake), np.int64)
        self._in_zopa: Counts = np.zeros(len(awake), np.int64)
        self._decides: Counts = np.zeros((len(awake), len(model.parties)), np.int64)
        # By issue: a row for every option, a column for every party, and a last one for the ZOPA.
        self._options: list[Counts] = [np.zeros((size, len(model.parties) + 1), np.int64) for size in model.sizes]

    def add(self, tile: Tile) -> None:
        votes = Votes(tile)
        zone = votes.adopts()
        self._add_options(tile, [*map(votes.accepts, self._parties), zone])
        spare = [votes.spare(party) for party in self._parties]
        for place, rule in enumerate(self._awake):
            holds = tile.holds(rule.when)
            self._holds[place] += np.count_nonzero(holds)
            self._in_zopa[place] += np.count_nonzero(holds & zone)
            for party, points in rule.points.items():
                self._decides[place, party] += np.count_nonzero(holds & _turned_by(points, spare[party]))

    def told(self) -> Influence:
        ids = [party.id for party in self._model.parties]
        rules = zip(self._awake, self._holds.tolist(), self._in_zopa.tolist(), self._decides.tolist(), strict=True)
        return Influence(
            rules={
                rule.id: RuleInfluence(holds, zopa, {ids[party]: decides[party] for party in rule.points})
                for rule, holds, zopa, decides in rules
            },
            options={
                issue: tuple(OptionInfluence(row[-1], dict(zip(ids, row, strict=False))) for row in counts.tolist())
                for issue, counts in zip(self._model.issues, self._options, strict=True)
            },
            alone=tuple(self._alone()),
        )

    def _add_options(self, tile: Tile, masks: list[Mask]) -> None:
        for column, mask in enumerate(masks):
            by_prefix, by_suffix = np.count_nonzero(mask, axis=1), np.count_nonzero(mask, axis=0)
            for issue, counts in enumerate(self._options):
                chosen = tile.options(issue)
                found = by_prefix if chosen.shape[1] == 1 else by_suffix
                counts[:, column] += np.bincount(chosen.reshape(-1), found, len(counts)).astype(np.int64)

    def _alone(self) -> Iterator[Alone]:
        for issue, counts, size in zip(self._model.issues, self._options, self._model.sizes, strict=True):
            each = self._model.packages // size
            for party in self._parties:
                signed: list[int] = counts[:, party].tolist()
                if 0 < sum(signed) < self._model.packages:
                    role = self._model.parties[party].id
                    yield from (
                        Alone(issue, option, role, count > 0)
                        for option, count in enumerate(signed)
                        if count in {0, each}
                    )


def _turned_by(points: int, spare: Numbers) -> Mask:
    """Where a party would say something else if it had these points less."""
    return (spare >= 0) != (spare >= points)
