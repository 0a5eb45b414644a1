"""The `mechanics` of a document: the ones that are named there are played, each with its numbers."""

from collections.abc import Callable, Iterable
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field

from threebirds_rules.loading.fields import CardRef, Members, Reason, Times, TrackRef
from threebirds_rules.loading.known import Known
from threebirds_rules.loading.part import STRICT
from threebirds_rules.mechanics.settings import (
    Effect,
    IdleRounds,
    Mechanics,
    OpenConflicts,
    Patience,
    Pledges,
    ReturningComfort,
)
from threebirds_rules.names import CardId, RoleId, TrackId

Given = TypeVar("Given", bound="Part")
Played = TypeVar("Played")

FewPoints = Annotated[int, Field(ge=1, le=20)]
Cards = Annotated[list[CardRef], Field(min_length=1, max_length=100)]


class Part(BaseModel):
    model_config = STRICT


class EffectPart(Part):
    text: Reason
    tracks: dict[TrackRef, Times] = {}


class IdleRoundsPart(Part):
    idle: EffectPart


class OpenConflictsPart(Part):
    cards: Cards
    points: FewPoints
    text: Reason


class PatiencePart(Part):
    roles: Members
    points: FewPoints
    waited: EffectPart


class PledgesPart(Part):
    sides: Annotated[list[Members], Field(min_length=2, max_length=4)]
    matched: EffectPart
    kept: EffectPart
    broken: EffectPart


class ReturningComfortPart(Part):
    rounds: Annotated[int, Field(ge=1, le=50)]
    halved: EffectPart


class MechanicsPart(Part):
    idle_rounds: IdleRoundsPart | None = None
    open_conflicts: OpenConflictsPart | None = None
    patience: PatiencePart | None = None
    pledges: PledgesPart | None = None
    returning_comfort: ReturningComfortPart | None = None


class Numbers:
    """From the document's words to the mechanics' own: groups become roles, keys stand in the document's order."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def mechanics(self, part: MechanicsPart) -> Mechanics:
        return Mechanics(
            idle_rounds=_played(part.idle_rounds, self._idle_rounds),
            open_conflicts=_played(part.open_conflicts, self._open_conflicts),
            patience=_played(part.patience, self._patience),
            pledges=_played(part.pledges, self._pledges),
            returning_comfort=_played(part.returning_comfort, self._returning_comfort),
        )

    def _idle_rounds(self, part: IdleRoundsPart) -> IdleRounds:
        return IdleRounds(idle=self._effect(part.idle))

    def _open_conflicts(self, part: OpenConflictsPart) -> OpenConflicts:
        return OpenConflicts(cards=_cards(part.cards), points=part.points, text=part.text)

    def _patience(self, part: PatiencePart) -> Patience:
        return Patience(roles=self._roles(part.roles), points=part.points, waited=self._effect(part.waited))

    def _returning_comfort(self, part: ReturningComfortPart) -> ReturningComfort:
        return ReturningComfort(rounds=part.rounds, halved=self._effect(part.halved))

    def _pledges(self, part: PledgesPart) -> Pledges:
        return Pledges(
            sides=tuple(self._roles(side) for side in part.sides),
            matched=self._effect(part.matched),
            kept=self._effect(part.kept),
            broken=self._effect(part.broken),
        )

    def _roles(self, words: Iterable[str]) -> tuple[RoleId, ...]:
        return tuple(RoleId(role) for role in self._known.expanded(words))

    def _effect(self, part: EffectPart) -> Effect:
        tracks = {TrackId(track): part.tracks[track] for track in self._known.names["track"] if track in part.tracks}
        return Effect(text=part.text, tracks=tracks)


def _played(part: Given | None, build: Callable[[Given], Played]) -> Played | None:
    return None if part is None else build(part)


def _cards(names: Iterable[str]) -> tuple[CardId, ...]:
    return tuple(CardId(name) for name in names)
