"""The store without SQL: what is committed lies in dictionaries. Quick enough for thousands of games in a minute.

It keeps the same contract as the real ones, by the same tests. `Work` is done at one instant, whole or not at all.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from threebirds_rules import events as facts
from threebirds_rules.names import MessageId, PersonId
from threebirds_rules.state import Status
from threebirds_server.folded import Folded, Wanted
from threebirds_server.ports import (
    Absence,
    Admission,
    Answer,
    Append,
    Clock,
    CodeTakenError,
    Committed,
    Duplicate,
    Ids,
    JoinCode,
    Load,
    Look,
    Lost,
    NewTable,
    Outcome,
    PersonRow,
    Recorded,
    Scope,
    Session,
    SessionId,
    TableRow,
    UnknownTableError,
)
from threebirds_server.store.folds import KEPT
from threebirds_server.store.sessions import BOTS, DAY_MS, LINK_MS, SESSION_MS, TICKET_MS
from threebirds_server.store.signs_of_life import AWAY_MS, KEPT_MS, SERVICE
from threebirds_wire.frames import TableId

Result = TypeVar("Result")


class Memory(Struct):
    """Everything that is committed. Its values never change, so that a copy is a copy of the dictionaries."""

    documents: dict[str, str] = {}
    tables: dict[TableId, TableRow] = {}
    logs: dict[TableId, tuple[Recorded, ...]] = {}
    answers: dict[tuple[TableId, str], Answer] = {}
    names: dict[tuple[TableId, PersonId], str] = {}
    sessions: dict[str, tuple[Session, int]] = {}
    people: dict[SessionId, tuple[tuple[TableId, PersonId], ...]] = {}
    links: dict[str, tuple[TableId, PersonId]] = {}
    tickets: dict[str, tuple[Admission, int]] = {}
    desk_links: dict[str, int] = {}
    folds: dict[tuple[TableId, int], Folded] = {}
    alive: dict[str, int] = {}
    absences: dict[int, Absence] = {}

    def copy(self) -> "Memory":
        return Memory(**{name: dict(getattr(self, name)) for name in self.__struct_fields__})

    def append(self, append: Append) -> None:
        cid = append.answer.cid if append.answer else None
        new = tuple(
            Recorded(seq=seq, actor=append.actor, cid=cid, event=event)
            for seq, event in enumerate(append.events, append.head + 1)
        )
        self.logs[append.table] = (*self.logs.get(append.table, ()), *new)
        head = append.head + len(new)
        row = self.tables[append.table]
        self.tables[append.table] = replace(row, head=head, status=append.status, next_due_at=append.next_due_at)
        if append.answer:
            self.answers[append.table, append.answer.cid] = append.answer
        for event in append.events:
            if isinstance(event, facts.PersonJoined):
                self.names[append.table, event.person] = event.name


Work = Callable[[Memory], Result]


class Disk(Protocol):
    async def write(self, work: Work[Result], /) -> Result: ...

    async def read(self, work: Work[Result], /) -> Result: ...


class Still:
    """A disk without delays and troubles."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def write(self, work: Work[Result], /) -> Result:
        return work(self._memory)

    async def read(self, work: Work[Result], /) -> Result:
        return work(self._memory)

    async def close(self) -> None:
        pass


class MemoryEvents:
    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    async def create(self, table: NewTable, opening: Append, /) -> None:
        await self._disk.write(lambda memory: _create(memory, table, opening))

    async def commit(self, batch: Sequence[Append], /) -> Sequence[Outcome]:
        return await self._disk.write(lambda memory: _commit(memory, batch))

    async def look(self, table: TableId, after: int = 0, *, cid: str | None = None) -> Look:
        return await self._disk.read(lambda memory: _look(memory, table, after, cid))

    async def load(self, table: TableId, /, *, engine: str | None = None, wanted: Wanted | None = None) -> Load:
        return await self._disk.read(lambda memory: _load(memory, table, engine, wanted or Wanted()))

    async def keep(self, table: TableId, folded: Folded, *, erasures: int) -> bool:
        return await self._disk.write(lambda memory: _keep(memory, table, folded))

    async def erase_person(self, table: TableId, person: PersonId, now: int) -> bool:
        raise NotImplementedError("Erasing is a matter of files.")

    async def erase_message(self, table: TableId, message: MessageId, now: int) -> bool:
        raise NotImplementedError("Erasing is a matter of files.")

    async def delete(self, table: TableId, /) -> None:
        raise NotImplementedError("Erasing is a matter of files.")

    async def rules(self, digest: str, /) -> str:
        return await self._disk.read(lambda memory: memory.documents[digest])

    async def table(self, table: TableId, /) -> TableRow:
        return await self._disk.read(lambda memory: _row(memory, table))

    async def table_with_code(self, code: JoinCode, /) -> TableRow | None:
        return await self._disk.read(lambda memory: next((row for row in _rows(memory) if row.code == code), None))

    async def tables(self, *statuses: Status) -> Sequence[TableRow]:
        def found(memory: Memory) -> Sequence[TableRow]:
            rows = [row for row in _rows(memory) if not statuses or row.status in statuses]
            return sorted(rows, key=lambda row: (-row.created_at, row.id))

        return await self._disk.read(found)

    async def due(self, at: int, /) -> Sequence[TableRow]:
        def found(memory: Memory) -> Sequence[TableRow]:
            rows = [(row.next_due_at, row.id, row) for row in _rows(memory) if row.next_due_at is not None]
            return [row for due, _, row in sorted(rows, key=lambda one: one[:2]) if due <= at]

        return await self._disk.read(found)

    async def next_due_at(self) -> int | None:
        def found(memory: Memory) -> int | None:
            return min((row.next_due_at for row in _rows(memory) if row.next_due_at is not None), default=None)

        return await self._disk.read(found)

    async def heads(self, tables: Sequence[TableId], /) -> Mapping[TableId, int]:
        return await self._disk.read(
            lambda memory: {table: memory.tables[table].head for table in tables if table in memory.tables}
        )


def _rows(memory: Memory) -> list[TableRow]:
    return list(memory.tables.values())


def _row(memory: Memory, table: TableId) -> TableRow:
    if table not in memory.tables:
        raise UnknownTableError(table)
    return memory.tables[table]


def _create(memory: Memory, new: NewTable, opening: Append) -> None:
    if any(row.code == new.code for row in _rows(memory)):
        raise CodeTakenError(f"Another table has the code {new.code}.")
    memory.documents.setdefault(new.rules.digest, new.rules.document)
    memory.tables[new.id] = TableRow(
        id=new.id,
        code=new.code,
        epoch=new.epoch,
        title=new.title,
        scenario=new.rules.scenario,
        digest=new.rules.digest,
        head=0,
        status=opening.status,
        next_due_at=None,
        created_at=new.created_at,
    )
    memory.append(opening)


def _commit(memory: Memory, batch: Sequence[Append]) -> Sequence[Outcome]:
    for append in batch:
        msgspec.json.encode(append.events)  # what no database could write spoils the whole batch
    outcomes = [_outcome(memory, append) for append in batch]
    for append, outcome in zip(batch, outcomes, strict=True):
        if isinstance(outcome, Committed):
            memory.append(append)
    return outcomes


def _outcome(memory: Memory, append: Append) -> Outcome:
    if append.answer and (given := memory.answers.get((append.table, append.answer.cid))):
        return Duplicate(given)
    row = memory.tables.get(append.table)
    return Committed(append.head + len(append.events)) if row and row.head == append.head else Lost()


def _look(memory: Memory, table: TableId, after: int, cid: str | None) -> Look:
    return Look(
        table=_row(memory, table),
        recorded=memory.logs[table][after:],
        answer=memory.answers.get((table, cid)) if cid else None,
    )


def _load(memory: Memory, table: TableId, engine: str | None, wanted: Wanted) -> Load:
    row, recorded = _row(memory, table), memory.logs[table]
    folds = [
        fold for (of, _), fold in sorted(memory.folds.items(), key=_number) if (of, fold.engine) == (table, engine)
    ]
    served = [fold for fold in reversed(folds) if wanted.served_by(fold.standings)]
    folded = served[0] if served else None
    return Load(
        table=row,
        opening=recorded[0].event if recorded else None,
        cids=frozenset(one.cid for one in recorded if one.cid is not None),
        folded=folded,
        recorded=recorded[folded.seq if folded else 0 :],
    )


def _number(kept: tuple[tuple[TableId, int], Folded]) -> int:
    return kept[0][1]


def _keep(memory: Memory, table: TableId, folded: Folded) -> bool:
    """Nothing is ever erased here."""
    if not 0 < folded.seq <= len(memory.logs.get(table, ())):
        return False
    memory.folds[table, folded.seq] = folded
    older = sorted(seq for of, seq in memory.folds if of == table)[:-KEPT]
    for seq in older:
        del memory.folds[table, seq]
    return True


class MemorySessions:
    """Tokens are kept as they are: nobody looks here for them."""

    def __init__(self, disk: Disk, clock: Clock, ids: Ids) -> None:
        self._disk = disk
        self._clock = clock
        self._ids = ids

    async def start(self) -> tuple[Session, str]:
        token, now = self._ids.token(), self._clock.now()
        new = Session(id=SessionId(f"session of {token}"), facilitator=False)

        def kept(memory: Memory) -> None:
            memory.sessions[token] = (new, now + SESSION_MS)

        await self._disk.write(kept)
        return new, token

    async def end(self, session: SessionId, /) -> None: ...

    async def session(self, token: str, /) -> Session | None:
        now = self._clock.now()

        def found(memory: Memory) -> Session | None:
            session, ends_at = memory.sessions.get(token, (None, 0))
            if session is None or ends_at <= now:
                return None
            if ends_at < now + SESSION_MS - DAY_MS:
                memory.sessions[token] = (session, now + SESSION_MS)
            return session

        return await self._disk.write(found)

    async def bearer(self, token: str, /) -> Session | None:
        person = await self.person_with_link(token)
        if person is None:
            return None
        return Session(id=SessionId(f"session of {token}"), facilitator=False, bearer=person, scope=_scope(token))

    async def admit(self, session: SessionId, table: TableId, person: PersonId) -> None:
        def admitted(memory: Memory) -> None:
            here = memory.people.get(session, ())
            memory.people[session] = tuple(sorted({*here, (table, person)}))

        await self._disk.write(admitted)

    async def people(self, session: SessionId, /) -> Sequence[PersonRow]:
        return await self._disk.read(
            lambda memory: [_person(memory, table, person) for table, person in memory.people.get(session, ())]
        )

    async def make_link(self, table: TableId, person: PersonId, scope: Scope = "person") -> str:
        token = self._token(scope)

        def made(memory: Memory) -> None:
            if (table, person) not in memory.names:
                raise LookupError(f"Nobody with the id {person!r} has joined table {table!r}.")
            memory.links = {old: whose for old, whose in memory.links.items() if whose != (table, person)}
            memory.links[token] = (table, person)

        await self._disk.write(made)
        return token

    async def person_with_link(self, token: str, /) -> PersonRow | None:
        return await self._disk.read(
            lambda memory: _person(memory, *memory.links[token]) if token in memory.links else None
        )

    async def make_ticket(self, admission: Admission, /) -> str:
        token, now = self._token(admission.scope), self._clock.now()

        def made(memory: Memory) -> None:
            memory.tickets[token] = (admission, now + TICKET_MS)

        await self._disk.write(made)
        return token

    async def redeem_ticket(self, ticket: str, /) -> Admission | None:
        now = self._clock.now()

        def redeemed(memory: Memory) -> Admission | None:
            admission, ends_at = memory.tickets.pop(ticket, (None, 0))
            return admission if ends_at > now else None

        return await self._disk.write(redeemed)

    async def make_facilitator_link(self) -> str:
        token, now = self._ids.token(), self._clock.now()

        def made(memory: Memory) -> None:
            memory.desk_links[token] = now + LINK_MS

        await self._disk.write(made)
        return token

    async def redeem_facilitator_link(self, token: str, session: SessionId) -> bool:
        now = self._clock.now()

        def redeemed(memory: Memory) -> bool:
            if memory.desk_links.pop(token, 0) <= now:
                return False
            for known, (one, ends_at) in memory.sessions.items():
                if one.id == session:
                    memory.sessions[known] = (replace(one, facilitator=True), ends_at)
            return True

        return await self._disk.write(redeemed)

    def _token(self, scope: Scope) -> str:
        return f"{BOTS}{self._ids.token()}" if scope == "bot" else self._ids.token()


def _scope(token: str) -> Scope:
    return "bot" if token.startswith(BOTS) else "person"


class MemorySignsOfLife:
    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    async def beat(self, now: int, last: int | None) -> Sequence[Absence]:
        return await self._disk.write(lambda memory: _beat(memory, now, last))

    async def try_to_write(self) -> None:
        await self._disk.write(lambda memory: None)


def _beat(memory: Memory, now: int, last: int | None) -> Sequence[Absence]:
    at = memory.alive.setdefault(SERVICE, now)
    set_back = at - now > AWAY_MS and (last is None or last - now > AWAY_MS)
    if set_back or now - at > AWAY_MS:
        number = max(memory.absences, default=0) + 1
        memory.absences = {old: one for old, one in memory.absences.items() if one.until >= now - KEPT_MS}
        memory.absences[number] = Absence(number=number, since=at, until=now)
    if set_back or now > at:
        memory.alive[SERVICE] = now
    return [memory.absences[number] for number in sorted(memory.absences)]


def _person(memory: Memory, table: TableId, person: PersonId) -> PersonRow:
    return PersonRow(id=person, table=table, name=memory.names[table, person])
