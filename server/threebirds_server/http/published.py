"""What anybody may know about this server."""

from typing import Any

from fastapi import APIRouter, Request
from msgspec import to_builtins

router = APIRouter()


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Whether the process serves at all."""
    return {"status": "ok"}


@router.get("/api/limits")
async def limits(request: Request) -> dict[str, Any]:
    return to_builtins(request.app.state.house.limits)
