"""Actions, views and streams by cookie or token, with the authority, the limits and the answers of a socket."""

import asyncio

from threebirds_server.accounts.service import Accounts
from threebirds_server.http.errors import ApiError
from threebirds_server.live.allowances import Allowances
from threebirds_server.live.asks import Since
from threebirds_server.live.entrance import OUTAGE, Entrance, TurnedAway
from threebirds_server.live.places import Attendance, Place
from threebirds_server.plain.reader import Reader
from threebirds_server.ports import Clock, Session
from threebirds_wire.frames import Act, Pull, Reply, TableId, ViewerName


class PlainTables:
    """Raises `ApiError` for every no but the table's own. Who may do what is asked anew with each request."""

    def __init__(self, accounts: Accounts, entrance: Entrance, allowances: Allowances, clock: Clock) -> None:
        self._accounts = accounts
        self._entrance = entrance
        self._allowances = allowances
        self._clock = clock

    async def act(self, session: Session, frame: Act) -> Reply:
        place = await self._place(session, frame)
        reply = await place.act(frame)
        Attendance().at(place)
        return reply

    async def view(self, session: Session, table: TableId, viewer: ViewerName) -> str:
        """A `snapshot` frame."""
        place = await self._place(session, Pull(table=table, viewer=viewer, after=0))
        try:
            snapshot = await place.table.look_at(place.viewer)
        except asyncio.QueueFull:
            raise ApiError(OUTAGE.error) from None
        Attendance().at(place)
        return snapshot

    async def stream(self, session: Session, table: TableId, viewer: ViewerName, since: Since | None) -> Reader:
        """Somebody who hears all that this viewer may know, until it goes or is sent away."""
        place = await self._place(session, Pull(table=table, viewer=viewer, after=0))
        reader = Reader(self._allowances.limits, self._clock)
        turned_away = await self._entrance.show_in(place.admission, reader, since)
        if turned_away is not None:
            raise ApiError(turned_away.error)
        return reader

    async def _place(self, session: Session, request: Act | Pull) -> Place:
        place = await self._entrance.place(await self._accounts.admission(session, request.table, request.viewer))
        if isinstance(place, TurnedAway):
            raise ApiError(place.error)
        if refusal := self._allowances.exceeded(place, request):
            raise ApiError(refusal)
        return place
