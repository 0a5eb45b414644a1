"""The web client: one page for every address that a person opens, and the files it loads."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, PlainTextResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUNDLE = Path(__file__).parents[1] / "web"
PAGES = ("/", "/join", "/t/{table}", "/desk")
NOT_FOUND = 404
NOT_BUILT = "The web client is not built yet: run `python3 run.py setup` in the checkout.\n"


async def page() -> Response:
    index = BUNDLE / "index.html"
    return FileResponse(index) if index.is_file() else PlainTextResponse(NOT_BUILT, status_code=503)


class Files(StaticFiles):
    """Somebody who mistypes an address gets the page, which says so in words; a program gets the coded error."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            index = BUNDLE / "index.html"
            if error.status_code != NOT_FOUND or not _reads_pages(scope) or not index.is_file():
                raise
            return FileResponse(index, status_code=NOT_FOUND)


def _reads_pages(scope: Scope) -> bool:
    return "text/html" in Headers(scope=scope).get("accept", "") and not scope["path"].startswith("/api/")


def install_pages(app: FastAPI) -> None:
    """Goes last: the files answer for every path that nothing else does."""
    for path in PAGES:
        app.add_api_route(path, page, include_in_schema=False)
    if BUNDLE.is_dir():
        app.mount("/", Files(directory=BUNDLE))
