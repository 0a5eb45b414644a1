"""`/healthz`, `/readyz`, `/metrics`."""

import hmac

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from threebirds_server.http.errors import ApiError
from threebirds_server.http.visits import address
from threebirds_wire.errors import error

router = APIRouter(tags=["operations"])

NOT_FOR_YOU = error("unauthenticated", "Metrics are for the operator: set THREEBIRDS_METRICS_TOKEN, and bear it.")
UNAVAILABLE = 503


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Whether the process serves at all."""
    return {"status": "ok"}


@router.get("/readyz", response_model=None)
async def readyz(request: Request) -> Response:
    """Whether it can do its work: 503 and a coded reason if not."""
    reason = await request.app.state.house.readiness.why_not()
    if reason is None:
        return JSONResponse({"status": "ready"})
    return JSONResponse({"status": "not_ready", "reason": reason}, status_code=UNAVAILABLE)


@router.get("/metrics", response_model=None)
async def metrics(request: Request) -> Response:
    """Counts, for whoever bears the token of the settings."""
    house = request.app.state.house
    shown = request.headers.get("authorization", "")
    token: str = house.metrics_token
    if not token or not hmac.compare_digest(shown.encode(), f"Bearer {token}".encode()):
        raise ApiError(house.failures.failed(address(request), NOT_FOR_YOU) if shown else NOT_FOR_YOU)
    return Response(house.metrics.text(), media_type=CONTENT_TYPE_LATEST)
