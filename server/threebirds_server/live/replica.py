"""A table as this process knows it: the log folded into a state, and the stream of every viewer who asked for one."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from threebirds_rules.engine import changes_between, evolve, seat_event, view
from threebirds_rules.events import Event
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.shapes import View
from threebirds_server.live.stream import Stream
from threebirds_server.ports import Look, Recorded
from threebirds_wire.codec import event_frame


class Staged(NamedTuple):
    """What events would lead to, worked out in full before they are written: afterwards nothing can fail."""

    events: tuple[Event, ...]
    state: State
    frames: Mapping[Viewer, tuple[str, ...]]
    numbers: Mapping[Viewer, int]


class Replica:
    """Knows nothing of sockets or the store: events go in, frames come out."""

    def __init__(self, rules: RuleSet, look: Look, *, frames_kept: int) -> None:
        self.rules = rules
        self.id = look.table.id
        self.epoch = look.table.epoch
        self.state = State()
        self.head = 0
        self._frames_kept = frames_kept
        self._log: list[Event] = []
        self._cids: set[str] = set()
        self._streams: dict[Viewer, Stream] = {}
        self._numbers: dict[Viewer, int] = {}
        self.follow(look.recorded)

    def knows(self, cid: str) -> bool:
        """Whether an action with this `cid` is in the log."""
        return cid in self._cids

    def stream(self, viewer: Viewer) -> Stream:
        """The viewer's stream from the first event on; made of the log when it is first asked for."""
        if viewer not in self._streams:
            self._streams[viewer] = self._streamed(viewer)
        return self._streams[viewer]

    def number(self, viewer: Viewer) -> int:
        """The number of the viewer's last event, for somebody who is not sent any frames."""
        if viewer not in self._numbers:
            self._numbers[viewer] = self._count(viewer, self._log, self._states(State(), self._log))
        return self._numbers[viewer]

    def view(self, viewer: Viewer) -> View:
        return view(self.rules, self.state, viewer)

    def stage(self, events: Sequence[Event]) -> Staged:
        states = self._states(self.state, events)
        frames = {viewer: self._frames(viewer, stream.n, events, states) for viewer, stream in self._streams.items()}
        numbers = {viewer: n + self._count(viewer, events, states) for viewer, n in self._numbers.items()}
        return Staged(tuple(events), states[-1], frames, numbers)

    def adopt(self, staged: Staged, cid: str | None = None) -> None:
        """These events are in the log now."""
        self.state = staged.state
        self.head += len(staged.events)
        self._log += staged.events
        for viewer, frames in staged.frames.items():
            for text in frames:
                self._streams[viewer].add(text)
        self._numbers.update(staged.numbers)
        if cid is not None:
            self._cids.add(cid)

    def follow(self, recorded: Sequence[Recorded]) -> Staged:
        """Take over what stands in the log after `head`, from whoever wrote it."""
        new = [one for one in recorded if one.seq > self.head]
        staged = self.stage([one.event for one in new])
        self.adopt(staged)
        self._cids.update(one.cid for one in new if one.cid is not None)
        return staged

    def _states(self, first: State, events: Sequence[Event]) -> list[State]:
        states = [first]
        for event in events:
            states.append(evolve(self.rules, states[-1], event))
        return states

    def _streamed(self, viewer: Viewer) -> Stream:
        stream = Stream(most_frames=self._frames_kept)
        for text in self._frames(viewer, 0, self._log, self._states(State(), self._log)):
            stream.add(text)
        return stream

    def _count(self, viewer: Viewer, events: Sequence[Event], states: Sequence[State]) -> int:
        seen = (seat_event(self.rules, state, event, viewer) for event, state in zip(events, states, strict=False))
        return sum(one is not None for one in seen)

    def _frames(self, viewer: Viewer, n: int, events: Sequence[Event], states: Sequence[State]) -> tuple[str, ...]:
        """One frame for each event that the viewer may see; `states` holds one more than there are events."""
        frames: list[str] = []
        for event, before, after in zip(events, states, states[1:], strict=False):
            seen = seat_event(self.rules, before, event, viewer)
            if seen is None:
                continue
            sets = changes_between(self.rules, before, after, viewer)
            number = n + len(frames) + 1
            frames.append(event_frame(self.id, str(viewer), number, seen, sets).decode())
        return tuple(frames)
