"""`/api/scenarios`, `/api/play`, `/api/join`, `/api/seat`, `/api/tables`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from threebirds_rules.wording import in_language, language_for
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
from threebirds_server.conferences.desk import on_desk
from threebirds_server.conferences.offers import scenario
from threebirds_server.conferences.service import Conferences
from threebirds_server.conferences.tables import Tables
from threebirds_server.http.errors import ApiError
from threebirds_server.http.visits import Visiting
from threebirds_server.live.hub import Hub
from threebirds_server.rulebook import Rulebook
from threebirds_wire.errors import error

router = APIRouter(prefix="/api", tags=["conferences"])

UNKNOWN_CODE = error("unknown_table", "No table has this code; it has eight letters and digits.", path="code")


async def _conferences(request: Request) -> Conferences:
    return request.app.state.house.conferences


async def _tables(request: Request) -> Tables:
    return request.app.state.house.tables


async def _rulebook(request: Request) -> Rulebook:
    return request.app.state.house.rulebook


async def _hub(request: Request) -> Hub:
    return request.app.state.house.hub


Using = Annotated[Conferences, Depends(_conferences)]
OfTables = Annotated[Tables, Depends(_tables)]


@router.get("/scenarios")
async def scenarios(
    rulebook: Annotated[Rulebook, Depends(_rulebook)], language: Annotated[str, Query(max_length=64)] = ""
) -> list[ScenarioOffered]:
    """In this language as far as they speak it, or else in their first one."""
    offered = await rulebook.scenarios()
    return [scenario(in_language(rules, language_for(rules, language))) for rules in offered]


@router.post("/play", status_code=201)
async def play(asked: PlayAsked, visit: Visiting, conferences: Using) -> Playing:
    return await conferences.play(await visit.begin(), asked)


@router.post("/join")
async def join(asked: JoinAsked, visit: Visiting, conferences: Using, tables: OfTables, count: Counting) -> Joined:
    table = await tables.with_code(asked.code)
    if table is None:
        raise ApiError(count.failed(visit.address, UNKNOWN_CODE))
    if asked.scope == "bot":
        visit.facilitator()
    return await conferences.join(await visit.begin(), table, asked)


@router.post("/seat")
async def seat(asked: SeatAsked, visit: Visiting, conferences: Using) -> Seated:
    return await conferences.sit(visit.known(), asked)


@router.post("/tables", status_code=201)
async def open_table(asked: TableAsked, visit: Visiting, tables: OfTables) -> TableMade:
    visit.facilitator()
    table = await tables.make(asked, asked.name)
    return TableMade(table=table.id, code=table.code)


@router.get("/tables")
async def desk(visit: Visiting, tables: OfTables, hub: Annotated[Hub, Depends(_hub)]) -> list[TableOnDesk]:
    visit.facilitator()
    return [await on_desk(row, hub) for row in await tables.rows()]
