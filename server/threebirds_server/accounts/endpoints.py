"""`/api/session`, `/api/me`, `/api/facilitator`, `/api/ticket`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from threebirds_server.accounts.bodies import Me, Parted, PersonFound, TicketAsked, TicketGiven, TokenAsked, Welcomed
from threebirds_server.accounts.service import Accounts
from threebirds_server.failures import Failures
from threebirds_server.http.errors import ApiError
from threebirds_server.http.visits import Visiting
from threebirds_wire.errors import error

router = APIRouter(prefix="/api", tags=["accounts"])

UNKNOWN_LINK = error("unauthenticated", "This link is unknown or has been replaced by a newer one.")
UNKNOWN_DESK_LINK = error(
    "unauthenticated", "This link was used already or is too old: `threebirds link` prints a new one."
)


async def _accounts(request: Request) -> Accounts:
    return request.app.state.house.accounts


async def failures(request: Request) -> Failures:
    return request.app.state.house.failures


async def _join_at(request: Request) -> list[str]:
    return list(request.app.state.house.join_at)


JoinAt = Annotated[list[str], Depends(_join_at)]
Using = Annotated[Accounts, Depends(_accounts)]
Counting = Annotated[Failures, Depends(failures)]


@router.post("/session")
async def come_back(asked: TokenAsked, visit: Visiting, accounts: Using, count: Counting) -> PersonFound:
    """A person's link: the token comes from the part of the address that is never sent to a server."""
    person = await accounts.with_link(asked.token)
    if person is None:
        raise ApiError(count.failed(visit.address, UNKNOWN_LINK))
    return await accounts.take_in(await visit.begin(), person)


@router.delete("/session")
async def leave(visit: Visiting, accounts: Using) -> Parted:
    """Log out: this browser acts for nobody any more, and its sockets close."""
    session = visit.known()
    if session.bearer is None:
        await accounts.leave(session)
        visit.forget()
    return Parted()


@router.get("/me")
async def me(visit: Visiting, accounts: Using, join_at: JoinAt) -> Me:
    session = visit.session
    people = [] if session is None else await accounts.people(session)
    return Me(people=people, facilitator=session is not None and session.facilitator, join_at=join_at)


@router.post("/facilitator")
async def become_facilitator(asked: TokenAsked, visit: Visiting, accounts: Using, count: Counting) -> Welcomed:
    """The facilitator's link works once; the cookie that comes with the answer stays."""
    session = await visit.begin()
    if not session.facilitator and not await accounts.make_facilitator(session, asked.token):
        raise ApiError(count.failed(visit.address, UNKNOWN_DESK_LINK))
    return Welcomed()


@router.post("/ticket")
async def ticket(asked: TicketAsked, visit: Visiting, accounts: Using) -> TicketGiven:
    return TicketGiven(ticket=await accounts.ticket(visit.known(), asked.table, asked.viewer))
