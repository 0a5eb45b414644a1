"""Coming to a table: by code, to a seat, alone against bots; and the facilitator's list of tables."""

from math import prod

from threebirds_rules import actions as asked
from threebirds_rules.actions import Action
from threebirds_rules.names import PersonId, RoleId
from threebirds_rules.nearest import nearest
from threebirds_rules.play import role_of
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.viewers import Viewer
from threebirds_server.accounts.service import Accounts
from threebirds_server.conferences.bodies import (
    Joined,
    PlayAsked,
    Playing,
    RoleOffered,
    ScenarioOffered,
    SeatAsked,
    Seated,
    SeatOffered,
    TableOnDesk,
)
from threebirds_server.conferences.tables import HOST, TableMaker
from threebirds_server.http.errors import ApiError
from threebirds_server.ids import join_code
from threebirds_server.live.asks import Ask
from threebirds_server.live.hub import Hub
from threebirds_server.live.table import Table
from threebirds_server.ports import EventStore, Ids, NewTable, Session, SessionStore, TableRow
from threebirds_wire.errors import error


class Conferences:
    """Raises `ApiError` wherever the engine or the house says no."""

    def __init__(
        self,
        maker: TableMaker,
        accounts: Accounts,
        sessions: SessionStore,
        store: EventStore,
        hub: Hub,
        ids: Ids,
    ) -> None:
        self._maker = maker
        self._accounts = accounts
        self._sessions = sessions
        self._store = store
        self._hub = hub
        self._ids = ids

    async def play(self, session: Session, wish: PlayAsked) -> Playing:
        """Make a table, seat the person, hand all other seats to bots and start."""
        rules = (await self._maker.shipped(wish.scenario)).rules
        role = _role(rules, wish.role)
        new = await self._maker.make(wish.scenario, None, extra=(role,))
        table = await self._hub.table(new.id)
        person, token = await self._admit(session, table, wish.name)
        await _do(table, asked.Seat(person=person, role=role))
        await _do(table, asked.Start(empty="bot", bot=wish.bot))
        return Playing(table=new.id, code=new.code, viewer=str(Viewer("seat", role)), person=person, token=token)

    async def table_with_code(self, typed: str) -> Table | None:
        """The table that a person means with what they typed."""
        code = join_code(typed)
        row = await self._store.table_with_code(code) if code else None
        return await self._hub.table(row.id) if row else None

    async def join(self, session: Session, table: Table, name: str) -> Joined:
        """Into the waiting room. Who comes to the same door twice under one name stays one person."""
        row = await self._store.table(table.id)
        here = [one for one in await self._sessions.people(session.id) if one.table == table.id]
        known = next((one.id for one in here if one.name == name.strip()), None)
        if known is None:
            person, token = await self._admit(session, table, name)
        else:
            person, token = known, await self._sessions.make_link(table.id, known)
        return Joined(table=table.id, person=person, token=token, title=row.title, seats=seats(table))

    async def sit(self, session: Session, wish: SeatAsked) -> Seated:
        here = await self._accounts.people_at(session, wish.table)
        table = await self._hub.table(wish.table)
        role = _role(table.replica.rules, wish.role)
        person = _who(table, [one.id for one in here], wish.person)
        await _do(table, asked.Seat(person=person, role=role))
        return Seated(table=table.id, viewer=str(Viewer("seat", role)))

    async def open_table(self, scenario: str, title: str | None) -> NewTable:
        return await self._maker.make(scenario, title)

    async def desk(self) -> list[TableOnDesk]:
        return [await self._on_desk(row) for row in await self._store.tables()]

    async def _admit(self, session: Session, table: Table, name: str) -> tuple[PersonId, str]:
        person = self._ids.person()
        await _do(table, asked.Join(person=person, name=name))
        await self._sessions.admit(session.id, table.id, person)
        return person, await self._sessions.make_link(table.id, person)

    async def _on_desk(self, row: TableRow) -> TableOnDesk:
        """An ended table is not read again for its place in a list."""
        table = None if row.status == "ended" else await self._hub.table(row.id)
        state = table and table.replica.state
        running = state is not None and row.status in {"running", "paused"}
        return TableOnDesk(
            table=row.id,
            code=row.code,
            title=row.title,
            scenario=row.scenario,
            status=row.status,
            round=state.round if state else 0,
            phase=state.phase if state and running else None,
            closes_at=state.closes_at if state and running and state.paused_at is None else None,
            created_at=row.created_at,
            seats=seats(table) if table else [],
        )


def seats(table: Table) -> list[SeatOffered]:
    """All seats that are in play, with who sits there."""
    state, rules = table.replica.state, table.replica.rules
    names = {person.id: person.name for person in state.people}
    return [
        SeatOffered(
            role=seat.role,
            name=role.name,
            initials=role.initials,
            taken_by=[names[person] for person in seat.people if person in names],
            bot=seat.bot,
        )
        for seat in state.seats
        if not seat.dropped
        for role in (role_of(rules, seat.role),)
    ]


def offered(rules: RuleSet) -> ScenarioOffered:
    return ScenarioOffered(
        id=rules.id,
        title=rules.title,
        summary=rules.summary,
        date_stamp=rules.date_stamp,
        minutes=rules.minutes,
        articles=len(rules.issues),
        packages=prod(len(issue.options) for issue in rules.issues),
        roles=[
            RoleOffered(
                role=role.id,
                name=role.name,
                initials=role.initials,
                vote=role.vote,
                chair=role.chair,
                optional=role.optional,
                public_brief=role.public_brief,
            )
            for role in rules.roles
        ],
    )


def _role(rules: RuleSet, name: str) -> RoleId:
    known = {role.id for role in rules.roles}
    if RoleId(name) in known:
        return RoleId(name)
    close = nearest(name, known)
    hint = f"did you mean {close}?" if close else f"there are {', '.join(sorted(known))}."
    raise ApiError(error("invalid_action", f"There is no role {name} here; {hint}", path="role"))


def _who(table: Table, here: list[PersonId], wanted: str | None) -> PersonId:
    """Who sits down: the one named, else whoever of this browser stands, else the last who joined."""
    joined = [person for person in table.replica.state.people if person.id in here]
    if wanted is not None:
        joined = [person for person in joined if person.id == wanted]
    standing = [person for person in joined if person.role is None]
    if not joined:
        raise ApiError(error("not_your_seat", "You are not that person at this table.", path="person"))
    return (standing or joined)[-1].id


async def _do(table: Table, action: Action) -> None:
    reply = await table.ask(Ask(HOST, action))
    if reply.error is not None:
        raise ApiError(reply.error)
