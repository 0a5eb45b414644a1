"""What is done to the records of a backup before anybody plays on with them."""

from pathlib import Path

from sqlalchemy import Connection, delete, select, text, update

from threebirds_server.ports import Ids
from threebirds_server.store import tables as t
from threebirds_server.store.copying import bare
from threebirds_server.store.errors import DatabaseRefusedError

OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'threebirds' AND datname = current_database()"

# Where both logs have the same link they say the same up to there: what was erased in one is erased in the other.
_ERASED = (
    """
    UPDATE text SET body = NULL, salt = NULL, erased_at = (
      SELECT was.erased_at FROM was.text AS was
      WHERE was.table_id = text.table_id AND was.seq = text.seq AND was.field = text.field)
    WHERE erased_at IS NULL AND (table_id, seq, field) IN (
      SELECT gone.table_id, gone.seq, gone.field FROM was.text AS gone
      JOIN was.event AS before ON before.table_id = gone.table_id AND before.seq = gone.seq
      JOIN main.event AS here ON here.table_id = gone.table_id AND here.seq = gone.seq AND here.chain = before.chain
      WHERE gone.erased_at IS NOT NULL)
    """,
    """
    UPDATE person SET name = NULL, token_hash = NULL, erased_at = (
      SELECT was.erased_at FROM was.person AS was WHERE was.table_id = person.table_id AND was.id = person.id)
    WHERE erased_at IS NULL AND (table_id, id) IN (
      SELECT table_id, id FROM was.person WHERE erased_at IS NOT NULL)
    """,
    """
    DELETE FROM session_person WHERE (table_id, person_id) IN (
      SELECT table_id, id FROM person WHERE erased_at IS NOT NULL)
    """,
    """
    UPDATE action_reply SET digest = '' WHERE (table_id, cid) IN (
      SELECT event.table_id, event.cid FROM event
      JOIN text ON text.table_id = event.table_id AND text.seq = event.seq WHERE text.erased_at IS NOT NULL)
    """,
)


class ServerRunningError(DatabaseRefusedError):
    code = "server_running"


def begin_anew(connection: Connection, ids: Ids) -> int:
    """Give each table another epoch, so that clients notice, and take back what was good once; how many tables.

    Raise `ServerRunningError` if a server uses this PostgreSQL database.
    """
    if connection.dialect.name == "postgresql" and connection.scalar(text(OTHERS)):
        raise ServerRunningError("A server is using this database: stop it first.")
    for once in (t.ticket, t.facilitator_link, t.snapshot):
        connection.execute(delete(once))
    tables = connection.scalars(select(t.tables.c.id)).all()
    for table in tables:
        connection.execute(update(t.tables).where(t.tables.c.id == table).values(epoch=ids.epoch()))
    return len(tables)


def erase_again(path: Path, before: Path) -> None:
    """Erase in `path` what was erased in the records `before`. Raise a `DatabaseRefusedError` if that cannot be."""
    with bare(path) as connection:
        connection.execute("PRAGMA secure_delete = 1")
        connection.execute("ATTACH ? AS was", (str(before),))
        connection.execute("BEGIN IMMEDIATE")
        for statement in _ERASED:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("DETACH was")
        connection.execute("VACUUM")
