"""Logs changed behind the server's back: with and without a chain that covers it up."""

from typing import Any

from sqlalchemy import Connection, select, update

from threebirds_server.store import tables as t
from threebirds_server.store.chain import first_link, next_link
from threebirds_server.store.database import Database


async def run(database: Database, *statements: Any) -> None:
    def work(connection: Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    await database.write(work)


async def rechain(database: Database, table: str) -> None:
    """Make the chain fit whatever stands in the log now, as a release that writes it so would have."""
    await database.write(lambda connection: _rechain(connection, table))


def _rechain(connection: Connection, table: str) -> None:
    link, head = first_link(table), 0
    of_table = t.event.c.table_id == table
    for row in connection.execute(select(t.event).where(of_table).order_by(t.event.c.seq)).mappings().all():
        link, head = next_link(link, row), row["seq"]
        connection.execute(update(t.event).where(of_table, t.event.c.seq == head).values(chain=link))
    connection.execute(update(t.tables).where(t.tables.c.id == table).values(head=head, chain=link))
