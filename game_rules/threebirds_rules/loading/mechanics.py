"""The `mechanics` of a document: the ones that are named there are played, each with its numbers."""

from typing import Annotated

from pydantic import BaseModel, Field

from threebirds_rules.loading.fields import Members, Reason, Times, TrackRef
from threebirds_rules.loading.known import Known
from threebirds_rules.loading.part import STRICT
from threebirds_rules.mechanics.settings import Effect, IdleRounds, Mechanics, Pledges, ReturningComfort
from threebirds_rules.names import RoleId, TrackId


class Part(BaseModel):
    model_config = STRICT


class EffectPart(Part):
    text: Reason
    tracks: dict[TrackRef, Times] = {}


class IdleRoundsPart(Part):
    idle: EffectPart


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
    pledges: PledgesPart | None = None
    returning_comfort: ReturningComfortPart | None = None


class Numbers:
    """From the document's words to the mechanics' own: groups become roles, keys stand in the document's order."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def mechanics(self, part: MechanicsPart) -> Mechanics:
        idle, pledges, comfort = part.idle_rounds, part.pledges, part.returning_comfort
        return Mechanics(
            idle_rounds=None if idle is None else IdleRounds(idle=self._effect(idle.idle)),
            pledges=None if pledges is None else self._pledges(pledges),
            returning_comfort=(
                None
                if comfort is None
                else ReturningComfort(rounds=comfort.rounds, halved=self._effect(comfort.halved))
            ),
        )

    def _pledges(self, part: PledgesPart) -> Pledges:
        return Pledges(
            sides=tuple(tuple(RoleId(role) for role in self._known.expanded(side)) for side in part.sides),
            matched=self._effect(part.matched),
            kept=self._effect(part.kept),
            broken=self._effect(part.broken),
        )

    def _effect(self, part: EffectPart) -> Effect:
        tracks = {TrackId(track): part.tracks[track] for track in self._known.names["track"] if track in part.tracks}
        return Effect(text=part.text, tracks=tracks)
