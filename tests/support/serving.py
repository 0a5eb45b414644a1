"""A real server process, as `run.py` starts one, that a test may kill and start again."""

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

COMMAND = Path(sys.executable).with_name("threebirds")
READY = "Stop it with Ctrl+C."


class ServerProcess:
    """Serves from `data` on one port for as long as the test lasts; `desk` is the newest one-time link's path."""

    def __init__(self, data: Path) -> None:
        self.port = _free_port()
        self.desk = ""
        self._data = data
        self._process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when the server has greeted: it listens then."""
        self._process = subprocess.Popen(
            [COMMAND, "serve", "--port", str(self.port), "--data", self._data],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "THREEBIRDS_BOT_PACE_MS": "0", "DATABASE_URL": "", "REDIS_URL": ""},
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "/desk#" in line:
                self.desk = line[line.index("/desk#") :].strip()
            if line.startswith(READY):
                return
        raise AssertionError(f"the server ended with {self._process.wait()} before it was ready")

    def kill(self) -> None:
        """As if the power had gone: no signal handler runs."""
        assert self._process is not None
        self._process.kill()
        self._process.communicate()
        self._process = None

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.communicate()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def threebirds(*words: str | Path, data: Path) -> str:
    """What a command says, at a terminal of its own; that it fails fails the test."""
    pipe = asyncio.subprocess.PIPE
    environment = {**os.environ, "DATABASE_URL": "", "THREEBIRDS_DATA": str(data)}
    command = await asyncio.create_subprocess_exec(COMMAND, *words, stdout=pipe, stderr=pipe, env=environment)
    said, complained = await command.communicate()
    assert command.returncode == 0, complained.decode()
    return said.decode()
