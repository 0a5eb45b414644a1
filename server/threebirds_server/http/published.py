"""What anybody may know about this server."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from msgspec import to_builtins
from starlette.responses import Response

from threebirds_wire.published import DOCUMENTS, written

router = APIRouter()

JSON = "application/json"


@router.get("/api/schema.json", include_in_schema=False)
async def schema() -> Response:
    """All frames, as JSON Schema."""
    return Response(_document("schema.json"), media_type=JSON)


@router.get("/api/asyncapi.json", include_in_schema=False)
async def channels() -> Response:
    """The websocket, as AsyncAPI."""
    return Response(_document("asyncapi.json"), media_type=JSON)


@cache
def _document(name: str) -> str:
    return written(DOCUMENTS[name]())


@router.get("/api/limits")
async def limits(request: Request) -> dict[str, Any]:
    return to_builtins(request.app.state.house.limits)
