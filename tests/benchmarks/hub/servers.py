"""Servers in processes of their own, on one core; whoever makes the load is on the other."""

import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_connection
from typing import NamedTuple

import msgspec

from tests.benchmarks.hub.crowds import Crowd, Errand
from tests.benchmarks.hub.load import Order, Seen

ROOT = Path(__file__).parents[3]
SERVER_CORE, LOAD_CORE = 0, 1
READY = re.compile(r"Three Birds is ready: http://127\.0\.0\.1:(\d+)")
FLOOR_PORT = 9_931
PATIENCE_S = 60
# Real limits, which count every action, only higher than one sender that is answered at once ever gets.
SETTINGS = {"THREEBIRDS_ACTIONS_PER_MINUTE": "1000000"}


class Running(NamedTuple):
    port: int
    pid: int


def more_files() -> int:
    """Raise the limit of open files for this process and all that it starts, as far as that goes; what it is now."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


@contextmanager
def process(core: int, command: Sequence[str], settings: Mapping[str, str]) -> Generator[subprocess.Popen[str]]:
    cores = {core} & os.sched_getaffinity(0) or os.sched_getaffinity(0)
    running = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    os.sched_setaffinity(running.pid, cores)
    try:
        yield running
    finally:
        # The whole group, if it is still there: `node` of the wheel is a program that starts another.
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGTERM)
        running.wait(PATIENCE_S)


@contextmanager
def hub(data: Path, url: str | None = None) -> Generator[Running]:
    """The server as it is started by hand, with its files in `data` or a database at `url`."""
    program = "from threebirds_server.cli import main; main()"
    command = [sys.executable, "-c", program, "serve", "--port", "0", "--data", str(data)]
    with process(SERVER_CORE, command, SETTINGS | ({"DATABASE_URL": url} if url else {})) as running:
        assert running.stdout is not None
        ready = READY.match(running.stdout.readline())
        assert ready is not None, "The server did not start: run it by hand to see why."
        yield Running(int(ready[1]), running.pid)


@contextmanager
def floor() -> Generator[Running]:
    command = [sys.executable, "-m", "tests.benchmarks.hub.floor", str(FLOOR_PORT)]
    with process(SERVER_CORE, command, {}) as running:
        listening(FLOOR_PORT)
        yield Running(FLOOR_PORT, running.pid)


def listening(port: int) -> None:
    """Return when somebody listens there."""
    give_up_at = time.monotonic() + PATIENCE_S
    while True:
        try:
            create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < give_up_at, f"Nothing listens on port {port}."
            time.sleep(0.05)
        else:
            return


def played(order: Order) -> Seen:
    """What the load generator saw, on the other core."""
    return msgspec.json.decode(_on_the_other_core("load", msgspec.json.encode(order)), type=Seen)


def crowded(errand: Errand) -> Crowd:
    return msgspec.json.decode(_on_the_other_core("crowds", msgspec.json.encode(errand)), type=Crowd)


def _on_the_other_core(module: str, asked: bytes) -> str:
    with process(LOAD_CORE, [sys.executable, "-m", f"tests.benchmarks.hub.{module}"], {}) as running:
        return running.communicate(asked.decode())[0]
