"""Many who ask for the same kind of thing at once are answered together."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from threebirds_server.ports import StoreUnavailableError
from threebirds_server.tasks import settle

MOST_AT_ONCE = 256

Asked = TypeVar("Asked")
Told = TypeVar("Told")


class _Waiting(NamedTuple, Generic[Asked, Told]):
    asked: Asked
    told: asyncio.Future[Told]


class Gathering(Generic[Asked, Told]):
    """While some are answered the next ones gather; there is no timer. `answer` gives as many answers as it is asked.

    Nobody is answered by what was looked up before they asked, or is refused for what is wrong with another one.
    """

    def __init__(self, answer: Callable[[Sequence[Asked]], Awaitable[Sequence[Told]]]) -> None:
        self._answer = answer
        self._waiting: list[_Waiting[Asked, Told]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Told:
        """Raise what `answer` raises; if that is an outage, all hear of it who were asked for together."""
        waiting = _Waiting[Asked, Told](asked, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="gathering")
        return await waiting.told

    async def _run(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            # Whoever has given up asks for nothing any more.
            await self._tell([one for one in together if not one.told.done()])

    async def _tell(self, together: Sequence[_Waiting[Asked, Told]]) -> None:
        try:
            told = await self._answer([one.asked for one in together])
        except StoreUnavailableError as error:
            for one in together:
                settle(one.told, StoreUnavailableError(str(error)))
        except Exception as error:  # noqa: BLE001  # whoever asked gets it
            await self._tell_one_by_one(together, error)
        else:
            for one, its in zip(together, told, strict=True):
                settle(one.told, its)

    async def _tell_one_by_one(self, together: Sequence[_Waiting[Asked, Told]], error: Exception) -> None:
        if len(together) == 1:
            settle(together[0].told, error)
            return
        for one in together:
            await self._tell([one])
