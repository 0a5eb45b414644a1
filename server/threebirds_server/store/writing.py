"""What a write transaction does, the same on either engine. Works on a connection that has already begun."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, Table, bindparam, insert, select, tuple_, update

from threebirds_server.ports import (
    Answer,
    Append,
    CodeTakenError,
    Committed,
    Duplicate,
    Lost,
    NewTable,
    Outcome,
)
from threebirds_server.store import tables as t
from threebirds_server.store.chain import first_link
from threebirds_server.store.codec import Codec
from threebirds_server.store.reading import answer_of
from threebirds_server.store.upserts import upsert

_MOVE_HEAD = (
    update(t.tables)
    .where(t.tables.c.id == bindparam("table"))
    .values(head=bindparam("to"), chain=bindparam("link"), status=bindparam("is"), next_due_at=bindparam("due"))
)


def create(connection: Connection, new: NewTable, opening: Append, codec: Codec) -> None:
    rules = upsert(connection, t.ruleset).values(digest=new.rules.digest, document=new.rules.document)
    connection.execute(rules.on_conflict_do_nothing())
    row = upsert(connection, t.tables).values(
        id=new.id,
        code=new.code,
        epoch=new.epoch,
        title=new.title,
        scenario=new.rules.scenario,
        digest=new.rules.digest,
        head=0,
        chain=first_link(new.id),
        status=opening.status,
        created_at=new.created_at,
        erasures=0,
    )
    if connection.execute(row.on_conflict_do_nothing(index_elements=[t.tables.c.code])).rowcount == 0:
        raise CodeTakenError(f"Another table has the code {new.code}.")
    _write(connection, [opening], {new.id: first_link(new.id)}, codec)


def commit(connection: Connection, batch: Sequence[Append], codec: Codec) -> Sequence[Outcome]:
    """Write the appends whose table still stands where they expect it, and only those."""
    held = _hold(connection, batch)
    # Asked only now that the heads are held: whoever answered the same `cid` on this head has committed before.
    answers = _answers(connection, batch)
    outcomes = [_outcome(append, held, answers) for append in batch]
    winners = [one for one, its in zip(batch, outcomes, strict=True) if isinstance(its, Committed)]
    _write(connection, winners, held, codec)
    return outcomes


def _hold(connection: Connection, batch: Sequence[Append]) -> Mapping[str, str]:
    """Lock the tables of the batch that are where they are expected to be; the link of each one's last event.

    In the order of their ids, so that two workers never wait for each other in a circle, and without waiting for a
    table that another worker holds: that one is lost. SQLite has no row locks and needs none: it has one writer.
    """
    expected = [(append.table, append.head) for append in batch]
    found = connection.execute(
        select(t.tables.c.id, t.tables.c.chain)
        .where(tuple_(t.tables.c.id, t.tables.c.head).in_(expected))
        .order_by(t.tables.c.id)
        .with_for_update(skip_locked=True)
    )
    return {row.id: row.chain for row in found}


def _answers(connection: Connection, batch: Sequence[Append]) -> Mapping[tuple[str, str], Answer]:
    asked = [(append.table, append.answer.cid) for append in batch if append.answer]
    if not asked:
        return {}
    reply = t.action_reply
    found = connection.execute(select(reply).where(tuple_(reply.c.table_id, reply.c.cid).in_(asked))).mappings()
    return {(row["table_id"], row["cid"]): answer_of(row) for row in found}


def _outcome(append: Append, held: Collection[str], answers: Mapping[tuple[str, str], Answer]) -> Outcome:
    if append.answer and (given := answers.get((append.table, append.answer.cid))):
        return Duplicate(given)
    return Committed(append.head + len(append.events)) if append.table in held else Lost()


def _write(connection: Connection, winners: Sequence[Append], links: Mapping[str, str], codec: Codec) -> None:
    """`links` has the link of each table's last event, by id."""
    rows = [codec.rows(append, links[append.table]) for append in winners]
    _insert(connection, t.event, [row for one in rows for row in one.events])
    _insert(connection, t.text, [row for one in rows for row in one.texts])
    _name(connection, [row for one in rows for row in one.people])
    _insert(
        connection,
        t.action_reply,
        [
            {
                "table_id": append.table,
                "cid": answer.cid,
                "principal": answer.principal,
                "digest": answer.digest,
                "reply": answer.reply,
            }
            for append in winners
            if (answer := append.answer)
        ],
    )
    if winners:
        moved = [_moved(one, its.last_link(links[one.table])) for one, its in zip(winners, rows, strict=True)]
        connection.execute(_MOVE_HEAD, moved)


def _moved(append: Append, link: str) -> Mapping[str, object]:
    head = append.head + len(append.events)
    return {"table": append.table, "to": head, "link": link, "is": append.status, "due": append.next_due_at}


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _name(connection: Connection, people: Sequence[Mapping[str, object]]) -> None:
    """Somebody who left and joins again may bring another name."""
    if people:
        named = upsert(connection, t.person)
        same_person = [t.person.c.table_id, t.person.c.id]
        named = named.on_conflict_do_update(index_elements=same_person, set_={"name": named.excluded.name})
        connection.execute(named, people)
