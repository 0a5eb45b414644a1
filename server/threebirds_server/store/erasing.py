"""Takes words and names out of what is kept beside the logs. No log is touched: an erased word reads as removed."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, RowMapping, delete, exists, select, update

from threebirds_rules.actions import Actor
from threebirds_server.ports import UnknownTableError
from threebirds_server.store import tables as t
from threebirds_server.store.folds import one_at_a_time


def erase_person(connection: Connection, table: str, person: str, now: int) -> bool:
    """The name, the link, the tickets and all words of somebody; False if nobody of this id ever joined."""
    one_at_a_time(connection, table)
    theirs = (t.person.c.table_id == table) & (t.person.c.id == person)
    gone = update(t.person).where(theirs).values(name=None, token_hash=None, erased_at=now)
    if connection.execute(gone).rowcount == 0:
        return False
    for held in (t.session_person, t.ticket):
        connection.execute(delete(held).where(held.c.table_id == table, held.c.person_id == person))
    _erase(connection, table, [row for row in _with_words(connection, table) if _by(row, person)], now)
    return True


def erase_message(connection: Connection, table: str, message: str, now: int) -> bool:
    """The words of one message; False if there is none of this id."""
    one_at_a_time(connection, table)
    said = [row for row in _with_words(connection, table) if row["kind"] == "said" and _of(row, message)]
    _erase(connection, table, said, now)
    return bool(said)


def delete_table(connection: Connection, table: str) -> None:
    """The whole table with its log. Its rules stay: another table may have taken them over."""
    if connection.execute(delete(t.tables).where(t.tables.c.id == table)).rowcount == 0:
        raise UnknownTableError(table)


def _with_words(connection: Connection, table: str) -> Sequence[RowMapping]:
    has_words = exists().where(t.text.c.table_id == t.event.c.table_id, t.text.c.seq == t.event.c.seq)
    return connection.execute(select(t.event).where(t.event.c.table_id == table, has_words)).mappings().all()


def _by(row: RowMapping, person: str) -> bool:
    return msgspec.json.decode(row["actor"], type=Actor).person == person


def _of(row: RowMapping, message: str) -> bool:
    return msgspec.json.decode(row["body"])["message"] == message


def _erase(connection: Connection, table: str, events: Iterable[RowMapping], now: int) -> None:
    text, reply = t.text.c, t.action_reply.c
    for event in events:
        words = (text.table_id == table) & (text.seq == event["seq"]) & text.erased_at.is_(None)
        connection.execute(update(t.text).where(words).values(body=None, salt=None, erased_at=now))
        # What was asked is hashed without a salt: whoever guesses the words could see that they were these.
        asked = (reply.table_id == table) & (reply.cid == event["cid"])
        connection.execute(update(t.action_reply).where(asked).values(digest=""))
    connection.execute(delete(t.snapshot).where(t.snapshot.c.table_id == table))
    connection.execute(update(t.tables).where(t.tables.c.id == table).values(erasures=t.tables.c.erasures + 1))
