"""`connect`: from a table's address to a seat at it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from threebirds_client.door import Door
from threebirds_client.faults import SeatLostError
from threebirds_client.line import TicketOffice
from threebirds_client.seat import Seat
from threebirds_wire.frames import TableId, ViewerName


@asynccontextmanager
async def connect(
    url: str,
    *,
    table: TableId,
    viewer: ViewerName,
    token: str | None = None,
    ticket: str | None = None,
) -> AsyncGenerator[Seat]:
    """Sit at a table as `viewer` (`seat:POL`), by the token of a person's link or by a ticket.

    With the token the seat comes back after every loss of the connection; a ticket is good for one connection alone.
    Raises SeatLostError where there is no such seat for us.
    """
    async with Door(url) as door:
        office = _one_ticket(ticket) if token is None else _by_token(door, token, table, viewer)
        async with Seat(url, table, viewer, office).taken() as seat:
            yield seat


def _by_token(door: Door, token: str, table: TableId, viewer: ViewerName) -> TicketOffice:
    async def ticket() -> str:
        return await door.ticket(table, viewer, token=token)

    return ticket


def _one_ticket(ticket: str | None) -> TicketOffice:
    left = [] if ticket is None else [ticket]

    async def once() -> str:
        if not left:
            raise SeatLostError(None, "a ticket is good for one connection: with a token the seat can come back")
        return left.pop()

    return once
