"""Takes words and names out of what is kept beside the logs. No log is touched: an erased word reads as removed.

What is erased at a table is erased at those too that were put aside for it: a repair leaves words and names there. In
a log that is damaged it may not be known who wrote what: such words go with the first that are erased there.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, delete, select, update

from threebirds_server.ports import UnknownTableError
from threebirds_server.store import tables as t
from threebirds_server.store.chain import first_link, next_link
from threebirds_server.store.codec import ACTOR
from threebirds_server.store.folds import one_at_a_time
from threebirds_server.store.forking import put_aside_for

Words = Mapping[int, RowMapping | None]
"""By the number of each event that has words the event; None for one that is not what was written, or is lost."""


def erase_person(connection: Connection, table: str, person: str, now: int) -> bool:
    """The name, the link, the tickets and all words of somebody; False if nobody of this id ever joined."""
    forgotten = [_forget(connection, one, person, now) for one in _reached(connection, table)]
    return any(forgotten)


def erase_message(connection: Connection, table: str, message: str, now: int) -> bool:
    """The words of one message; False if there is none of this id."""
    unsaid = [_unsay(connection, one, message, now) for one in _reached(connection, table)]
    return any(unsaid)


def delete_table(connection: Connection, table: str) -> None:
    """The whole table with its log. Its rules stay: another table may have taken them over."""
    gone = delete(t.tables).where(t.tables.c.id.in_(_reached(connection, table)))
    if connection.execute(gone).rowcount == 0:
        raise UnknownTableError(table)


def _reached(connection: Connection, table: str) -> Sequence[str]:
    return (table, *put_aside_for(connection, table))


def _forget(connection: Connection, table: str, person: str, now: int) -> bool:
    one_at_a_time(connection, table)
    theirs = (t.person.c.table_id == table) & (t.person.c.id == person)
    gone = update(t.person).where(theirs).values(name=None, token_hash=None, erased_at=now)
    if connection.execute(gone).rowcount == 0:
        return False
    for held in (t.session_person, t.ticket):
        connection.execute(delete(held).where(held.c.table_id == table, held.c.person_id == person))
    _erase(connection, table, _chosen(_words(connection, table), lambda row: _by(row, person)), now)
    return True


def _unsay(connection: Connection, table: str, message: str, now: int) -> bool:
    one_at_a_time(connection, table)
    words = _words(connection, table)
    said = [seq for seq, row in words.items() if row is not None and row["kind"] == "said" and _of(row, message)]
    _erase(connection, table, _chosen(words, lambda row: row["seq"] in said), now)
    return bool(said)


def _words(connection: Connection, table: str) -> Words:
    in_order = select(t.event).where(t.event.c.table_id == table).order_by(t.event.c.seq)
    sound, link, seq = dict[int, RowMapping](), first_link(table), 0
    for row in connection.execute(in_order).mappings():
        if row["seq"] == seq + 1 and row["chain"] == next_link(link, row):
            sound[row["seq"]] = row
        link, seq = row["chain"], row["seq"]
    spoken = select(t.text.c.seq).where(t.text.c.table_id == table).distinct().order_by(t.text.c.seq)
    return {number: sound.get(number) for number in connection.scalars(spoken)}


def _chosen(words: Words, theirs: Callable[[RowMapping], bool]) -> Words:
    return {seq: row for seq, row in words.items() if row is None or theirs(row)}


def _by(row: RowMapping, person: str) -> bool:
    return ACTOR.decode(row["actor"]).person == person


def _of(row: RowMapping, message: str) -> bool:
    return msgspec.json.decode(row["body"])["message"] == message


def _erase(connection: Connection, table: str, words: Words, now: int) -> None:
    text, reply = t.text.c, t.action_reply.c
    for seq, event in words.items():
        here = (text.table_id == table) & (text.seq == seq) & text.erased_at.is_(None)
        connection.execute(update(t.text).where(here).values(body=None, salt=None, erased_at=now))
        # What was asked is hashed without a salt: whoever guesses the words could see that they were these.
        asked: Any = reply.table_id == table
        if event is not None:
            asked &= reply.cid == event["cid"]
        connection.execute(update(t.action_reply).where(asked).values(digest=""))
    connection.execute(delete(t.snapshot).where(t.snapshot.c.table_id == table))
    connection.execute(update(t.tables).where(t.tables.c.id == table).values(erasures=t.tables.c.erasures + 1))
