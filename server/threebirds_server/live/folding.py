"""From where a log is folded: its first event, or a later one up to which somebody has done it before."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from threebirds_rules.engine import seat_event
from threebirds_rules.events import Event
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer, viewer_named
from threebirds_server.folded import Folded, Standing
from threebirds_wire.frames import Mark
from threebirds_wire.marks import NO_FRAMES

_STATE = msgspec.json.Decoder(State)
ONLOOKERS = (Viewer("facilitator"), Viewer("observer"), Viewer("public"))


class Base(NamedTuple):
    """Where the part of a log begins that is held here: after event `seq`, which led to `state`.

    `standings` say how far the streams of viewers were there.
    """

    seq: int = 0
    state: State = State()
    standings: Mapping[Viewer, Standing] = MappingProxyType({})

    def standing(self, viewer: Viewer) -> Standing | None:
        return self.standings.get(viewer) if self.seq else Standing(0, NO_FRAMES)


class Counted(NamedTuple):
    """How many of the first `seq` events each viewer may know of."""

    seq: int
    numbers: Mapping[Viewer, int]


class Progress(NamedTuple):
    """A table at one moment: event `seq` led to `state`. `since` are the events after those that were `counted`."""

    seq: int
    rules: RuleSet
    state: State
    counted: Counted
    since: Sequence[Event]
    marks: Mapping[Viewer, Mark]

    def base(self) -> Base:
        """Takes some milliseconds, and may be done in another thread."""
        viewers = (*(Viewer("seat", seat.role) for seat in self.state.seats), *ONLOOKERS)
        standings = {one: Standing(self._number(one), self.marks.get(one)) for one in viewers}
        return Base(self.seq, self.state, standings)

    def _number(self, viewer: Viewer) -> int:
        # Who may know of an event stands in the event itself, whatever the table was like then.
        seen = sum(seat_event(self.rules, self.state, event, viewer) is not None for event in self.since)
        return self.counted.numbers.get(viewer, 0) + seen


def counted(base: Base) -> Counted:
    return Counted(base.seq, {viewer: standing.n for viewer, standing in base.standings.items()})


def folded(base: Base, rules: RuleSet, engine: str) -> Folded:
    return Folded(
        seq=base.seq,
        engine=engine,
        digest=rules.digest,
        state=msgspec.json.encode(base.state),
        standings={str(viewer): standing for viewer, standing in base.standings.items()},
    )


def base_of(folded: Folded) -> Base:
    """Raise `msgspec.MsgspecError` if this engine cannot read it."""
    named = ((viewer_named(name), standing) for name, standing in folded.standings.items())
    standings = {viewer: standing for viewer, standing in named if viewer is not None}
    return Base(folded.seq, _STATE.decode(folded.state), standings)
