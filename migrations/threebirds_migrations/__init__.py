"""The way of a database from one release to the next: `upgrade` before the server opens it."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect

from threebirds_migrations.databases import changing, reading
from threebirds_server.store.errors import DatabaseNewerError, DatabaseOfOthersError


def upgrade(url: str) -> None:
    """Bring the database to this release; makes the file and folder of a SQLite database.

    Call it where no event loop runs. Raise a `DatabaseRefusedError`: in use, unwritable, unreachable, newer than this
    release.
    """
    changing(url, _bring_up)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to a revision; `base` is before the first. Data that has no place there is lost."""
    changing(url, lambda connection: command.downgrade(_config(connection), revision))


def current(url: str) -> str | None:
    """The revision of the database, None if it has none yet."""
    return reading(url, _revision)


def known(revision: str | None) -> bool:
    """Whether this release can read a database of this revision, or bring it up."""
    scripts = ScriptDirectory(str(Path(__file__).parent))
    return revision is None or revision in {script.revision for script in scripts.walk_revisions()}


@cache
def newest() -> str | None:
    """The revision of this release."""
    return ScriptDirectory(str(Path(__file__).parent)).get_current_head()


def _bring_up(connection: Connection) -> None:
    # Nearly every start finds the newest one: Alembic would read and run all its scripts to do nothing.
    if _revision(connection) != newest():
        command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Config:
    """Alembic's settings for this connection; the scripts lie in this package, in a checkout and in a wheel."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    _refuse_newer(connection, ScriptDirectory.from_config(config))
    return config


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    revision = _revision(connection)
    if revision is None:
        _refuse_others(connection)
    try:
        scripts.get_revisions(revision or ())
    except CommandError as error:
        raise DatabaseNewerError(connection.engine.url.render_as_string(), str(revision)) from error


def _refuse_others(connection: Connection) -> None:
    """A file of tables that are not ours. In PostgreSQL others may have theirs beside ours."""
    tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    if tables and connection.dialect.name == "sqlite":
        raise DatabaseOfOthersError(Path(str(connection.engine.url.database)), tables[0])


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
