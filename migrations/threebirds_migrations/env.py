"""Run by Alembic for each command, on the connection it was given or on the one of `alembic -x url=...`."""

from alembic import context
from sqlalchemy import Connection

from threebirds_migrations.databases import changing
from threebirds_server.store.tables import metadata


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        # SQLite cannot alter a table in place; on either engine a migration is done whole or not at all.
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    changing(context.get_x_argument(as_dictionary=True)["url"], migrate)
