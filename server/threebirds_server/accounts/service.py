"""Which people a browser acts for, and what it may look at."""

from collections.abc import Sequence

from threebirds_rules.names import PersonId, RoleId
from threebirds_rules.play import role_of
from threebirds_rules.state import Person
from threebirds_rules.viewers import ONLOOKERS, Viewer, viewer_named
from threebirds_server.accounts.bodies import PersonAtTable, PersonFound
from threebirds_server.desk_links import LeftLinks
from threebirds_server.http.errors import ApiError
from threebirds_server.live.hub import Hub
from threebirds_server.ports import Admission, Clock, EventStore, PersonRow, Scope, Session, SessionStore
from threebirds_wire.errors import error
from threebirds_wire.frames import TableId

NOT_YOURS = error("not_your_seat", "You do not hold this seat.", path="viewer")
NOT_HERE = error("unknown_table", "You have not joined such a table.", path="table")


class Accounts:
    def __init__(
        self, sessions: SessionStore, store: EventStore, hub: Hub, clock: Clock, left: LeftLinks | None
    ) -> None:
        self._clock = clock
        self._left = left
        self._sessions = sessions
        self._store = store
        self._hub = hub

    async def with_link(self, token: str) -> PersonRow | None:
        return await self._sessions.person_with_link(token)

    async def join(self, session: Session, table: TableId, person: PersonId, scope: Scope = "person") -> str:
        """Let this browser act for somebody who has joined, and make the link by which they come back."""
        await self._sessions.admit(session.id, table, person)
        return await self._sessions.make_link(table, person, scope)

    async def take_in(self, session: Session, person: PersonRow) -> PersonFound:
        await self._sessions.admit(session.id, person.table, person.id)
        viewer = await self.viewer(person.table, person.id)
        return PersonFound(table=person.table, viewer=_written(viewer), person=person.id, name=person.name)

    async def people(self, session: Session) -> list[PersonAtTable]:
        return [await self._at_table(person) for person in await self._people(session)]

    async def people_at(self, session: Session, table: TableId) -> list[PersonRow]:
        """Raise `ApiError` if there are none: also of a table that does not exist no more is told."""
        here = await self.joined(session, table)
        if not here:
            raise ApiError(NOT_HERE)
        return here

    async def joined(self, session: Session, table: TableId) -> list[PersonRow]:
        return [person for person in await self._people(session) if person.table == table]

    async def viewer(self, table: TableId, person: PersonId) -> Viewer | None:
        readable = await self._hub.readable(table)
        found = readable.replica.state.person(person) if readable else None
        return Viewer("seat", found.role) if found and found.role else None

    async def ticket(self, session: Session, table: TableId, viewer_name: str) -> str:
        """Raise `ApiError` if this session may not look as that viewer, and what is wrong with the table if it is."""
        return await self._sessions.make_ticket(await self.admission(session, table, viewer_name))

    async def admission(self, session: Session, table: TableId, viewer_name: str) -> Admission:
        """The same for a request that brings its own proof of who asks."""
        viewer = viewer_named(viewer_name)
        if viewer and viewer.role is None and session.facilitator:
            await self._store.table(table)
            return _admission(session, table, viewer, None)
        here = await self.people_at(session, table)
        # Nobody is told that a seat is not theirs because its table cannot be read now.
        state = (await self._hub.table(table)).replica.state
        for person in here:
            if viewer and _may_look(state.person(person.id), viewer):
                return _admission(session, table, viewer, person.id)
        raise ApiError(NOT_YOURS)

    async def make_facilitator(self, session: Session, token: str) -> bool:
        """Whether this link was good: one that we made, or one that was left here for us."""
        if self._left is not None and self._left.take(token, self._clock.now()):
            token = await self._sessions.make_facilitator_link()
        return await self._sessions.redeem_facilitator_link(token, session.id)

    async def leave(self, session: Session) -> None:
        """End this session, and close all that is open by it, at once."""
        await self._sessions.end(session.id)
        self._hub.send_away(session.id)

    async def _people(self, session: Session) -> Sequence[PersonRow]:
        return [session.bearer] if session.bearer else await self._sessions.people(session.id)

    async def _called(self, table: TableId, role: RoleId) -> str:
        return role_of((await self._hub.table(table)).replica.rules, role).name

    async def _at_table(self, person: PersonRow) -> PersonAtTable:
        row = await self._store.table(person.table)
        viewer = await self.viewer(person.table, person.id)
        return PersonAtTable(
            table=row.id,
            code=row.code,
            title=row.title,
            viewer=_written(viewer),
            seat=None if viewer is None or viewer.role is None else await self._called(row.id, viewer.role),
            person=person.id,
            name=person.name,
            status=row.status,
        )


def _may_look(person: Person | None, viewer: Viewer) -> bool:
    """From the own seat; and whoever has come in, seated or not, sees what everybody at the table sees."""
    return person is not None and (viewer.kind in ONLOOKERS or (viewer.role is not None and viewer.role == person.role))


def _written(viewer: Viewer | None) -> str | None:
    return None if viewer is None else str(viewer)


def _admission(session: Session, table: TableId, viewer: Viewer, person: PersonId | None) -> Admission:
    return Admission(session=session.id, table=table, viewer=viewer, person=person, scope=session.scope)
