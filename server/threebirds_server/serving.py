"""Starts a server for people, and says in one sentence why it cannot."""

import asyncio
import gc
import io
import signal
import socket
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

import segno
import uvicorn
from fastapi import FastAPI

from threebirds_server.addresses import join_addresses
from threebirds_server.app import create_app
from threebirds_server.clock import SystemClock
from threebirds_server.desk_links import left_links
from threebirds_server.framing import Framing
from threebirds_server.ids import RandomIds
from threebirds_server.keeping.examining import refuse_unused
from threebirds_server.listening import CannotListenError, listen
from threebirds_server.live.hub import Hub
from threebirds_server.logs import set_up_logs
from threebirds_server.ports import StoreUnavailableError
from threebirds_server.records import Records, open_records
from threebirds_server.settings import Settings
from threebirds_server.speaking import Say, complain, say
from threebirds_server.store.errors import DatabaseNeverUsedError, DatabaseRefusedError
from threebirds_wire.limits import FRAME_BYTES

CANNOT_START = 1
DRAIN_S = 5
COLLECT_AFTER = 50_000
"""Next to nothing here is in a cycle; by default the collector looks through all of it after every 700 new things."""
HAND_OVER_S = 0.000_5
"""A commit asks for the interpreter some ten times, and waits so long each time while the loop is busy."""


def serve(settings: Settings, *, tell: Say = say, warn: Say = complain) -> int:
    """Serve until told to stop; the exit code. What keeps it from starting is told in one sentence."""
    set_up_logs(settings.log_level, as_json=settings.log_json)
    try:
        with listen(settings.bind, settings.port) as listening:
            records = open_records(settings.database, SystemClock(), RandomIds())
            _run(settings, records, listening, tell)
    except (CannotListenError, DatabaseRefusedError, StoreUnavailableError) as reason:
        warn(str(reason))
        return CANNOT_START
    return 0


def link(settings: Settings, *, tell: Say = say, warn: Say = complain) -> int:
    """Print a new facilitator link for the server that uses this database, or will use it.

    On PostgreSQL one has to have used it before: the link is a row there.
    """
    try:
        _warn_of_unused(settings.database, warn)
        token = _new_link(settings.database)
    except (DatabaseRefusedError, StoreUnavailableError, OSError) as reason:
        warn(f"No link could be made: {reason}")
        return CANNOT_START
    tell(_desk_address(_port(settings), token))
    return 0


def greeting(settings: Settings, port: int, token: str) -> str:
    """What the terminal shows when the server is up."""
    lines = [
        f"Three Birds is ready: http://127.0.0.1:{port}",
        f"Facilitator (this link works once): {_desk_address(port, token)}",
    ]
    if settings.lan:
        for address in join_addresses(port):
            join = f"{address}/join"
            lines += ["", f"Others on this network join at {join}", _qr(join)]
    stop = "Stop it with Ctrl+C. The games go on at the next start; their clocks stand still meanwhile."
    return "\n".join([*lines, "", stop])


class DrainingServer(uvicorn.Server):
    """Greets when it is up, and tells every socket to come back before it goes down."""

    def __init__(self, config: uvicorn.Config, hub: Callable[[], Hub], greet: Callable[[], None]) -> None:
        super().__init__(config)
        self._hub = hub
        self._greet = greet

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._greet()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._hub().drain()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Being told to stop is no failure: unlike its parent this server does not end by the signal itself."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _run(settings: Settings, records: Records, listening: socket.socket, tell: Say) -> None:
    app = create_app(settings, store=records)
    port = int(listening.getsockname()[1])
    if left := left_links(settings.database):
        left.served_on(port)
    config = configured(app)

    async def run() -> None:
        token = await records.sessions.make_facilitator_link()
        server = DrainingServer(config, lambda: app.state.house.hub, lambda: tell(greeting(settings, port, token)))
        await server.serve(sockets=[listening])

    _suit_the_interpreter()
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(run())


def configured(app: FastAPI) -> uvicorn.Config:
    """How a server speaks HTTP and websockets."""
    return uvicorn.Config(
        app,
        ws=Framing,
        ws_max_size=FRAME_BYTES,
        # A frame of a few bytes may unpack to gigabytes; and frames that mix secrets with what others wrote tell by
        # their packed length.
        ws_per_message_deflate=False,
        # The protocol has a heartbeat of its own, which pages can see.
        ws_ping_interval=None,
        timeout_graceful_shutdown=DRAIN_S,
        log_config=None,
        access_log=False,
        server_header=False,
    )


def _suit_the_interpreter() -> None:
    """Suit Python to a process that makes many small things which live long, and writes in another thread."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])
    sys.setswitchinterval(HAND_OVER_S)


def _port(settings: Settings) -> int:
    """The one that was asked for, else the one on which a server last used this database."""
    left = left_links(settings.database)
    known = None if left is None or "port" in settings.model_fields_set else left.port()
    return settings.port if known is None else known


def _warn_of_unused(database: str, warn: Say) -> None:
    try:
        refuse_unused(database)
    except DatabaseNeverUsedError as unused:
        if left_links(database) is None:
            raise
        warn(f"This link waits for the first server to be started there. {unused}")


def _new_link(database: str) -> str:
    token = RandomIds().token()
    left = left_links(database)
    if left is not None:
        left.leave(token)
        return token
    records = open_records(database, SystemClock(), RandomIds())

    async def make() -> str:
        try:
            return await records.sessions.make_facilitator_link()
        finally:
            await records.close()

    return asyncio.run(make())


def _desk_address(port: int, token: str) -> str:
    return f"http://127.0.0.1:{port}/desk#{token}"


def _qr(address: str) -> str:
    drawn = io.StringIO()
    segno.make(address, micro=False).terminal(drawn, compact=True)
    return drawn.getvalue()
