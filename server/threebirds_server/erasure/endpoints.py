"""`DELETE /api/tables/{table}` and of its people and messages: for the facilitator alone."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request

from threebirds_rules.names import MessageId, PersonId
from threebirds_server.erasure.service import Erasure
from threebirds_server.http.visits import Visiting

router = APIRouter(prefix="/api/tables/{table}", tags=["erasure"])


async def _erasure(request: Request) -> Erasure:
    return request.app.state.house.erasure


Using = Annotated[Erasure, Depends(_erasure)]
Id = Annotated[str, Path(min_length=1, max_length=64)]


@router.delete("/people/{person}", status_code=204)
async def erase_person(table: Id, person: Id, visit: Visiting, erasure: Using) -> None:
    """Name, link and all words of somebody, for good; they read as *[removed]*."""
    visit.facilitator()
    await erasure.person(table, PersonId(person))


@router.delete("/messages/{message}", status_code=204)
async def erase_message(table: Id, message: Id, visit: Visiting, erasure: Using) -> None:
    """The words of one message, for good."""
    visit.facilitator()
    await erasure.message(table, MessageId(message))


@router.delete("", status_code=204)
async def delete_table(table: Id, visit: Visiting, erasure: Using) -> None:
    """The table with its log and its people, for good."""
    visit.facilitator()
    await erasure.table(table)
