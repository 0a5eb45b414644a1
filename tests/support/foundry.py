"""Servers in processes of their own, to be killed: one process has everything imported and forks a new one on demand.

Run as a program it is that process: it takes the settings as JSON, warms up by serving once, and then reads what is to
be done to the next server, line by line. Linux and macOS only.
"""

import asyncio
import contextlib
import os
import re
import signal
import sys
import tempfile
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import msgspec
from websockets.sync.client import connect

from tests.support.sabotage import Sabotage, commit_sabotage
from threebirds_server.serving import serve
from threebirds_server.settings import Settings
from threebirds_wire.codec import encode
from threebirds_wire.frames import Hello
from threebirds_wire.limits import PROTOCOL_VERSION

FORKED = "forked "
READY = "Three Birds is ready: "
ENDED = "ended "
DESK = re.compile(r"/desk#(\S+)")
ROOT = Path(__file__).parents[2]
UNHARMED = Sabotage()
TERMINAL = Path()


class Greeted(NamedTuple):
    """What a server's terminal says: where it is, and the token of the facilitator's link."""

    address: str
    token: str


class EndedError(Exception):
    """The server ended before it was up."""

    def __init__(self, code: int) -> None:
        super().__init__(f"The server ended with {code} before it was up; what it said is above.")
        self.code = code


class GoneError(Exception):
    """The server ended by itself; `PYTHONFAULTHANDLER=1` may have it say where."""


class Foundry:
    """`up` is set while a server serves, as far as is known here."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._server = 0
        self._may_end = False
        self.up = asyncio.Event()
        self.greeted = Greeted("", "")

    @property
    def pid(self) -> int:
        assert self._server
        return self._server

    async def start(self, sabotage: Sabotage = UNHARMED) -> Greeted:
        """Return when the server listens; raise `EndedError` if it never does."""
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(sabotage) + b"\n")
        self._may_end = sabotage.point is not None
        self._server = int((await self._line(FORKED)).removeprefix(FORKED))
        address = (await self._line(READY)).removeprefix(READY).strip()
        token = DESK.search(await self._line("Facilitator"))
        assert token is not None
        self.greeted = Greeted(address, token[1])
        self.up.set()
        return self.greeted

    async def kill(self) -> None:
        """End the server at once, as a power cut would, and return when it is gone."""
        self.strike()
        await self.ended()

    async def stop(self) -> int:
        """Ask the server to end, and return its exit code when it has."""
        self.strike(signal.SIGTERM)
        return await self.ended()

    def strike(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send the server a signal; it may be dead already."""
        self._may_end = True
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def check(self) -> None:
        """Raise `GoneError` if the server has ended though nobody asked it to: whoever waits for it would for ever."""
        if self._server and not self._may_end:
            try:
                os.kill(self._server, 0)
            except ProcessLookupError:
                raise GoneError from None

    @property
    def port(self) -> int:
        return int(self.greeted.address.rpartition(":")[2])

    @property
    def memory(self) -> int:
        """How many bytes the server has in memory at this moment, as Linux counts them."""
        pages = Path(f"/proc/{self._server}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    async def ended(self) -> int:
        """Wait until the server has ended by itself or by a signal; negative is a signal's number."""
        line = await self._line(ENDED)
        self.up.clear()
        self._server = 0
        return int(line.removeprefix(ENDED))

    async def close(self) -> None:
        if self._server:
            await self.kill()
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()

    async def _line(self, beginning: str) -> str:
        assert self._process.stdout is not None
        while line := (await self._process.stdout.readline()).decode():
            if line.startswith(beginning):
                return line
            if line.startswith(ENDED):
                self._server = 0
                raise EndedError(int(line.removeprefix(ENDED)))
        raise AssertionError("The foundry itself ended; what it said is above.")


@asynccontextmanager
async def foundry(*, log: Path = TERMINAL, **settings: Any) -> AsyncGenerator[Foundry]:
    """`log` is where the servers write what an operator would read."""
    pipe = asyncio.subprocess.PIPE
    heard = None if log == TERMINAL else log.open("ab")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.foundry",
        Settings.model_validate(settings).model_dump_json(),
        stdin=pipe,
        stdout=pipe,
        stderr=heard,
        env=environment,
    )
    if heard:
        heard.close()
    made = Foundry(process)
    try:
        yield made
    finally:
        await made.close()


def main(settings: Settings) -> None:
    warm_up()
    for line in sys.stdin:
        server = os.fork()
        if server == 0:
            commit_sabotage(msgspec.json.decode(line, type=Sabotage))
            os._exit(serve(settings))
        tell(f"{FORKED}{server}")
        _, status = os.waitpid(server, 0)
        tell(f"{ENDED}{os.waitstatus_to_exitcode(status)}")


def warm_up() -> None:
    """Have a server up and served once, so that the next ones find everything imported."""

    def visited(greeting: str) -> None:
        if address := re.search(rf"{READY}(\S+)", greeting):
            threading.Thread(target=visit, args=[address[1]]).start()

    with tempfile.TemporaryDirectory() as data:
        serve(Settings(data=Path(data), port=0), tell=visited)


def visit(address: str) -> None:
    try:
        httpx2.post(f"{address}/api/ticket", json={"table": "none", "viewer": "seat:SUP"})
        with connect(f"{address.replace('http', 'ws')}/ws", proxy=None) as socket:
            socket.send(encode(Hello(v=PROTOCOL_VERSION, ticket="none")).decode())
            socket.recv()
    finally:
        os.kill(os.getpid(), signal.SIGTERM)


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Settings.model_validate_json(sys.argv[1]))
