"""The tables of the log, the texts and people beside it, and the browsers in front of it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_tables()
    _make_log()
    _make_words()
    _make_sessions()
    _make_tokens()


def downgrade() -> None:
    for table in (
        "ticket",
        "facilitator_link",
        "session_person",
        "session",
        "text",
        "person",
        "action_reply",
        "event",
        "tables",
        "ruleset",
    ):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "ruleset",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_ruleset"),
    )
    op.create_table(
        "tables",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scenario", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("next_due_at", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tables"),
        sa.UniqueConstraint("code", name="uq_tables_code"),
        sa.ForeignKeyConstraint(["digest"], ["ruleset.digest"], name="fk_tables_digest"),
    )
    op.create_index("ix_tables_next_due_at", "tables", ["next_due_at"])


def _make_log() -> None:
    op.create_table(
        "event",
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("kind_version", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("cid", sa.Text()),
        sa.PrimaryKeyConstraint("table_id", "seq", name="pk_event"),
        _of_table("event"),
    )
    op.create_table(
        "action_reply",
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("cid", sa.Text(), nullable=False),
        sa.Column("principal", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("reply", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("table_id", "cid", name="pk_action_reply"),
        _of_table("action_reply"),
    )


def _make_words() -> None:
    op.create_table(
        "text",
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("salt", sa.Text()),
        sa.Column("erased_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("table_id", "seq", "field", name="pk_text"),
        sa.ForeignKeyConstraint(
            ["table_id", "seq"], ["event.table_id", "event.seq"], name="fk_text_table_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "person",
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("token_hash", sa.Text()),
        sa.Column("erased_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("table_id", "id", name="pk_person"),
        sa.UniqueConstraint("token_hash", name="uq_person_token_hash"),
        _of_table("person"),
    )


def _make_sessions() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("facilitator", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
    )
    op.create_index("ix_session_expires_at", "session", ["expires_at"])
    op.create_table(
        "session_person",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "table_id", "person_id", name="pk_session_person"),
        _of_session("session_person"),
        sa.ForeignKeyConstraint(
            ["table_id", "person_id"],
            ["person.table_id", "person.id"],
            name="fk_session_person_table_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_session_person_person", "session_person", ["table_id", "person_id"])


def _make_tokens() -> None:
    op.create_table(
        "facilitator_link",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_facilitator_link"),
    )
    op.create_table(
        "ticket",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("viewer", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text()),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_ticket"),
        _of_session("ticket"),
        _of_table("ticket"),
    )


def _of_table(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["table_id"], ["tables.id"], name=f"fk_{table}_table_id", ondelete="CASCADE")


def _of_session(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=f"fk_{table}_session_id", ondelete="CASCADE")
