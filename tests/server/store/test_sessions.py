"""Browsers and the people behind them, on either engine."""

import asyncio

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from tests.support.clock import FakeClock
from tests.support.stores import OLGA, RUSSIA, an_append, create, joined
from threebirds_rules.names import PersonId
from threebirds_rules.viewers import Viewer
from threebirds_server.ports import Admission, EventStore, PersonRow, Scope, Session, SessionId
from threebirds_server.store import tables as t
from threebirds_server.store.database import Database
from threebirds_server.store.sessions import DAY_MS, LINK_MS, SESSION_MS, TICKET_MS, SqlSessions

IVAN = PersonId("p_ivan")
SEAT = Viewer("seat", RUSSIA)


@pytest.fixture
async def joined_tables(store: EventStore) -> None:
    """Olga and Ivan at t1, another Olga at t2."""
    await create(store, "t1", "t2")
    await store.commit([an_append("t1", 1, joined(), joined(IVAN, "Ivan")), an_append("t2", 1, joined(name="Olya"))])


async def a_session(sessions: SqlSessions) -> Session:
    session, _ = await sessions.start()
    return session


async def a_ticket(
    sessions: SqlSessions, viewer: Viewer = SEAT, person: PersonId | None = OLGA
) -> tuple[Admission, str]:
    session = await a_session(sessions)
    admission = Admission(session=session.id, table="t1", viewer=viewer, person=person)
    return admission, await sessions.make_ticket(admission)


async def test_a_session_is_found_by_its_token_and_only_by_that(sessions: SqlSessions) -> None:
    session, token = await sessions.start()
    assert await sessions.session(token) == session
    assert await sessions.session(session.id) is None
    assert await sessions.session("") is None


async def test_a_session_that_nobody_asks_for_ends(sessions: SqlSessions, clock: FakeClock) -> None:
    session, token = await sessions.start()
    await clock.advance(SESSION_MS - 1)
    assert await sessions.session(token) == session
    await clock.advance(SESSION_MS)
    assert await sessions.session(token) is None


async def test_a_session_that_is_used_goes_on(sessions: SqlSessions, clock: FakeClock) -> None:
    session, token = await sessions.start()
    for _ in range(5):
        await clock.advance(SESSION_MS - DAY_MS)
        assert await sessions.session(token) == session


async def test_a_session_that_has_ended_is_forgotten(
    sessions: SqlSessions, database: Database, clock: FakeClock
) -> None:
    await sessions.start()
    await clock.advance(SESSION_MS)
    left = await a_session(sessions)
    assert await database.read(lambda connection: connection.scalars(select(t.session.c.id)).all()) == [left.id]


@pytest.mark.usefixtures("joined_tables")
async def test_a_session_holds_people_at_several_tables(sessions: SqlSessions) -> None:
    ours, other = await a_session(sessions), await a_session(sessions)
    for table, person in (("t1", OLGA), ("t1", IVAN), ("t2", OLGA), ("t1", OLGA)):
        await sessions.admit(ours.id, table, person)
    assert await sessions.people(ours.id) == [
        PersonRow(id=IVAN, table="t1", name="Ivan"),
        PersonRow(id=OLGA, table="t1", name="Olga"),
        PersonRow(id=OLGA, table="t2", name="Olya"),
    ]
    assert await sessions.people(other.id) == []


@pytest.mark.usefixtures("joined_tables")
async def test_an_erased_name_reads_as_removed(sessions: SqlSessions, database: Database) -> None:
    session = await a_session(sessions)
    await sessions.admit(session.id, "t1", OLGA)
    await database.write(lambda connection: connection.execute(update(t.person).values(name=None, erased_at=1)))
    assert [person.name for person in await sessions.people(session.id)] == ["[removed]"]


@pytest.mark.usefixtures("joined_tables")
async def test_a_person_is_found_by_the_link_they_got_last(sessions: SqlSessions) -> None:
    first = await sessions.make_link("t1", OLGA)
    second = await sessions.make_link("t1", OLGA)
    others = await sessions.make_link("t2", OLGA)
    assert await sessions.person_with_link(second) == PersonRow(id=OLGA, table="t1", name="Olga")
    assert await sessions.person_with_link(others) == PersonRow(id=OLGA, table="t2", name="Olya")
    assert await sessions.person_with_link(first) is None


@pytest.mark.usefixtures("joined_tables")
async def test_nobody_has_a_link_who_has_not_joined(sessions: SqlSessions) -> None:
    with pytest.raises(LookupError, match="p_ivan"):
        await sessions.make_link("t2", IVAN)


@pytest.mark.usefixtures("joined_tables")
@pytest.mark.parametrize(("viewer", "person"), [(SEAT, OLGA), (Viewer("facilitator"), None)])
async def test_a_ticket_is_good_once(sessions: SqlSessions, viewer: Viewer, person: PersonId | None) -> None:
    admission, ticket = await a_ticket(sessions, viewer, person)
    assert await sessions.redeem_ticket(ticket) == admission
    assert await sessions.redeem_ticket(ticket) is None


@pytest.mark.usefixtures("joined_tables")
async def test_of_two_who_come_with_one_ticket_one_is_admitted(sessions: SqlSessions) -> None:
    admission, ticket = await a_ticket(sessions)
    redeemed = await asyncio.gather(*(sessions.redeem_ticket(ticket) for _ in range(8)))
    assert [one for one in redeemed if one] == [admission]


@pytest.mark.usefixtures("joined_tables")
async def test_a_ticket_is_good_for_a_minute(sessions: SqlSessions, clock: FakeClock) -> None:
    (admission, first), (_, second) = await a_ticket(sessions), await a_ticket(sessions)
    await clock.advance(TICKET_MS - 1)
    assert await sessions.redeem_ticket(first) == admission
    await clock.advance(1)
    assert await sessions.redeem_ticket(second) is None


@pytest.mark.usefixtures("joined_tables")
@pytest.mark.parametrize("scope", ["person", "bot"])
async def test_a_bearer_is_one_person_and_has_tickets_of_the_tokens_scope(
    sessions: SqlSessions, clock: FakeClock, scope: Scope
) -> None:
    token = await sessions.make_link("t1", OLGA, scope)
    bearer = await sessions.bearer(token)
    assert bearer is not None
    assert (bearer.bearer, bearer.scope, bearer.facilitator) == (
        PersonRow(id=OLGA, table="t1", name="Olga"),
        scope,
        False,
    )
    admission = Admission(session=bearer.id, table="t1", viewer=SEAT, person=OLGA, scope=scope)
    early = await sessions.make_ticket(admission)
    await clock.advance(TICKET_MS - 1)
    late = await sessions.make_ticket(admission)
    await clock.advance(TICKET_MS - 1)
    await sessions.start()
    assert await sessions.redeem_ticket(early) is None
    assert await sessions.redeem_ticket(late) == admission
    assert await sessions.bearer(f"bot_{token}") is None


@pytest.mark.usefixtures("joined_tables")
async def test_tickets_that_nobody_used_are_forgotten(
    sessions: SqlSessions, database: Database, clock: FakeClock
) -> None:
    await a_ticket(sessions)
    await clock.advance(TICKET_MS)
    await a_ticket(sessions)
    assert len(await database.read(lambda connection: connection.execute(select(t.ticket)).all())) == 1


async def test_a_facilitator_link_makes_one_session_a_facilitators(sessions: SqlSessions) -> None:
    (session, token), (other, _) = await sessions.start(), await sessions.start()
    link = await sessions.make_facilitator_link()
    assert await sessions.redeem_facilitator_link(link, session.id)
    assert not await sessions.redeem_facilitator_link(link, other.id)
    assert await sessions.session(token) == Session(id=session.id, facilitator=True)


async def test_a_facilitator_link_ends_after_a_week(sessions: SqlSessions, clock: FakeClock) -> None:
    session, token = await sessions.start()
    link = await sessions.make_facilitator_link()
    await clock.advance(LINK_MS)
    assert not await sessions.redeem_facilitator_link(link, session.id)
    assert await sessions.session(token) == session


async def test_a_wrong_token_opens_nothing(sessions: SqlSessions) -> None:
    session = await a_session(sessions)
    assert not await sessions.redeem_facilitator_link("guess", session.id)
    assert await sessions.redeem_ticket("guess") is None
    assert await sessions.person_with_link("guess") is None
    assert await sessions.people(SessionId("guess")) == []


@pytest.mark.usefixtures("joined_tables")
async def test_no_token_stands_in_the_database(sessions: SqlSessions, database: Database) -> None:
    _, token = await sessions.start()
    _, ticket = await a_ticket(sessions)
    tokens = [token, ticket, await sessions.make_link("t1", OLGA), await sessions.make_facilitator_link()]
    kept = str(
        [
            await database.read(lambda connection, table=table: connection.execute(select(table)).all())
            for table in t.metadata.sorted_tables
        ]
    )
    assert [token for token in tokens if token in kept] == []


@pytest.mark.usefixtures("joined_tables")
async def test_many_at_once_get_each_their_own_and_nobody_suffers_for_a_session_that_ended(
    sessions: SqlSessions, database: Database
) -> None:
    """They share statements of a database: what is wrong with one of them is no fault of the others."""
    started = await asyncio.gather(*(sessions.start() for _ in range(40)))
    gone, _ = started.pop()
    await sessions.end(gone.id)
    everybody = [session for session, _ in started]
    admitting = [sessions.admit(one.id, "t1", (OLGA, IVAN)[at % 2]) for at, one in enumerate((*everybody, gone))]
    admitted = await asyncio.gather(*admitting, return_exceptions=True)
    people = await asyncio.gather(*(sessions.people(one.id) for one in (*everybody, gone)))
    found = await asyncio.gather(*(sessions.session(token) for _, token in started), sessions.session("guess"))
    admissions = [Admission(session=one.id, table="t1", viewer=SEAT, person=OLGA) for one in (*everybody, everybody[0])]
    tickets = await asyncio.gather(*map(sessions.make_ticket, admissions))
    redeemed = await asyncio.gather(*map(sessions.redeem_ticket, (*tickets, "guess", tickets[0])))
    assert [type(one) for one in admitted] == [type(None)] * 39 + [IntegrityError]
    assert [[person.id for person in theirs] for theirs in people] == [[(OLGA, IVAN)[at % 2]] for at in range(39)] + [
        []
    ]
    assert found == [*everybody, None]
    assert redeemed == [*admissions, None, None]
    assert len({*tickets}) == len(tickets)
