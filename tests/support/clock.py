"""A clock that stands still until a test moves it, and ids that count."""

import asyncio
from itertools import count

from threebirds_rules.names import PersonId
from threebirds_server.ids import CODE_LENGTH, CODE_LETTERS
from threebirds_server.ports import JoinCode
from threebirds_wire.frames import TableId

NEW_YEAR_2010 = 1_262_304_000_000


class FakeClock:
    """Everybody who waits for a time is woken by `advance`, in the order of the times they wait for."""

    def __init__(self, now: int = NEW_YEAR_2010) -> None:
        self._now = now
        self._order = count()
        self._alarms: dict[tuple[int, int], asyncio.Event] = {}
        self._names: dict[tuple[int, int], str] = {}
        self._more = asyncio.Event()

    def now(self) -> int:
        return self._now

    async def sleep_until(self, at: int, /) -> None:
        await self.wait(asyncio.Event(), at)

    async def wait(self, wakes: asyncio.Event, until: int, /) -> bool:
        if wakes.is_set() or until <= self._now:
            return wakes.is_set()
        alarm = asyncio.Event()
        key = (until, next(self._order))
        self._alarms[key] = alarm
        self._names[key] = _task_name()
        self._more.set()
        waits = [asyncio.ensure_future(wakes.wait()), asyncio.ensure_future(alarm.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._alarms.pop(key, None)
            self._names.pop(key, None)
            for wait in waits:
                wait.cancel()
        return wakes.is_set()

    @property
    def alarms(self) -> tuple[int, ...]:
        """The times that are waited for, the first one first."""
        return tuple(sorted(at for at, _ in self._alarms))

    async def waited_for(self, waiters: int = 1) -> None:
        """Return as soon as so many wait for a time: only then can `advance` wake them."""
        while len(self._alarms) < waiters:
            self._more.clear()
            await self._more.wait()

    async def waits(self, task: str, *, times: int = 1) -> None:
        """Return as soon as so many tasks of that name wait for a time: what they were woken for is done."""
        while sum(self._names[key] == task for key in self._alarms) < times:
            self._more.clear()
            await self._more.wait()

    async def jump(self, ms: int) -> None:
        """Set the clock, without time passing. Who waits is woken where it is set back, or to a time waited for."""
        self._now += ms
        for key in [key for key in sorted(self._alarms) if ms < 0 or key[0] <= self._now]:
            self._alarms.pop(key).set()
        await settle()

    async def advance(self, ms: int) -> None:
        """Let time pass. Who is woken and waits again for a time within it is woken again."""
        end = self._now + ms
        while due := [key for key in sorted(self._alarms) if key[0] <= end]:
            self._now = max(self._now, due[0][0])
            self._alarms.pop(due[0]).set()
            await settle()
        self._now = end
        await settle()


async def settle(turns: int = 20) -> None:
    """Let every task that can run do so; tasks that wait for a thread or a socket may need longer."""
    for _ in range(turns):
        await asyncio.sleep(0)


def _task_name() -> str:
    task = asyncio.current_task()
    return "" if task is None else task.get_name()


class CountingIds:
    """The same ids in every run: `t1`, `p1`, `token1`, codes `22222222`, `22222223` ..."""

    def __init__(self) -> None:
        self._counts = {name: count(1) for name in ("t", "p", "epoch", "seed", "token", "salt")}
        self._codes = count()

    def _next(self, name: str) -> str:
        return f"{name}{next(self._counts[name])}"

    def table(self) -> TableId:
        return self._next("t")

    def person(self) -> PersonId:
        return PersonId(self._next("p"))

    def epoch(self) -> str:
        return self._next("epoch")

    def seed(self) -> str:
        return self._next("seed")

    def token(self) -> str:
        return self._next("token")

    def salt(self) -> str:
        return self._next("salt")

    def code(self) -> JoinCode:
        number = next(self._codes)
        letters = ""
        for _ in range(CODE_LENGTH):
            number, letter = divmod(number, len(CODE_LETTERS))
            letters = CODE_LETTERS[letter] + letters
        return JoinCode(letters)
