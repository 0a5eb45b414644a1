"""`threebirds doctor`: whether the records are well, and what to do where they are not."""

import asyncio
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import URL

from threebirds_server.keeping.checks import Finding, fine, of_file, of_logs, of_postgres, of_schema, wrong
from threebirds_server.keeping.examining import is_current, logs, logs_of, refuse_unused
from threebirds_server.ports import StoreUnavailableError
from threebirds_server.settings import Settings
from threebirds_server.speaking import Say, say
from threebirds_server.store.errors import DatabaseRefusedError
from threebirds_server.store.opening import address
from threebirds_server.store.postgres import PostgresDatabase

UNWELL = 1


def doctor(settings: Settings, *, tell: Say = say) -> int:
    """Tell what is found, one line each; the exit code is 0 only if all is well. Nothing is changed."""
    code = 0
    for finding in _findings(settings):
        tell(f"{'ok   ' if finding.well else 'WRONG'}  {finding.text}")
        code = code if finding.well else UNWELL
    return code


def _findings(settings: Settings) -> Iterator[Finding]:
    yield fine(f"Three Birds {version('threebirds')} on Python {platform.python_version()}.")
    try:
        place = address(settings.database)
        yield from _on_sqlite(place) if isinstance(place, Path) else _on_postgres(place)
    except (DatabaseRefusedError, StoreUnavailableError) as reason:
        yield wrong(str(reason))


def _on_sqlite(path: Path) -> Iterator[Finding]:
    url = f"sqlite:///{path}"
    refuse_unused(url)
    yield from of_file(path)
    yield of_schema(url)
    if is_current(url):
        yield from of_logs(asyncio.run(logs_of(path, followed=True)))


def _on_postgres(url: URL) -> Iterator[Finding]:
    named = url.render_as_string(hide_password=False)
    refuse_unused(named)
    yield of_schema(named)
    yield from asyncio.run(_in_postgres(url, logs_too=is_current(named)))


async def _in_postgres(url: URL, *, logs_too: bool) -> list[Finding]:
    database = PostgresDatabase(url)
    try:
        found = await database.read(lambda connection: [*of_postgres(connection)])
        return [*found, *of_logs(await logs(database, followed=True))] if logs_too else found
    finally:
        await database.close()
