"""The tables of the database. Times are milliseconds since 1970, UTC; hashes are SHA-256 in hex.

No word that a person wrote and no name stands in `event`: they are in `text` and `person`, where they can be hidden or
erased without touching the log.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _of_table() -> ForeignKey:
    return ForeignKey("tables.id", ondelete="CASCADE")


# The text of a rule set stays as it was when a table pinned it: a scenario that changes never changes a running game.
ruleset = Table(
    "ruleset",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("document", Text, nullable=False),
)

tables = Table(
    "tables",
    metadata,
    Column("id", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("epoch", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("digest", Text, ForeignKey("ruleset.digest"), nullable=False),
    Column("head", Integer, nullable=False),
    Column("chain", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("next_due_at", BigInteger, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("erasures", Integer, nullable=False),
)

# `actor`, `audience` and `body` are JSON as text: what was written stays as it was written, byte for byte. `chain` is
# the event's link (see `chain.py`), and in `tables` that of the last event.
event = Table(
    "event",
    metadata,
    Column("table_id", Text, _of_table(), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("kind_version", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("audience", Text),
    Column("body", Text, nullable=False),
    Column("cid", Text),
    Column("chain", Text, nullable=False),
)

action_reply = Table(
    "action_reply",
    metadata,
    Column("table_id", Text, _of_table(), primary_key=True),
    Column("cid", Text, primary_key=True),
    Column("principal", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("reply", LargeBinary, nullable=False),
)

# The event holds a hash of salt and body. Erasing clears both, and then the hash says nothing about the words any more.
text = Table(
    "text",
    metadata,
    Column("table_id", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("field", Text, primary_key=True),
    Column("body", Text),
    Column("salt", Text),
    Column("erased_at", BigInteger),
    ForeignKeyConstraint(["table_id", "seq"], ["event.table_id", "event.seq"], ondelete="CASCADE"),
)

person = Table(
    "person",
    metadata,
    Column("table_id", Text, _of_table(), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text),
    Column("token_hash", Text, unique=True),
    Column("erased_at", BigInteger),
)

# A cache: what the events up to `seq` lead to, for the engine that worked it out. All of it may go at any time.
snapshot = Table(
    "snapshot",
    metadata,
    Column("table_id", Text, _of_table(), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("engine", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("numbers", LargeBinary, nullable=False),
    Column("seal", Text, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("id", Text, primary_key=True),
    Column("facilitator", Boolean, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)

session_person = Table(
    "session_person",
    metadata,
    Column("session_id", Text, ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("table_id", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    ForeignKeyConstraint(["table_id", "person_id"], ["person.table_id", "person.id"], ondelete="CASCADE"),
    Index("ix_session_person_person", "table_id", "person_id"),
)

facilitator_link = Table(
    "facilitator_link",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("expires_at", BigInteger, nullable=False),
)

ticket = Table(
    "ticket",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("session_id", Text, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("table_id", Text, _of_table(), nullable=False),
    Column("viewer", Text, nullable=False),
    Column("person_id", Text),
    Column("expires_at", BigInteger, nullable=False),
)

# One row: when any worker last said that the service is there.
service_alive = Table(
    "service_alive",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
)

# Kept for longer than any phase may last, so that a table that is opened late is told too.
service_absence = Table(
    "service_absence",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
)

# Empty but for a moment: whoever asks whether the database can be written to writes here.
service_probe = Table(
    "service_probe",
    metadata,
    Column("name", Text, primary_key=True),
    Column("ballast", Text, nullable=False),
)
