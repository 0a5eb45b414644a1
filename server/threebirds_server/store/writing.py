"""What a write transaction does, the same on either engine. Works on a connection that has already begun."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection

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
from threebirds_server.store.bulk import find_rows, hold_rows, insert_rows, update_rows
from threebirds_server.store.chain import first_link
from threebirds_server.store.codec import Codec
from threebirds_server.store.reading import answer_of
from threebirds_server.store.upserts import upsert


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
    """Lock the tables of the batch that are where they are expected to be; the link of each one's last event."""
    expected = [{"id": append.table, "head": append.head} for append in batch]
    return {row["id"]: row["chain"] for row in hold_rows(connection, t.tables, "id", expected)}


def _answers(connection: Connection, batch: Sequence[Append]) -> Mapping[tuple[str, str], Answer]:
    asked = [{"table_id": append.table, "cid": append.answer.cid} for append in batch if append.answer]
    return {(row["table_id"], row["cid"]): answer_of(row) for row in find_rows(connection, t.action_reply, asked)}


def _outcome(append: Append, held: Collection[str], answers: Mapping[tuple[str, str], Answer]) -> Outcome:
    if append.answer and (given := answers.get((append.table, append.answer.cid))):
        return Duplicate(given)
    return Committed(append.head + len(append.events)) if append.table in held else Lost()


def _write(connection: Connection, winners: Sequence[Append], links: Mapping[str, str], codec: Codec) -> None:
    """`links` has the link of each table's last event, by id."""
    rows = [codec.rows(append, links[append.table]) for append in winners]
    insert_rows(connection, t.event, [row for one in rows for row in one.events])
    insert_rows(connection, t.text, [row for one in rows for row in one.texts])
    _name(connection, [row for one in rows for row in one.people])
    insert_rows(connection, t.action_reply, [_kept(append.table, append.answer) for append in winners if append.answer])
    moved = [_moved(one, its.last_link(links[one.table])) for one, its in zip(winners, rows, strict=True)]
    update_rows(connection, t.tables, "id", moved)


def _kept(table: str, answer: Answer) -> Mapping[str, object]:
    return {
        "table_id": table,
        "cid": answer.cid,
        "principal": answer.principal,
        "digest": answer.digest,
        "reply": answer.reply.decode(),
    }


def _moved(append: Append, link: str) -> Mapping[str, object]:
    return {
        "id": append.table,
        "head": append.head + len(append.events),
        "chain": link,
        "status": append.status,
        "next_due_at": append.next_due_at,
    }


def _name(connection: Connection, people: Sequence[Mapping[str, object]]) -> None:
    """Somebody who left and joins again may bring another name."""
    if people:
        named = upsert(connection, t.person)
        same_person = [t.person.c.table_id, t.person.c.id]
        named = named.on_conflict_do_update(index_elements=same_person, set_={"name": named.excluded.name})
        connection.execute(named, people)
