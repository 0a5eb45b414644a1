"""How a mechanic moves a position."""

from collections.abc import Mapping

from msgspec import Struct

from threebirds_rules.mandate import Offset
from threebirds_rules.mechanics.facts import PositionMoved
from threebirds_rules.mechanics.settings import Effect
from threebirds_rules.names import RoleId, RuleId
from threebirds_rules.scoring import steps_within_bounds
from threebirds_rules.turn import Turn


class Beside(Struct, frozen=True, kw_only=True):
    """What an effect does besides its steps on tracks."""

    shifts: Mapping[RoleId, int] = {}
    offsets: tuple[Offset, ...] = ()
    woken: tuple[RuleId, ...] = ()


NOTHING = Beside()


def move(turn: Turn, mechanic: str, name: str, effect: Effect, *, about: str = "", beside: Beside = NOTHING) -> None:
    """The effect called `name` comes about: its steps as far as the tracks' bounds allow, and what is `beside` them.

    It is written down also where a track already stands at its bound: people are told that it happened.
    """
    turn.emit(
        PositionMoved(
            at=turn.now,
            mechanic=mechanic,
            effect=name,
            round=turn.state.round,
            about=about,
            tracks=steps_within_bounds(turn.rules, turn.state.tracks, effect.tracks),
            shifts=beside.shifts,
            offsets=beside.offsets,
            woken=beside.woken,
        )
    )
