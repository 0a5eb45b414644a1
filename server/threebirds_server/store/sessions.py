"""Browsers, the people they act for, tickets and the facilitator's link, in SQL."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Connection, RowMapping, Table, delete, insert, select, update

from threebirds_rules.names import PersonId
from threebirds_rules.viewers import viewer_named
from threebirds_server.ports import Admission, Clock, Ids, PersonRow, Scope, Session, SessionId
from threebirds_server.store import tables as t
from threebirds_server.store.codec import REMOVED
from threebirds_server.store.database import Database
from threebirds_server.store.gathering import Gathering
from threebirds_server.store.upserts import upsert
from threebirds_wire.frames import TableId
from threebirds_wire.limits import TICKET_S

DAY_MS = 24 * 60 * 60 * 1_000
SESSION_MS = 30 * DAY_MS
LINK_MS = 7 * DAY_MS
TICKET_MS = TICKET_S * 1_000
BOTS = "bot_"
"""How tokens of that scope begin. Nobody can put it before another token: what is kept is the hash of the whole."""


class SqlSessions:
    def __init__(self, database: Database, clock: Clock, ids: Ids) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        # A class that comes in shares its statements: hundreds of transactions would take seconds.
        self._starting = Gathering(self._start)
        self._looking = Gathering(self._find)
        self._knowing = Gathering(self._know)
        self._admitting = Gathering(self._admit)
        self._giving = Gathering(self._give)
        self._redeeming = Gathering(self._redeem)

    async def start(self) -> tuple[Session, str]:
        token = self._ids.token()
        new = Session(id=SessionId(hashed(token)), facilitator=False)
        await self._starting.ask(new)
        return new, token

    async def session(self, token: str, /) -> Session | None:
        session, now = SessionId(hashed(token)), self._clock.now()
        row = await self._looking.ask(session)
        if row is None or row["expires_at"] <= now:
            return None
        # Written once a day, so that looking at a page is not a write.
        if row["expires_at"] < now + SESSION_MS - DAY_MS:
            later = update(t.session).where(t.session.c.id == session).values(expires_at=now + SESSION_MS)
            await self._database.write(lambda connection: connection.execute(later))
        return Session(id=session, facilitator=row["facilitator"])

    async def end(self, session: SessionId, /) -> None:
        theirs = delete(t.session).where(t.session.c.id == session)
        await self._database.write(lambda connection: connection.execute(theirs))

    async def bearer(self, token: str, /) -> Session | None:
        person = await self.person_with_link(token)
        if person is None:
            return None
        return Session(id=SessionId(hashed(token)), facilitator=False, bearer=person, scope=_scope(token))

    async def admit(self, session: SessionId, table: TableId, person: PersonId) -> None:
        await self._admitting.ask((session, table, person))

    async def people(self, session: SessionId, /) -> Sequence[PersonRow]:
        return await self._knowing.ask(session)

    async def make_link(self, table: TableId, person: PersonId, scope: Scope = "person") -> str:
        token = self._token(scope)
        await self._database.write(lambda connection: _link(connection, table, person, hashed(token)))
        return token

    async def person_with_link(self, token: str, /) -> PersonRow | None:
        return await self._database.read(lambda connection: _person_with(connection, hashed(token)))

    async def make_ticket(self, admission: Admission, /) -> str:
        token = self._token(admission.scope)
        await self._giving.ask((admission, hashed(token)))
        return token

    async def redeem_ticket(self, ticket: str, /) -> Admission | None:
        return await self._redeeming.ask(ticket)

    async def make_facilitator_link(self) -> str:
        token = self._ids.token()
        row = {"hash": hashed(token), "expires_at": self._clock.now() + LINK_MS}
        await self._database.write(lambda connection: connection.execute(insert(t.facilitator_link), row))
        return token

    async def redeem_facilitator_link(self, token: str, session: SessionId) -> bool:
        now = self._clock.now()
        return await self._database.write(lambda connection: _make_facilitator(connection, token, session, now))

    async def _start(self, new: Sequence[Session]) -> Sequence[None]:
        now = self._clock.now()
        await self._database.write(lambda connection: _start(connection, new, now))
        return [None] * len(new)

    async def _find(self, sessions: Sequence[SessionId]) -> Sequence[RowMapping | None]:
        found = await self._database.read(lambda connection: _sessions(connection, sessions))
        return [found.get(session) for session in sessions]

    async def _know(self, sessions: Sequence[SessionId]) -> Sequence[Sequence[PersonRow]]:
        found = await self._database.read(lambda connection: _people(connection, sessions))
        return [found.get(session, []) for session in sessions]

    async def _admit(self, admitted: Sequence[tuple[SessionId, TableId, PersonId]]) -> Sequence[None]:
        await self._database.write(lambda connection: _admit(connection, admitted))
        return [None] * len(admitted)

    async def _give(self, tickets: Sequence[tuple[Admission, str]]) -> Sequence[None]:
        now = self._clock.now()
        await self._database.write(lambda connection: _give(connection, tickets, now))
        return [None] * len(tickets)

    async def _redeem(self, tickets: Sequence[str]) -> Sequence[Admission | None]:
        hashes, now = [hashed(ticket) for ticket in tickets], self._clock.now()
        rows = await self._database.write(lambda connection: _redeem(connection, t.ticket, hashes, now))
        # Whoever asks twice at once with one ticket gets one answer and one refusal.
        found = [rows.pop(one, None) for one in hashes]
        return [_admission(row, _scope(ticket)) if row else None for row, ticket in zip(found, tickets, strict=True)]

    def _token(self, scope: Scope) -> str:
        return f"{BOTS}{self._ids.token()}" if scope == "bot" else self._ids.token()


def hashed(token: str) -> str:
    """Tokens have 128 bits of chance and more: a plain hash cannot be searched."""
    return sha256(token.encode()).hexdigest()


def _scope(token: str) -> Scope:
    return "bot" if token.startswith(BOTS) else "person"


def _start(connection: Connection, new: Sequence[Session], now: int) -> None:
    connection.execute(delete(t.session).where(t.session.c.expires_at <= now))
    ends = now + SESSION_MS
    rows = [{"id": one.id, "facilitator": one.facilitator, "expires_at": ends} for one in new]
    connection.execute(insert(t.session), rows)


def _sessions(connection: Connection, sessions: Sequence[SessionId]) -> dict[str, RowMapping]:
    found = connection.execute(select(t.session).where(t.session.c.id.in_(sessions))).mappings()
    return {row["id"]: row for row in found}


def _admit(connection: Connection, admitted: Sequence[tuple[SessionId, TableId, PersonId]]) -> None:
    rows = [{"session_id": session, "table_id": table, "person_id": person} for session, table, person in admitted]
    connection.execute(upsert(connection, t.session_person).on_conflict_do_nothing(), rows)


def _people(connection: Connection, sessions: Sequence[SessionId]) -> dict[str, list[PersonRow]]:
    held = t.session_person
    joined = t.person.join(held, (held.c.table_id == t.person.c.table_id) & (held.c.person_id == t.person.c.id))
    wanted = select(t.person, held.c.session_id).select_from(joined).where(held.c.session_id.in_(sessions))
    found: dict[str, list[PersonRow]] = {}
    for row in connection.execute(wanted.order_by(t.person.c.table_id, t.person.c.id)).mappings():
        found.setdefault(row["session_id"], []).append(_person(row))
    return found


def _person(row: RowMapping) -> PersonRow:
    name = row["name"] if row["erased_at"] is None else REMOVED
    return PersonRow(id=row["id"], table=row["table_id"], name=name)


def _link(connection: Connection, table: TableId, person: PersonId, token_hash: str) -> None:
    theirs = (t.person.c.table_id == table) & (t.person.c.id == person)
    if connection.execute(update(t.person).where(theirs).values(token_hash=token_hash)).rowcount == 0:
        raise LookupError(f"Nobody with the id {person!r} has joined table {table!r}.")


def _person_with(connection: Connection, token_hash: str) -> PersonRow | None:
    row = connection.execute(select(t.person).where(t.person.c.token_hash == token_hash)).mappings().first()
    return _person(row) if row else None


def _give(connection: Connection, tickets: Sequence[tuple[Admission, str]], now: int) -> None:
    """Tickets by their hashes."""
    connection.execute(delete(t.ticket).where(t.ticket.c.expires_at <= now))
    _lend_sessions(connection, sorted({admission.session for admission, _ in tickets}), now + TICKET_MS)
    rows = [
        {
            "hash": token_hash,
            "session_id": admission.session,
            "table_id": admission.table,
            "viewer": str(admission.viewer),
            "person_id": admission.person,
            "expires_at": now + TICKET_MS,
        }
        for admission, token_hash in tickets
    ]
    connection.execute(insert(t.ticket), rows)


def _lend_sessions(connection: Connection, sessions: Sequence[SessionId], until: int) -> None:
    """Whoever bears a token has no session of its own; a ticket needs one for as long as it is good."""
    lent = upsert(connection, t.session)
    expires_at = lent.excluded.expires_at
    later = lent.on_conflict_do_update(
        index_elements=[t.session.c.id], set_={"expires_at": expires_at}, where=t.session.c.expires_at < expires_at
    )
    connection.execute(later, [{"id": one, "facilitator": False, "expires_at": until} for one in sessions])


def _redeem(connection: Connection, kind: Table, hashes: Sequence[str], now: int) -> dict[str, RowMapping]:
    """Take the rows out, by their hashes: of two who come with one token exactly one gets it."""
    taken = delete(kind).where(kind.c.hash.in_(hashes)).returning(kind)
    return {row["hash"]: row for row in connection.execute(taken).mappings() if row["expires_at"] > now}


def _admission(row: RowMapping, scope: Scope) -> Admission | None:
    viewer = viewer_named(row["viewer"])
    return viewer and Admission(
        session=row["session_id"], table=row["table_id"], viewer=viewer, person=row["person_id"], scope=scope
    )


def _make_facilitator(connection: Connection, token: str, session: SessionId, now: int) -> bool:
    if not _redeem(connection, t.facilitator_link, [hashed(token)], now):
        return False
    connection.execute(update(t.session).where(t.session.c.id == session).values(facilitator=True))
    return True
