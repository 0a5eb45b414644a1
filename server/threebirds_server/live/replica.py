"""A table as this process knows it: the log folded into a state, and the stream of every viewer who asked for one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from threebirds_rules.engine import Passage, Recall, evolve, seat_event, view
from threebirds_rules.events import Event
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.shapes import View
from threebirds_server.live.stream import Stream
from threebirds_server.ports import Look, Recorded
from threebirds_wire.codec import event_frame


class Step:
    """One event between two states."""

    def __init__(self, before: State, event: Event, after: State) -> None:
        self.before = before
        self.event = event
        self.after = after
        self._passage: Passage | None = None

    def passage(self, rules: RuleSet, recall: Recall) -> Passage:
        """What viewers see of it; made once for all of them, and only if somebody looks."""
        if self._passage is None:
            self._passage = Passage(rules, self.before, self.after, recall)
        return self._passage


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
        self._recall = Recall(rules)
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
        for _ in self.streaming(viewer):
            pass
        return self._streams[viewer]

    def streaming(self, viewer: Viewer) -> Iterator[None]:
        """Make the stream one event at a time: a long log takes a while, in which others can be served."""
        if viewer in self._streams:
            return
        stream = Stream(most_frames=self._frames_kept)
        for step in self._steps(State(), self._log):
            if text := self._frame(viewer, stream.n + 1, step):
                stream.add(text)
            yield
        self._streams[viewer] = stream

    def number(self, viewer: Viewer) -> int:
        """The number of the viewer's last event, for somebody who is not sent any frames."""
        if viewer not in self._numbers:
            self._numbers[viewer] = self._seen(viewer, self._steps(State(), self._log))
        return self._numbers[viewer]

    def view(self, viewer: Viewer) -> View:
        return view(self.rules, self.state, viewer)

    def stage(self, events: Sequence[Event]) -> Staged:
        steps = tuple(self._steps(self.state, events))
        frames = {viewer: self._frames(viewer, stream.n, steps) for viewer, stream in self._streams.items()}
        numbers = {viewer: n + self._seen(viewer, steps) for viewer, n in self._numbers.items()}
        return Staged(tuple(events), steps[-1].after if steps else self.state, frames, numbers)

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
        """Take over what stands in the log after `head`, whoever wrote it."""
        new = [one for one in recorded if one.seq > self.head]
        staged = self.stage([one.event for one in new])
        self.adopt(staged)
        self._cids.update(one.cid for one in new if one.cid is not None)
        return staged

    def _steps(self, state: State, events: Iterable[Event]) -> Iterator[Step]:
        for event in events:
            after = evolve(self.rules, state, event)
            yield Step(state, event, after)
            state = after

    def _seen(self, viewer: Viewer, steps: Iterable[Step]) -> int:
        return sum(seat_event(self.rules, step.before, step.event, viewer) is not None for step in steps)

    def _frames(self, viewer: Viewer, n: int, steps: Sequence[Step]) -> tuple[str, ...]:
        frames: list[str] = []
        for step in steps:
            if text := self._frame(viewer, n + len(frames) + 1, step):
                frames.append(text)
        return tuple(frames)

    def _frame(self, viewer: Viewer, n: int, step: Step) -> str | None:
        """The viewer's frame number `n`; None if the viewer may not know that anything happened."""
        seen = seat_event(self.rules, step.before, step.event, viewer)
        if seen is None:
            return None
        sets = step.passage(self.rules, self._recall).changes(viewer)
        return event_frame(self.id, str(viewer), n, seen, sets).decode()
