"""A seat at a table: what it sees, what it does, and what happens there."""

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Self

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from threebirds_client.cids import new_cid
from threebirds_client.faults import ActionRefusedError, SeatLostError
from threebirds_client.line import Line, TicketOffice
from threebirds_client.sight import as_read, text_named
from threebirds_rules.actions import Given
from threebirds_rules.mandate import Mandate
from threebirds_rules.names import Package, ProposalId
from threebirds_rules.state import LOBBY
from threebirds_rules.views.shapes import View
from threebirds_wire.client import Answered, ClientEvent, Happened, Request, ViewReplaced
from threebirds_wire.errors import Error
from threebirds_wire.frames import Act, AskedAction, If, Reply, Score, Scores, TableId, ViewerName
from threebirds_wire.holdings import Holding

PAUSES_S = (0.2, 0.5, 1.0, 2.0)
"""How long to wait before an action is sent once more under its name, where the server says that this may help."""


class SeatEvent(Struct, frozen=True, kw_only=True):
    """What happened, as this seat may know it; `fields` holds what that `kind` of event says, by name."""

    n: int
    at: int
    kind: str
    fields: Mapping[str, Any]


class Seat:
    """Iterate over it for what happens from now on. `connect` makes one."""

    def __init__(self, url: str, table: TableId, viewer: ViewerName, ticket: TicketOffice) -> None:
        self.table = table
        self.viewer = viewer
        self._line = Line(url, ticket, self._hear)
        self._answers: dict[int, asyncio.Future[Reply]] = {}
        self._events: asyncio.Queue[SeatEvent | None] = asyncio.Queue()
        self._change = asyncio.Event()
        self._holding: Holding | None = None
        self._shown: tuple[Holding, View] | None = None
        self._lost: SeatLostError | None = None

    @asynccontextmanager
    async def taken(self) -> AsyncGenerator[Self]:
        """Connected from the first view on, and across every loss of the connection; raises SeatLostError."""
        running = asyncio.create_task(self._line.run(), name="line")
        running.add_done_callback(self._end)
        try:
            while self._holding is None:
                await self.changed()
            yield self
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError, SeatLostError):
                await running

    @property
    def n(self) -> int:
        """The number of the last event that the view knows of."""
        return self._held().n

    @property
    def view(self) -> View:
        holding = self._held()
        if self._shown is None or self._shown[0] is not holding:
            self._shown = holding, msgspec.convert(holding.view, View)
        return self._shown[1]

    @property
    def mandate(self) -> Mandate:
        """The seat's own interests, which score any package; LookupError for a viewer that has none."""
        own = self.view.mandate
        if own is None:
            raise LookupError(f"{self.viewer} has no mandate")
        return own.mandate

    async def act(self, action: AskedAction, *, given: Given | None = None, dry: bool = False) -> Reply:
        """Done, committed and in the view when it returns; raises ActionRefusedError, or SeatLostError.

        An answer to a text is for the version that the view shows, unless `given` names another.
        """
        act = Act(
            id=0,
            table=self.table,
            viewer=self.viewer,
            cid=new_cid(time.time_ns() // 1_000_000),
            phase=LOBBY if self.view.clock is None else self.view.clock.phase,
            action=action,
            given=self._condition(action, given),
            dry=dry,
        )
        pauses = iter(PAUSES_S)
        while (refused := (reply := await self._ask(act)).error) is not None:
            pause = next(pauses, None)
            if pause is None or not _may_try_again(refused):
                raise ActionRefusedError(refused)
            await asyncio.sleep((refused.after_ms or 0) / 1000 or pause)
        return reply

    async def score(self, packages: Sequence[Package], *, explain: bool = False) -> Scores:
        """The server's scores for this seat: equal to `threebirds_rules.scoring` with `mandate`."""
        asked = Score(
            id=0,
            table=self.table,
            viewer=self.viewer,
            packages=tuple(packages),
            explain=explain,
        )
        reply = await self._ask(asked)
        if reply.error is not None:
            raise ActionRefusedError(reply.error)
        return reply.result or Scores(scores=())

    async def changed(self) -> None:
        """Wait until the view changes; raises SeatLostError if it never will again."""
        if self._lost is not None:
            raise self._lost
        await self._change.wait()
        if self._lost is not None:
            raise self._lost

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SeatEvent:
        event = await self._events.get()
        if event is not None:
            return event
        self._events.put_nowait(None)
        if self._lost is not None and self._lost.code is not None:
            raise self._lost
        raise StopAsyncIteration

    async def _ask(self, request: Request) -> Reply:
        if self._lost is not None:
            raise self._lost
        numbered = replace(request, id=self._line.wire.next_id())
        answer = self._answers[numbered.id] = asyncio.get_running_loop().create_future()
        self._line.wire.ask(numbered)
        await self._line.flush()
        return await answer

    def _condition(self, action: AskedAction, given: Given | None) -> If | None:
        """The version that the sender has read, for an action on a text."""
        if given is None or given.proposal is None:
            text = text_named(self.view, getattr(action, "proposal", ProposalId("")))
            given = None if text is None else as_read(text)
        if given is None or given.proposal is None or given.version is None or given.digest is None:
            return None
        return If(proposal=given.proposal, version=given.version, digest=given.digest)

    def _held(self) -> Holding:
        if self._holding is None:
            raise LookupError("nothing has been seen of this table yet")
        return self._holding

    def _hear(self, event: ClientEvent) -> None:
        match event:
            case ViewReplaced(holding=holding):
                self._show(holding)
            case Happened(holding=holding, event=frame, fields=fields):
                self._events.put_nowait(SeatEvent(n=frame.n, at=frame.at, kind=frame.kind, fields=fields))
                self._show(holding)
            case Answered(request=request, reply=reply):
                answer = self._answers.pop(request.id, None)
                if answer is not None and not answer.done():
                    answer.set_result(reply)
            case _:
                pass  # presence, typing and notices are for people

    def _show(self, holding: Holding) -> None:
        if (holding.table, holding.viewer) == (self.table, self.viewer):
            self._holding = holding
            self._wake()

    def _wake(self) -> None:
        change, self._change = self._change, asyncio.Event()
        change.set()

    def _end(self, running: asyncio.Task[None]) -> None:
        """The line is down for good: whoever waits for something is told."""
        raised = None if running.cancelled() else running.exception()
        self._lost = raised if isinstance(raised, SeatLostError) else SeatLostError(None, f"closed: {raised!r}")
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(self._lost)
        self._events.put_nowait(None)
        self._wake()


def _may_try_again(error: Error) -> bool:
    """Where nothing stands against it but the moment: the server was busy, or we were too quick."""
    return error.retry == "same_cid" or (error.retry == "after" and error.after_ms is not None)
