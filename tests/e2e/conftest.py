"""A real server and a real browser."""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.support.chromium import flags
from tests.support.serving import ServerProcess

CLASSROOM = "classroom.example"
"""A name for this machine that is no localhost: pages from there are not in a secure context, as on school Wi-Fi."""


@pytest.fixture
def server(tmp_path: Path) -> Generator[ServerProcess]:
    process = ServerProcess(tmp_path / "data")
    process.start()
    yield process
    process.stop()


@pytest.fixture
def classroom(server: ServerProcess) -> str:
    """The server's address as others on the network write it."""
    return f"http://{CLASSROOM}:{server.port}"


@pytest.fixture
async def browser(chromium_path: Path) -> AsyncGenerator[Browser]:
    async with async_playwright() as playwright:
        args = [*flags(), f"--host-resolver-rules=MAP {CLASSROOM} 127.0.0.1"]
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=args)
        yield browser
        await browser.close()
