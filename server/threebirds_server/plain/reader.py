"""One stream over HTTP: the frames of a socket, one a line, and a blank line as its heartbeat."""

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from threebirds_server.live.hearing import Hearer
from threebirds_server.live.socket import PARTING_MS
from threebirds_server.ports import Clock
from threebirds_server.tasks import first_of
from threebirds_wire.errors import CloseCode
from threebirds_wire.limits import HEARTBEAT_S, Limits

HEARTBEAT_MS = HEARTBEAT_S * 1_000
MEDIA_TYPE = "application/x-ndjson"


class Reader(Hearer):
    """Only listens."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        super().__init__("", limits, clock)
        self._taken = 0
        self._taken_before = -1

    async def line(self) -> str | None:
        """The next one to be written; None: that was all."""
        text = await self.outbox.take()
        self._taken += 1
        return f"{text}\n" if isinstance(text, str) else None

    async def keep_time(self) -> None:
        """Beat until the stream is to end, and then give the writer a moment to say so."""
        self._attend()
        while not await self._clock.wait(self.outbox.closing, self._clock.now() + HEARTBEAT_MS):
            self._beat()
        await self._clock.sleep_until(self._clock.now() + PARTING_MS)

    def _beat(self) -> None:
        """A line that still waits to be written since the last beat is one that nobody reads."""
        if self._taken == self._taken_before:
            self.outbox.close(CloseCode.SLOW)
            return
        self._taken_before = self._taken
        self.outbox.put("", transient=True)
        self._attend()


class LineByLine(Response):
    """Goes on until the reader is sent away, goes by itself, or takes nothing more."""

    media_type = MEDIA_TYPE

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        # Some proxies keep an answer until it is whole.
        self.headers["x-accel-buffering"] = "no"
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # as all responses
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await first_of(self._write(send), _gone(receive), self._reader.keep_time())
        finally:
            self._reader.left()

    async def _write(self, send: Send) -> None:
        while (line := await self._reader.line()) is not None:
            await send({"type": "http.response.body", "body": line.encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
