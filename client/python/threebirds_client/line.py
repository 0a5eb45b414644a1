"""One client on a websocket: it drives the protocol's client end, and comes back whenever it may."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from importlib.metadata import version

import httpx2
from websockets.asyncio.client import ClientConnection as Socket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from threebirds_client.faults import DoorClosedError, SeatLostError
from threebirds_wire.client import ClientConnection, ClientEvent
from threebirds_wire.errors import HANDLING, may_reconnect
from threebirds_wire.frames import Notice, Welcome
from threebirds_wire.limits import SUBPROTOCOL

SDK = f"threebirds-python/{version('threebirds')}"
LARGEST_FRAME = 16 * 1024 * 1024
OPEN_WITHIN_S = 10
CLOSE_WITHIN_S = 1
"""On a line that is dead nobody answers a close: coming back does not wait for it."""
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 20.0
HEALTHY_MS = 10_000
"""A line that was up for so long is well: then the next pause begins small again."""
LOST_WITHOUT_A_CODE = 1006

TicketOffice = Callable[[], Awaitable[str]]


class Line:
    """`run` it in a task. What comes in goes to `hear`, in order; `flush` sends what `wire` has to say."""

    def __init__(self, url: str, ticket: TicketOffice, hear: Callable[[ClientEvent], None]) -> None:
        self.wire = ClientConnection(sdk=SDK)
        self._url = url.replace("http", "ws", 1).rstrip("/") + "/ws"
        self._ticket = ticket
        self._hear = hear
        self._socket: Socket | None = None
        self._sending = asyncio.Lock()
        self._failures = 0
        self._welcomed_at: int | None = None
        self._back_after_ms: int | None = None

    async def run(self) -> None:
        """Stay connected until there is no coming back; then raise SeatLostError."""
        while True:
            code = LOST_WITHOUT_A_CODE
            try:
                await self._once()
            except DoorClosedError as refused:
                if HANDLING[refused.code].retry == "never":
                    raise SeatLostError(None, str(refused)) from refused
            except ConnectionClosed as closed:
                code = code if closed.rcvd is None else closed.rcvd.code
                if not may_reconnect(code):
                    raise SeatLostError(code, f"the server closed the connection ({code})") from closed
            except (OSError, InvalidHandshake, httpx2.TransportError):
                pass  # nobody there at this moment
            finally:
                self._socket = None
                self.wire.lost(code)
                self._tell()
                self._was_well()
            await asyncio.sleep(self._pause())

    async def flush(self) -> None:
        """Send what waits, as far as there is a socket; what does not go out now is sent on the next one."""
        async with self._sending:
            if self._socket is not None:
                for data in self.wire.data_to_send():
                    try:
                        await self._socket.send(data, text=True)
                    except ConnectionClosed:
                        return

    async def _once(self) -> None:
        """One socket, from its ticket to its end."""
        ticket = await self._ticket()
        async with connect(
            self._url,
            subprotocols=[Subprotocol(SUBPROTOCOL)],
            open_timeout=OPEN_WITHIN_S,
            ping_interval=None,
            close_timeout=CLOSE_WITHIN_S,
            max_size=LARGEST_FRAME,
        ) as socket:
            self.wire.open(ticket, monotonic_ms())
            self._socket = socket
            await self.flush()
            await self._converse(socket)

    async def _converse(self, socket: Socket) -> None:
        while not self.wire.dead:
            try:
                async with asyncio.timeout((self.wire.deadline - monotonic_ms()) / 1000):
                    data = await socket.recv()
            except TimeoutError:
                self.wire.tick(monotonic_ms())
                continue
            self.wire.receive(data, monotonic_ms())
            self._tell()
            await self.flush()

    def _tell(self) -> None:
        for event in self.wire.events_received():
            if isinstance(event, Welcome):
                self._welcomed_at = monotonic_ms()
            elif isinstance(event, Notice):
                self._back_after_ms = event.after_ms
            self._hear(event)

    def _was_well(self) -> None:
        if self._welcomed_at is not None and monotonic_ms() - self._welcomed_at >= HEALTHY_MS:
            self._failures = 0
        self._welcomed_at = None

    def _pause(self) -> float:
        """Seconds until the next try: what the server said, else anything up to a limit that doubles.

        A class does not come back as one.
        """
        said, self._back_after_ms = self._back_after_ms, None
        if said is not None:
            return said / 1000
        limit = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**self._failures)
        self._failures += 1
        return limit * secrets.randbelow(1000) / 1000


def monotonic_ms() -> int:
    """Milliseconds of a clock that never jumps."""
    return time.monotonic_ns() // 1_000_000
