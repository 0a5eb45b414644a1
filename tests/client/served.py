"""A real server on a real port, in the test's own loop."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from socket import SO_SNDBUF, SOL_SOCKET, create_server
from typing import Any

import uvicorn

from tests.support.houses import Running, running
from threebirds_rules.strategy import Strategy
from threebirds_server.serving import configured


@asynccontextmanager
async def served(data: Path, *, bot: Strategy | None = None, **of_running: Any) -> AsyncGenerator[tuple[Running, int]]:
    """The house and its port. The clock stands still; a table goes on when all have passed."""
    async with running(data, bot=bot, **of_running) as house:
        listening = create_server(("127.0.0.1", 0))
        # Little fits between the two ends, so that who does not read is soon noticed.
        listening.setsockopt(SOL_SOCKET, SO_SNDBUF, 32_768)
        config = configured(house.app)
        config.lifespan = "off"
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield house, listening.getsockname()[1]
        finally:
            server.should_exit = True
            await serving
