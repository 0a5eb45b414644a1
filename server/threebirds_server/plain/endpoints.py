"""`/api/tables/{table}/actions`, `view` and `stream`."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from threebirds_server.http.errors import ApiError, answer
from threebirds_server.http.visits import Visiting
from threebirds_server.live.asks import Since
from threebirds_server.plain.reader import MEDIA_TYPE as LINES
from threebirds_server.plain.reader import LineByLine
from threebirds_server.plain.service import PlainTables
from threebirds_wire.bodies import Done
from threebirds_wire.codec import decode_action, encode
from threebirds_wire.errors import Error, error
from threebirds_wire.limits import INTEGER_MAX
from threebirds_wire.schema import IN_COMPONENTS

router = APIRouter(prefix="/api/tables/{table}", tags=["plain"])

JSON = "application/json"
NO_EPOCH = error("bad_frame", "Say which `epoch` the stream is of that you hold `after` a number.", path="epoch")


def _as(media_type: str, type_name: str) -> dict[str, Any]:
    return {"content": {media_type: {"schema": {"$ref": IN_COMPONENTS.format(name=type_name)}}}}


ASKED = {"requestBody": {"required": True, **_as(JSON, "ActionBody")}}
DONE: dict[int | str, Any] = {200: _as(JSON, "Done")}
VIEWED: dict[int | str, Any] = {200: _as(JSON, "Snapshot")}
STREAMED: dict[int | str, Any] = {
    200: {"description": "Each line is one of these, or blank.", **_as(LINES, "ServerFrame")}
}


async def _plain(request: Request) -> PlainTables:
    return request.app.state.house.plain


Using = Annotated[PlainTables, Depends(_plain)]
AtTable = Annotated[str, Path(min_length=1, max_length=64)]
AsViewer = Annotated[str, Query(min_length=1, max_length=80, description="seat:ROLE, facilitator, observer or public")]
OfEpoch = Annotated[str | None, Query(min_length=1, max_length=64)]
AfterNumber = Annotated[int, Query(ge=0, le=INTEGER_MAX)]
UpToMark = Annotated[str | None, Query(pattern="^[0-9a-f]{16}$", description="without it histories are not compared")]


@router.post("/actions", response_class=Response, responses=DONE, openapi_extra=ASKED)
async def act(table: AtTable, request: Request, visit: Visiting, plain: Using) -> Response:
    """One action: answered when it is committed. The same `cid` again gets the first answer again."""
    session = visit.known()
    body = decode_action(await request.body())
    if isinstance(body, Error):
        return answer(body)
    reply = await plain.act(session, body.at(table))
    if reply.error is not None:
        return answer(reply.error)
    return Response(encode(Done(ok=True, dup=reply.dup, n=reply.n)), media_type=JSON)


@router.get("/view", response_class=Response, responses=VIEWED)
async def view(table: AtTable, viewer: AsViewer, visit: Visiting, plain: Using) -> Response:
    """A `snapshot` frame: the whole view of this moment, and where its stream goes on."""
    return Response(await plain.view(visit.known(), table, viewer), media_type=JSON)


@router.get("/stream", response_class=Response, responses=STREAMED)
async def stream(  # noqa: PLR0913  # a query has its fields as parameters
    table: AtTable,
    viewer: AsViewer,
    visit: Visiting,
    plain: Using,
    epoch: OfEpoch = None,
    after: AfterNumber = 0,
    mark: UpToMark = None,
) -> Response:
    """The frames of this viewer as they come, one a line, with a blank line every ten seconds."""
    session = visit.known()
    if after and epoch is None:
        raise ApiError(NO_EPOCH)
    since = None if epoch is None else Since(epoch, after, mark)
    return LineByLine(await plain.stream(session, table, viewer, since))
