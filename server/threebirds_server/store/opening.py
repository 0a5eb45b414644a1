"""From the address of a database to the database."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from threebirds_server.store.database import Database
from threebirds_server.store.errors import DatabaseUrlUnknownError
from threebirds_server.store.postgres import PostgresDatabase
from threebirds_server.store.sqlite import open_sqlite


def address(url: str) -> Path | URL:
    """The file of a SQLite database, or the address of a PostgreSQL one. Raise `DatabaseUrlUnknownError`."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUrlUnknownError(url) from error
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return Path(parsed.database)
        case "postgresql" | "postgres":
            return _for_asyncpg(parsed)
        case _:
            raise DatabaseUrlUnknownError(parsed.render_as_string(hide_password=True))


def _for_asyncpg(url: URL) -> URL:
    """The driver has another word for what PostgreSQL's own tools, and so most hosts, call `sslmode`."""
    query = {"ssl" if name == "sslmode" else name: value for name, value in url.query.items()}
    return url.set(drivername="postgresql+asyncpg", query=query)


def open_database(url: str) -> Database:
    """The database at an address such as `sqlite:///data/threebirds.db`. Raise a `DatabaseRefusedError`.

    Its tables have to be there: migrations are run before.
    """
    place = address(url)
    return open_sqlite(place) if isinstance(place, Path) else PostgresDatabase(place)
