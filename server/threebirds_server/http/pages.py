"""The web client: one page for every address that a person opens, and the files it loads."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

BUNDLE = Path(__file__).parents[1] / "web"
PAGES = ("/", "/join", "/t/{table}", "/desk")
NOT_BUILT = "The web client is not built yet: run `python3 run.py setup` in the checkout.\n"


async def page() -> Response:
    index = BUNDLE / "index.html"
    return FileResponse(index) if index.is_file() else PlainTextResponse(NOT_BUILT, status_code=503)


def install_pages(app: FastAPI) -> None:
    """Goes last: the files answer for every path that nothing else does."""
    for path in PAGES:
        app.add_api_route(path, page, include_in_schema=False)
    if BUNDLE.is_dir():
        app.mount("/", StaticFiles(directory=BUNDLE))
