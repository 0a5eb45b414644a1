"""Whether a server can do its work at this moment: asked by a load balancer, again and again."""

import asyncio
from collections.abc import Callable
from typing import Literal

from threebirds_server.ports import SignsOfLife, StoreUnavailableError

ANSWER_WITHIN_S = 2.0

NotReady = Literal["draining", "committer_stopped", "database_unavailable", "database_slow"]


class Readiness:
    """The database is asked by one write at a time, however many ask here."""

    def __init__(self, life: SignsOfLife, *, draining: Callable[[], bool], committing: Callable[[], bool]) -> None:
        self._life = life
        self._draining = draining
        self._committing = committing
        self._trying: asyncio.Task[None] | None = None

    async def why_not(self) -> NotReady | None:
        if self._draining():
            return "draining"
        if not self._committing():
            return "committer_stopped"
        if self._trying is None or self._trying.done():
            self._trying = asyncio.create_task(self._life.try_to_write(), name="readiness")
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await asyncio.shield(self._trying)
        except TimeoutError:
            return "database_slow"
        except StoreUnavailableError:
            return "database_unavailable"
        return None
