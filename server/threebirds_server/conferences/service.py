"""Coming to a table: by code into the waiting room, to a seat, or alone against bots."""

from collections.abc import Sequence

from threebirds_rules import actions as asked
from threebirds_rules.actions import Action
from threebirds_rules.names import PersonId
from threebirds_rules.viewers import Viewer
from threebirds_server.accounts.service import Accounts
from threebirds_server.conferences.bodies import JoinAsked, Joined, PlayAsked, Playing, SeatAsked, Seated
from threebirds_server.conferences.offers import role_named, seats
from threebirds_server.conferences.tables import HOST, Tables
from threebirds_server.http.errors import ApiError
from threebirds_server.live.asks import Ask
from threebirds_server.live.hub import Hub
from threebirds_server.live.strategies import unknown_bot
from threebirds_server.live.table import Table
from threebirds_server.ports import Ids, PersonRow, Session, TableRow
from threebirds_wire.errors import error


class Conferences:
    """Raises `ApiError` wherever the engine or the house says no."""

    def __init__(self, tables: Tables, accounts: Accounts, hub: Hub, ids: Ids, bots: Sequence[str]) -> None:
        self._tables = tables
        self._accounts = accounts
        self._hub = hub
        self._ids = ids
        self._bots = bots

    async def play(self, session: Session, wish: PlayAsked) -> Playing:
        """Make a table, seat the person, hand all other seats to bots and start."""
        role = role_named((await self._tables.shipped(wish.scenario)).rules, wish.role)
        if unknown := unknown_bot(wish.bot, self._bots, "bot"):
            raise ApiError(unknown)
        new = await self._tables.make(wish, None, extra=(role,))
        table = await self._hub.table(new.id)
        person, token = await self._admit(session, table, wish)
        await _do(table, asked.Seat(person=person, role=role))
        await _do(table, asked.Start(empty="bot", bot=wish.bot))
        return Playing(table=new.id, code=new.code, viewer=str(Viewer("seat", role)), person=person, token=token)

    async def join(self, session: Session, row: TableRow, wish: JoinAsked) -> Joined:
        """Into the waiting room. Who comes to one door twice from one browser under one name stays one person."""
        table = await self._hub.table(row.id)
        here = await self._accounts.joined(session, row.id)
        known = next((one.id for one in here if one.name == wish.name.strip()), None)
        if known is None:
            person, token = await self._admit(session, table, wish)
        else:
            person, token = known, await self._accounts.join(session, row.id, known, wish.scope)
        return Joined(table=row.id, person=person, token=token, title=row.title, seats=seats(table))

    async def sit(self, session: Session, wish: SeatAsked) -> Seated:
        here = await self._accounts.people_at(session, wish.table)
        table = await self._hub.table(wish.table)
        role = role_named(table.replica.rules, wish.role)
        await _do(table, asked.Seat(person=_who(table, here, wish.person), role=role))
        return Seated(table=table.id, viewer=str(Viewer("seat", role)))

    async def _admit(self, session: Session, table: Table, wish: JoinAsked | PlayAsked) -> tuple[PersonId, str]:
        person = self._ids.person()
        await _do(table, asked.Join(person=person, name=wish.name))
        return person, await self._accounts.join(session, table.id, person, wish.scope)


def _who(table: Table, here: Sequence[PersonRow], wanted: str | None) -> PersonId:
    """Who sits down: the one named, else whoever of this browser stands, else the last who joined."""
    ours = {person.id for person in here if wanted in (None, person.id)}
    joined = [person for person in table.replica.state.people if person.id in ours]
    if not joined:
        raise ApiError(error("not_your_seat", "You are not that person at this table.", path="person"))
    standing = [person for person in joined if person.role is None]
    return (standing or joined)[-1].id


async def _do(table: Table, action: Action) -> None:
    reply = await table.ask(Ask(HOST, action))
    if reply.error is not None:
        raise ApiError(reply.error)
