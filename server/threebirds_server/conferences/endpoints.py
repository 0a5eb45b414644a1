"""`/api/scenarios`, `/api/play`, `/api/join`, `/api/seat`, `/api/tables`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from threebirds_server.accounts.endpoints import Counting
from threebirds_server.conferences.bodies import (
    JoinAsked,
    Joined,
    PlayAsked,
    Playing,
    ScenarioOffered,
    SeatAsked,
    Seated,
    TableAsked,
    TableMade,
    TableOnDesk,
)
from threebirds_server.conferences.service import Conferences, offered
from threebirds_server.http.visits import Visiting
from threebirds_server.rulebook import Rulebook
from threebirds_wire.errors import error

router = APIRouter(prefix="/api", tags=["conferences"])

UNKNOWN_CODE = error("unknown_table", "No table has this code; it has eight letters and digits.", path="code")


def _conferences(request: Request) -> Conferences:
    return request.app.state.house.conferences


def _rulebook(request: Request) -> Rulebook:
    return request.app.state.house.rulebook


Using = Annotated[Conferences, Depends(_conferences)]


@router.get("/scenarios")
async def scenarios(rulebook: Annotated[Rulebook, Depends(_rulebook)]) -> list[ScenarioOffered]:
    return [offered(rules) for rules in await rulebook.scenarios()]


@router.post("/play", status_code=201)
async def play(asked: PlayAsked, visit: Visiting, conferences: Using) -> Playing:
    return await conferences.play(await visit.begin(), asked)


@router.post("/join")
async def join(asked: JoinAsked, visit: Visiting, conferences: Using, count: Counting) -> Joined:
    table = await conferences.table_with_code(asked.code)
    if table is None:
        raise count.failed(visit.address, UNKNOWN_CODE)
    return await conferences.join(await visit.begin(), table, asked.name)


@router.post("/seat")
async def seat(asked: SeatAsked, visit: Visiting, conferences: Using) -> Seated:
    return await conferences.sit(visit.known(), asked)


@router.post("/tables", status_code=201)
async def open_table(asked: TableAsked, visit: Visiting, conferences: Using) -> TableMade:
    visit.facilitator()
    table = await conferences.open_table(asked.scenario, asked.name)
    return TableMade(table=table.id, code=table.code)


@router.get("/tables")
async def tables(visit: Visiting, conferences: Using) -> list[TableOnDesk]:
    visit.facilitator()
    return await conferences.desk()
