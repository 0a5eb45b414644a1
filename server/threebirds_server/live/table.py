"""A running table: one task decides, appends, and only then tells everybody who may know.

The order is the promise: what the engine decides is worked out in full, written, and then told. A failure before the
commit leaves nothing behind, and after it nothing can fail.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import structlog

from threebirds_rules.actions import Action, ReplaceRules
from threebirds_rules.engine import Step, advance, exchange, next_due_at
from threebirds_rules.names import PersonId
from threebirds_rules.refusals import Refused
from threebirds_rules.viewers import Viewer
from threebirds_server.live.asks import Ask, Listener, Signed, Since, answered_before, failed, refused
from threebirds_server.live.bustle import ANSWER_WITHIN_S, Bustle
from threebirds_server.live.library import Library
from threebirds_server.live.presence import tell_presence
from threebirds_server.live.replica import Replica, Staged
from threebirds_server.live.snapshots import Snapshots, snapshot
from threebirds_server.live.stream import Stream
from threebirds_server.live.unreadable import UNREADABLE, why_not
from threebirds_server.ports import (
    Answer,
    Append,
    Appender,
    Clock,
    Committed,
    Duplicate,
    EventStore,
    Lost,
    Outcome,
    StoreUnavailableError,
    UnknownTableError,
)
from threebirds_server.tasks import settle
from threebirds_wire.codec import encode
from threebirds_wire.errors import CloseCode, error_of
from threebirds_wire.frames import Granted, Reply, SnapshotReason, TableId

MAILBOX = 64
"""So many actions wait at most. Whoever comes in is one of the sockets, whose number has a limit of its own."""
MISTAKES_BORNE = 3
"""So often in a row somebody may run into a mistake of ours with one kind of action, before it is refused at once."""
TRIES = 8
"""How often a table decides again after somebody else was first."""

log = structlog.get_logger()
Result = TypeVar("Result")


class Hears(Protocol):
    """Who is told of what happens at a table. None of these calls waits."""

    @property
    def bustle(self) -> Bustle: ...

    def changed(self, table: "Table", /) -> None: ...

    def answered(self, ask: Ask, reply: Reply, /) -> None: ...

    def attached(self, mode: str, reason: SnapshotReason | None, /) -> None: ...

    def unreadable(self, table: TableId, raised: Exception, /) -> None: ...


class Table:
    """`run` is the one task that makes changes; `hears` is told of each.

    `listeners` are told in the order in which they came, so that the same things happen twice in the same order.
    """

    def __init__(  # the world in five arguments, and the table
        self,
        replica: Replica,
        library: Library,
        store: EventStore,
        appender: Appender,
        clock: Clock,
        hears: Hears,
    ) -> None:
        self.replica = replica
        self.id = replica.id
        self.listeners: dict[Listener, None] = {}
        self._library = library
        self._store = store
        self._appender = appender
        self._clock = clock
        self._hears = hears
        self._mailbox: asyncio.Queue[tuple[Callable[[], Awaitable[Any]], asyncio.Future[Any]]] = asyncio.Queue()
        self._unsure = False
        self._arriving = 0
        self._looks = 0
        self._looked = 0
        """The number of the last look into the log that succeeded, of those that were begun."""
        self._snapshots = Snapshots()
        self._over: Exception | None = None
        self._people = replica.state.people
        self._mistakes: Counter[tuple[str, type[Action]]] = Counter()

    async def run(self) -> None:
        while True:
            job, done = await self._mailbox.get()
            if done.cancelled():
                # Whoever asked was told to try again: it will be asked under its `cid`, if it is still wanted.
                continue
            try:
                result = await job()
            except asyncio.CancelledError:
                settle(done, self._over or StoreUnavailableError("The server is stopping."))
                raise
            except Exception as raised:  # noqa: BLE001  # whoever asked gets it; the table and all others go on
                settle(done, raised)
                if isinstance(raised, UNREADABLE):
                    self._hears.unreadable(self.id, raised)
            else:
                settle(done, result)
            if self._mailbox.empty():
                self._snapshots.forget()

    @property
    def waiting(self) -> int:
        """How much waits to be done here."""
        return self._mailbox.qsize()

    def end(self, because: Exception) -> None:
        """Nothing is done here any more: whoever waits, or asks later, gets this error."""
        self._over = because
        while not self._mailbox.empty():
            settle(self._mailbox.get_nowait()[1], because)

    async def ask(self, ask: Ask) -> Reply:
        """Decide and, if it is accepted, write and tell. Every outcome is a reply."""
        reply = await self._answer(ask)
        self._hears.answered(ask, reply)
        return reply

    async def _answer(self, ask: Ask) -> Reply:
        who_and_what = (ask.signed.principal if ask.signed else ask.actor.kind, type(ask.action))
        if self._mistakes[who_and_what] >= MISTAKES_BORNE:
            return failed("internal", "This has gone wrong here several times and is not tried again for now.")
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                reply = await self._put_action(ask)
        except TimeoutError:
            return failed("busy", "This takes longer than it should; please try again.")
        except asyncio.QueueFull:
            return failed("busy", "This table has more to do than it can; please try again.")
        except StoreUnavailableError:
            return failed("busy", "The server cannot write at this moment; please try again.")
        except UnknownTableError:
            return failed("unknown_table", "This table is no longer there.")
        except UNREADABLE as raised:
            return refused(why_not(raised))
        except Exception:
            log.exception("action_failed", table=self.id, kind=type(ask.action).__name__)
            self._mistakes[who_and_what] += 1
            return failed("internal", "Something went wrong here. Nothing was changed; please try again.")
        self._mistakes.pop(who_and_what, None)
        return reply

    def post(self, ask: Ask) -> None:
        """The same without waiting, for what will be asked again if it is lost."""
        with contextlib.suppress(asyncio.QueueFull, StoreUnavailableError, UnknownTableError, *UNREADABLE):
            self._put_action(ask).add_done_callback(_log_failure)

    async def attach(self, listener: Listener, since: Since | None) -> None:
        """Let a socket begin where it stopped, or with a snapshot, and hear everything from there on."""
        begun = self._looks
        self._arriving += 1
        try:
            await self._put(lambda: self._attach(listener, since, begun))
        finally:
            self._arriving -= 1
            self.tell_presence()

    def tell_presence(self) -> None:
        """Somebody came or went. Of a class that comes in at once everybody is told once, when the last one is in."""
        if not self._arriving:
            tell_presence(self.id, self.listeners)

    async def prepare(self, viewer: Viewer, after: int) -> None:
        """Have the frames of this viewer here that follow number `after`, as far as they are kept."""
        await self._put(lambda: self._prepare(viewer, after))

    async def reach(self, head: int) -> bool:
        """Take over what others have written up to this number, if anything of it is new here; whether it was."""
        behind = self.replica.head < head
        if behind:
            await self._put(self._catch_up)
        return behind

    async def look_at(self, viewer: Viewer) -> str:
        """A snapshot of all that is written by now."""
        return await self._put(lambda: self._look_at(viewer))

    async def reread(self) -> None:
        """Words were erased: read the log anew, and take them from the views of those who look on."""
        await self._put(self._reread)

    def detach(self, listener: Listener) -> None:
        self.listeners.pop(listener, None)

    def removed(self, viewer: Viewer, person: PersonId | None) -> CloseCode | None:
        """Why this person may not look on as this viewer: gone from the table, or seated elsewhere now."""
        if person is None:
            return None
        found = self.replica.state.person(person)
        if found is None:
            return CloseCode.REMOVED
        return None if viewer.role in (None, found.role) else CloseCode.SEAT_GIVEN

    def snapshot(self, viewer: Viewer, reason: SnapshotReason | None = None) -> str:
        return snapshot(self.replica, viewer, reason)

    def _put_action(self, ask: Ask) -> asyncio.Future[Reply]:
        if self.waiting >= MAILBOX:
            raise asyncio.QueueFull
        return self._put(lambda: self._act(ask))

    def _put(self, job: Callable[[], Awaitable[Result]]) -> asyncio.Future[Result]:
        if self._over is not None:
            raise self._over
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._mailbox.put_nowait((job, done))
        return done

    async def _attach(self, listener: Listener, since: Since | None, begun: int) -> None:
        # All who came while somebody was let in share the first look that was begun after they had come.
        if self._unsure or self._looked <= begun:
            await self._catch_up()
        if code := self.removed(listener.viewer, listener.person):
            listener.dismiss(code)
            return
        await self._prepare(listener.viewer, since.after if since and since.epoch == self.replica.epoch else 0)
        rest = self._rest(listener.viewer, since)
        mode = "replay" if isinstance(rest, tuple) else "snapshot"
        granted = Granted(table=self.id, viewer=str(listener.viewer), epoch=self.replica.epoch, mode=mode)
        listener.begin(granted, rest if isinstance(rest, tuple) else (self._shared_snapshot(listener.viewer, rest),))
        if listener.gone.is_set():
            return
        self.listeners[listener] = None
        self._hears.attached(mode, rest if isinstance(rest, str) else None)

    async def _look_at(self, viewer: Viewer) -> str:
        await self._catch_up()
        await self._prepare(viewer, 0)
        return self._shared_snapshot(viewer)

    def _shared_snapshot(self, viewer: Viewer, reason: SnapshotReason | None = None) -> str:
        return self._snapshots.of(self.replica, viewer, reason)

    def _rest(self, viewer: Viewer, since: Since | None) -> tuple[str, ...] | SnapshotReason | None:
        if since is None or since.after == 0:
            return None
        if since.epoch != self.replica.epoch:
            return "epoch_changed"
        return self.replica.stream(viewer).rest(since.after, since.mark)

    async def _prepare(self, viewer: Viewer, after: int) -> None:
        """Have the viewer's stream here, if possible from number `after` on; from 0 on nobody needs it."""
        if not self.replica.can_stream(viewer):
            await self._reach_back(viewer)
        await self._hears.bustle.in_turns(self.replica.streaming(viewer))
        if after and self.replica.stream(viewer).lacks(after):
            await self._reach_back(viewer, after)
            await self._hears.bustle.in_turns(self.replica.restreaming(viewer))

    async def _reach_back(self, viewer: Viewer, after: int | None = None) -> None:
        if not await self._library.reach_back(self.replica, viewer, after):
            await self._reread()

    async def _reread(self) -> None:
        """Whoever may know what was erased begins anew; nobody else hears of it."""
        before, now = self.replica, await self._library.replica(self.id)
        viewers = {listener.viewer for listener in self.listeners}
        for viewer in viewers:
            if not now.can_stream(viewer):
                await self._library.reach_back(now, viewer)
            await self._hears.bustle.in_turns(now.streaming(viewer))
        self.replica, self._unsure = now, False
        news = {viewer: self._after(viewer, before.stream(viewer)) for viewer in viewers}
        self._tell(news)

    def _after(self, viewer: Viewer, before: Stream) -> tuple[str, ...]:
        rest = self.replica.stream(viewer).rest(before.n, before.mark)
        return rest if isinstance(rest, tuple) else (self.snapshot(viewer, rest),)

    async def _act(self, ask: Ask) -> Reply:
        if self._unsure:
            await self._catch_up()
        if ask.viewer is not None:
            await self._prepare(ask.viewer, 0)
        if ask.signed is not None and self.replica.knows(ask.signed.cid):
            return await self._look(ask.signed) or answered_before(None, ask.signed)
        for _ in range(TRIES):
            reply = await self._decide(ask)
            if reply is not None:
                return reply
        return failed("busy", "Too many act at this table at once; please try again.")

    async def _decide(self, ask: Ask) -> Reply | None:
        """None: somebody else was first, and what they did is known now."""
        replica = self.replica
        taken = await self._take(ask)
        if isinstance(taken, Refused):
            return refused(error_of(taken))
        if ask.dry:
            return Reply(id=None, ok=True)
        staged = replica.stage(taken)
        reply = Reply(id=None, ok=True, n=self._number(ask.viewer, staged))
        if not taken:
            return reply
        match await self._append(ask, staged, reply):
            case Committed():
                replica.adopt(staged, ask.signed and ask.signed.cid)
                self._tell(staged.frames)
                return reply
            case Duplicate(answer=answer):
                await self._catch_up()
                return answered_before(answer, ask.signed)
            case Lost():
                return await self._look(ask.signed)

    async def _take(self, ask: Ask) -> tuple[Step, ...] | Refused:
        replica = self.replica
        if isinstance(ask.action, ReplaceRules):
            other = await replica.shelf.reach(ask.action.digest)
            if other is not None:
                return exchange(replica.rules, replica.state, ask.actor, other, self._clock.now())
        return advance(replica.rules, replica.state, ask.actor, ask.action, self._clock.now(), given=ask.given)

    async def _append(self, ask: Ask, staged: Staged, reply: Reply) -> Outcome:
        signed = ask.signed
        self._unsure = True
        outcome = await self._appender.append(
            Append(
                table=self.id,
                head=self.replica.head,
                actor=ask.actor,
                events=staged.events,
                status=staged.state.status,
                next_due_at=next_due_at(staged.state),
                answer=signed and Answer(**signed._asdict(), reply=encode(reply)),
            )
        )
        self._unsure = False
        return outcome

    def _number(self, viewer: Viewer | None, staged: Staged) -> int | None:
        if viewer is None:
            return None
        return self.replica.stream(viewer).n + len(staged.frames[viewer])

    async def _catch_up(self) -> None:
        await self._look(None)

    async def _look(self, signed: Signed | None) -> Reply | None:
        """Take over what is new in the log, together with the answer to this action if it has one by now."""
        self._looks = begun = self._looks + 1
        look = await self._store.look(self.id, self.replica.head, cid=signed and signed.cid)
        self._unsure = False
        if look.table.erasures != self.replica.erasures:
            await self._reread()
        elif look.recorded:
            await self.replica.shelf.reach_all(one.event for one in look.recorded)
            self._tell(self.replica.follow(look.recorded).frames)
        self._looked = begun
        return look.answer and answered_before(look.answer, signed)

    def _tell(self, frames: Mapping[Viewer, Sequence[str]]) -> None:
        if self.replica.state.people is not self._people:
            self._dismiss_removed()
        for listener in tuple(self.listeners):
            for text in frames.get(listener.viewer, ()):
                listener.tell(text)
        self._hears.changed(self)

    def _dismiss_removed(self) -> None:
        """Whoever attaches later is looked at then: until somebody comes, goes or moves nobody else has lost a seat."""
        self._people = self.replica.state.people
        for listener in tuple(self.listeners):
            if code := self.removed(listener.viewer, listener.person):
                self.detach(listener)
                listener.dismiss(code)


def _log_failure(done: asyncio.Future[Any]) -> None:
    if not done.cancelled() and (raised := done.exception()) and not isinstance(raised, UNREADABLE):
        log.error("posted_action_failed", exc_info=raised)
