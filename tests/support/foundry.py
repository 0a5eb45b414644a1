"""Servers in processes of their own, to be killed: one process has everything imported and forks a new one on demand.

Run as a program it is that process: it takes the settings as JSON, and reads `start`, `kill` and `stop` line by line.
"""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from threebirds_server.serving import serve
from threebirds_server.settings import Settings

READY = "Three Birds is ready: "
DESK = re.compile(r"/desk#(\S+)")
ROOT = Path(__file__).parents[2]


class Greeted(NamedTuple):
    """What a server's terminal says: where it is, and the token of the facilitator's link."""

    address: str
    token: str


class Foundry:
    """`up` is set while a server serves."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.up = asyncio.Event()
        self.greeted = Greeted("", "")

    async def start(self) -> Greeted:
        self._write("start")
        address = (await self._line(READY)).removeprefix(READY).strip()
        token = DESK.search(await self._line("Facilitator"))
        assert token is not None
        self.greeted = Greeted(address, token[1])
        self.up.set()
        return self.greeted

    async def kill(self) -> None:
        """End the server at once, as a power cut would, and return when it is gone."""
        await self._end("kill")

    async def stop(self) -> int:
        """Ask the server to end, and return its exit code when it has."""
        return await self._end("stop")

    async def _end(self, how: str) -> int:
        self.up.clear()
        self._write(how)
        return int((await self._line("ended")).split()[1])

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())

    async def _line(self, beginning: str) -> str:
        assert self._process.stdout is not None
        while line := (await self._process.stdout.readline()).decode():
            if line.startswith(beginning):
                return line
        raise AssertionError("The server ended before it was up; what it said is above.")


@asynccontextmanager
async def foundry(**settings: Any) -> AsyncGenerator[Foundry]:
    pipe = asyncio.subprocess.PIPE
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.foundry",
        Settings.model_validate(settings).model_dump_json(),
        stdin=pipe,
        stdout=pipe,
        env=environment,
    )
    made = Foundry(process)
    try:
        yield made
    finally:
        if made.up.is_set():
            await made.kill()
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


def main(settings: Settings) -> None:
    server = 0
    for line in sys.stdin:
        if line.strip() == "start":
            server = os.fork()
            if server == 0:
                os._exit(serve(settings))
        else:
            os.kill(server, signal.SIGKILL if line.strip() == "kill" else signal.SIGTERM)
            _, status = os.waitpid(server, 0)
            sys.stdout.write(f"ended {os.waitstatus_to_exitcode(status)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Settings.model_validate_json(sys.argv[1]))
