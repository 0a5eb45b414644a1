"""A hash chain through each log, also through those that were written before there was one."""

from hashlib import blake2b
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

AT_ONCE = 1_000

_tables = sa.table("tables", sa.column("id"), sa.column("chain"))
# As it is hashed, in this order: later releases may do it in another way, and then have a migration of their own.
_said: list[sa.ColumnClause[Any]] = [
    sa.column(name) for name in ("seq", "at", "kind", "kind_version", "actor", "audience", "body", "cid")
]
_event = sa.table("event", sa.column("table_id"), *_said, sa.column("chain"))
_set_link = (
    sa.update(_event)
    .where(_event.c.table_id == sa.bindparam("of"), _event.c.seq == sa.bindparam("number"))
    .values(chain=sa.bindparam("link"))
)


def upgrade() -> None:
    for table in ("tables", "event"):
        op.add_column(table, sa.Column("chain", sa.Text(), nullable=True))
    connection = op.get_bind()
    for table in connection.scalars(sa.select(_tables.c.id)).all():
        last = _chain(connection, table)
        connection.execute(sa.update(_tables).where(_tables.c.id == table).values(chain=last))
    for table in ("tables", "event"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column("chain", existing_type=sa.Text(), nullable=False)


def downgrade() -> None:
    for table in ("event", "tables"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("chain")


def _chain(connection: sa.Connection, table: str) -> str:
    """The link of the last event."""
    link, after = _link(table), 0
    log = sa.select(*_said).where(_event.c.table_id == table).order_by(_event.c.seq).limit(AT_ONCE)
    while rows := connection.execute(log.where(_event.c.seq > after)).all():
        links: list[dict[str, Any]] = []
        for row in rows:
            link = _link(link, *row)
            links.append({"of": table, "number": row.seq, "link": link})
        connection.execute(_set_link, links)
        after = rows[-1].seq
    return link


def _link(*said: Any) -> str:
    return blake2b(msgspec.json.encode(said), digest_size=16).hexdigest()
