"""The one place where a server is put together."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

from fastapi import FastAPI
from starlette.routing import WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from threebirds_server.accounts import endpoints as accounts
from threebirds_server.clock import SystemClock
from threebirds_server.conferences import endpoints as conferences
from threebirds_server.erasure import endpoints as erasure
from threebirds_server.erasure.retention import Retention
from threebirds_server.house import House
from threebirds_server.http import published
from threebirds_server.http.body_size import BodySize
from threebirds_server.http.errors import install_errors
from threebirds_server.http.headers import SecurityHeaders
from threebirds_server.http.json_bodies import JsonBodies
from threebirds_server.http.openapi import install_openapi
from threebirds_server.http.pages import install_pages
from threebirds_server.http.same_origin import SameOrigin
from threebirds_server.http.straight import StraightSockets
from threebirds_server.ids import RandomIds
from threebirds_server.live.socket import converse
from threebirds_server.live.strategies import KnowsStrategies, Strategies
from threebirds_server.offload import ThreadOffload
from threebirds_server.operations import endpoints as operations
from threebirds_server.plain import endpoints as plain
from threebirds_server.ports import Clock, Ids
from threebirds_server.records import Records, open_records
from threebirds_server.settings import Settings
from threebirds_server.store.ageing import SqlOldTables

ROUTERS = (
    accounts.router,
    conferences.router,
    plain.router,
    erasure.router,
    published.router,
    operations.router,
)


def create_app(
    settings: Settings,
    *,
    clock: Clock | None = None,
    ids: Ids | None = None,
    store: Records | None = None,
    strategies: KnowsStrategies | None = None,
) -> FastAPI:
    """`store` is closed with the app; without it the database of the settings is migrated and opened."""
    clock, ids = clock or SystemClock(), ids or RandomIds()
    offload = ThreadOffload()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        records = store or await offload.run(lambda: open_records(settings.database, clock, ids))
        try:
            app.state.house = House(settings, records, clock, ids, offload, strategies or Strategies())
            async with app.state.house.open(), _ageing(app, records, clock, settings.keep_days):
                yield
        finally:
            await records.close()

    app = StraightSockets(
        title="Three Birds",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    for router in ROUTERS:
        app.include_router(router)
    app.guard_sockets(partial(SameOrigin, allowed=settings.allowed_origins))
    app.router.routes.append(WebSocketRoute("/ws", Sockets(app)))
    install_errors(app)
    install_openapi(app)
    install_pages(app)
    app.add_middleware(JsonBodies)
    app.add_middleware(BodySize)
    app.add_middleware(SameOrigin, allowed=settings.allowed_origins)
    app.add_middleware(SecurityHeaders)
    return app


def _ageing(app: FastAPI, records: Records, clock: Clock, days: int) -> AbstractAsyncContextManager[None]:
    return Retention(SqlOldTables(records.database), app.state.house.hub, clock, days=days).open()


class Sockets:
    """A bare app, and no function, around which Starlette would put more."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        house: House = self._app.state.house
        address = scope["client"][0] if scope.get("client") else ""
        await converse(WebSocket(scope, receive, send), house.connection(address), house.clock)
