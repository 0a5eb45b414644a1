"""A table as this process knows it: the log folded into a state, and the stream of every viewer who asked for one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from threebirds_rules.engine import Exchange, Passage, Recall, Step, may_see, seat_event, steps, view
from threebirds_rules.events import Event, RulesReplaced
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.changes import Change
from threebirds_rules.views.shapes import View
from threebirds_server.live.folding import Base, Counted, Progress, counted
from threebirds_server.live.shelf import Shelf
from threebirds_server.live.stream import Stream
from threebirds_server.ports import Load, Look, Recorded
from threebirds_wire.codec import event_body, event_head, numbered
from threebirds_wire.frames import EventFields


class Recalls:
    """What was last worked out, with the rules that hold now."""

    def __init__(self) -> None:
        self._last: tuple[RuleSet, Recall] | None = None

    def of(self, rules: RuleSet) -> Recall:
        if self._last is None or self._last[0] is not rules:
            self._last = (rules, Recall(rules))
        return self._last[1]


class Shown:
    """A step that viewers look at."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self._passage: Passage | Exchange | None = None
        self._fields: dict[str, EventFields] = {}
        self._bodies: list[tuple[EventFields, Sequence[Change], str]] = []

    def fields(self, rules: RuleSet, viewer: Viewer) -> EventFields | None:
        """What the viewer may know of the event; worked out once for each kind of viewer."""
        if not may_see(self.step.event, viewer):
            return None
        if viewer.kind not in self._fields:
            self._fields[viewer.kind] = seat_event(rules, self.step.before, self.step.event, viewer) or {}
        return self._fields[viewer.kind]

    def body(self, fields: EventFields, changes: Sequence[Change]) -> str:
        """The frame but for its beginning; encoded once for all who were given the very same."""
        for known, sets, body in self._bodies:
            if known is fields and sets is changes:
                return body
        body = event_body(fields, changes)
        self._bodies.append((fields, changes, body))
        return body

    def passage(self, shelf: Shelf, recalls: Recalls) -> Passage | Exchange:
        """What viewers see of it; made once for all of them, and only if somebody looks."""
        if self._passage is None:
            before, after = self.step.before, self.step.after
            rules = shelf.at(after)
            if isinstance(self.step.event, RulesReplaced):
                self._passage = Exchange((shelf.at(before), rules), before, after)
            else:
                self._passage = Passage(rules, before, after, recalls.of(rules))
        return self._passage


class Staged(NamedTuple):
    """What events would lead to, worked out in full before they are written: afterwards nothing can fail."""

    events: tuple[Event, ...]
    state: State
    frames: Mapping[Viewer, tuple[str, ...]]
    numbers: Mapping[Viewer, int]


class Replica:
    """Knows nothing of sockets or the store: events go in, frames come out."""

    def __init__(self, shelf: Shelf, look: Look | Load, base: Base | None = None, *, frames_kept: int) -> None:
        self.shelf = shelf
        self.id = look.table.id
        self.epoch = look.table.epoch
        self.erasures = look.table.erasures
        self._base = base or Base()
        self._counted = counted(self._base)
        self.state = self._base.state
        self.head = self._base.seq
        self._frames_kept = frames_kept
        self._recalls = Recalls()
        self._log: list[Event] = []
        self._cids: set[str] = set()
        self._streams: dict[Viewer, Stream] = {}
        self._numbers: dict[Viewer, int] = {}
        self._heads: dict[Viewer, str] = {}
        self.follow(look.recorded)

    @property
    def rules(self) -> RuleSet:
        """Those that hold now."""
        return self.shelf.at(self.state)

    def knows(self, cid: str) -> bool:
        """Whether an action with this `cid` is in the log."""
        return cid in self._cids

    @property
    def held_from(self) -> int:
        """The number of the event after which its part of the log begins."""
        return self._base.seq

    def know(self, cids: Iterable[str]) -> None:
        """These are in the log, too."""
        self._cids.update(cids)

    def can_stream(self, viewer: Viewer) -> bool:
        """Whether the viewer's stream is here or can be made; if not, `reach_back` first."""
        standing = self._base.standing(viewer)
        return viewer in self._streams or (standing is not None and standing.mark is not None)

    def reach_back(self, base: Base, recorded: Sequence[Recorded]) -> None:
        """Hold more of the same log, from an earlier place on: `recorded` is all that followed there."""
        older = [one.event for one in recorded if one.seq <= self._base.seq]
        self._base, self._log = base, older + self._log

    def stream(self, viewer: Viewer) -> Stream:
        """The viewer's stream; made of the log when it is first asked for."""
        for _ in self.streaming(viewer):
            pass
        return self._streams[viewer]

    def streaming(self, viewer: Viewer) -> Iterator[None]:
        """Make the stream one event at a time: a long log takes a while, in which others can be served.

        After a restart a whole table comes back at once: the streams of all seats that people hold are made together.
        """
        if viewer not in self._streams:
            missing = [one for one in self._held() if one not in self._streams and self.can_stream(one)]
            yield from self._make_streams(dict.fromkeys((viewer, *missing)))

    @property
    def followed(self) -> bool:
        """Whether the streams are here of all seats that people hold."""
        return all(one in self._streams for one in self._held())

    def _held(self) -> list[Viewer]:
        return [Viewer("seat", seat.role) for seat in self.state.seats if seat.people]

    def restreaming(self, viewer: Viewer) -> Iterator[None]:
        """The same for this viewer alone and anew, from as early as the log is held now."""
        yield from self._make_streams((viewer,))

    def _make_streams(self, viewers: Iterable[Viewer]) -> Iterator[None]:
        streams = {viewer: self._new_stream(viewer) for viewer in viewers}
        for step in self._steps(self._base.state, self._log):
            shown = Shown(step)
            for viewer, stream in streams.items():
                if text := self._frame(viewer, stream.n + 1, shown):
                    stream.add(text)
            yield
        self._streams.update(streams)

    def _new_stream(self, viewer: Viewer) -> Stream:
        standing = self._base.standing(viewer)
        if standing is None or standing.mark is None:
            raise LookupError(f"The stream of {viewer} begins before what is held of table {self.id}.")
        return Stream(standing.n, standing.mark, most_frames=self._frames_kept)

    def number(self, viewer: Viewer) -> int:
        """The number of the viewer's last event, for somebody who is not sent any frames."""
        if viewer not in self._numbers:
            standing = self._base.standing(viewer)
            if standing is None:
                raise LookupError(f"Nobody has counted what {viewer} saw of table {self.id}.")
            self._numbers[viewer] = standing.n + self._seen(viewer, self._steps(self._base.state, self._log))
        return self._numbers[viewer]

    def progress(self) -> Progress:
        """What is needed to go on from here another time; none of it changes any more."""
        since = tuple(self._log[self._counted.seq - self._base.seq :])
        marks = {viewer: stream.mark for viewer, stream in self._streams.items()}
        return Progress(self.head, self.rules, self.state, self._counted, since, marks)

    def has_counted(self, counted: Counted) -> None:
        """So much of `progress` need not be counted again."""
        self._counted = counted

    def view(self, viewer: Viewer) -> View:
        return view(self.rules, self.state, viewer, self._recalls.of(self.rules))

    def stage(self, taken: Sequence[Step]) -> Staged:
        """`taken` starts from the state as it is."""
        shown = [Shown(step) for step in taken]
        frames = {viewer: self._frames(viewer, stream.n, shown) for viewer, stream in self._streams.items()}
        numbers = {viewer: n + self._seen(viewer, taken) for viewer, n in self._numbers.items()}
        state = taken[-1].after if taken else self.state
        return Staged(tuple(step.event for step in taken), state, frames, numbers)

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
        staged = self.stage(tuple(self._steps(self.state, [one.event for one in new])))
        self.adopt(staged)
        self._cids.update(one.cid for one in new if one.cid is not None)
        return staged

    def _steps(self, state: State, events: Iterable[Event]) -> Iterator[Step]:
        return steps(self.shelf.at(state), state, events, self.shelf.found)

    def _seen(self, viewer: Viewer, taken: Iterable[Step]) -> int:
        return sum(may_see(step.event, viewer) for step in taken)

    def _frames(self, viewer: Viewer, n: int, shown: Sequence[Shown]) -> tuple[str, ...]:
        frames: list[str] = []
        for one in shown:
            if text := self._frame(viewer, n + len(frames) + 1, one):
                frames.append(text)
        return tuple(frames)

    def _frame(self, viewer: Viewer, n: int, shown: Shown) -> str | None:
        """The viewer's frame number `n`; None if the viewer may not know that anything happened."""
        fields = shown.fields(self.rules, viewer)
        if fields is None:
            return None
        changes = shown.passage(self.shelf, self._recalls).changes(viewer)
        return numbered(self._head(viewer), n, shown.body(fields, changes))

    def _head(self, viewer: Viewer) -> str:
        if viewer not in self._heads:
            self._heads[viewer] = event_head(self.id, str(viewer))
        return self._heads[viewer]
