"""How long a client waits before it comes back: what the server says, else longer each time, until it was well."""

import asyncio
from pathlib import Path

import pytest

from tests.client.served import served
from threebirds_client import Door, connect
from threebirds_wire.errors import CloseCode

LIMITS_S = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 20.0, 20.0]


def longest(_limit: int) -> int:
    return 1_000


class Pauses:
    """What a line waits for, as if chance always drew the longest; nobody really waits."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds: list[float] = []
        self.now = 0
        self.more = asyncio.Event()
        really = asyncio.sleep

        async def sleep(seconds: float) -> None:
            task = asyncio.current_task()
            if task is None or task.get_name() != "line":
                await really(seconds)
                return
            self.seconds.append(round(seconds, 3))
            self.more.set()

        monkeypatch.setattr("threebirds_client.line.asyncio.sleep", sleep)
        monkeypatch.setattr("threebirds_client.line.secrets.randbelow", longest)
        monkeypatch.setattr("threebirds_client.line.monotonic_ms", lambda: self.now)

    async def until(self, number: int) -> None:
        while len(self.seconds) < number:
            self.more.clear()
            await self.more.wait()


async def test_a_restart_says_when_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with served(tmp_path) as (house, port), Door(f"http://127.0.0.1:{port}") as door:
        place = await door.play("winter", "SUP", name="Ann")
        assert place.viewer is not None
        async with connect(door.url, table=place.table, viewer=place.viewer, token=place.token):
            pauses = Pauses(monkeypatch)
            await house.house.hub.drain()
            await pauses.until(1)
    assert pauses.seconds[0] == 1.0


@pytest.mark.parametrize(("up_ms", "then"), [(9_999, 20.0), (10_000, 0.5)])
async def test_who_is_lost_again_and_again_waits_longer_until_it_was_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, up_ms: int, then: float
) -> None:
    async with served(tmp_path) as (house, port), Door(f"http://127.0.0.1:{port}") as door:
        place = await door.play("winter", "SUP", name="Ann")
        pauses = Pauses(monkeypatch)
        assert place.viewer is not None
        table = await house.house.hub.table(place.table)
        async with connect(door.url, table=place.table, viewer=place.viewer, token=place.token) as seat:
            for number in range(1, len(LIMITS_S) + 2):
                await seat.score([(0, 0, 0)])
                if number == len(LIMITS_S) + 1:
                    pauses.now += up_ms
                (listener,) = table.listeners
                listener.dismiss(CloseCode.SLOW)
                await pauses.until(number)
    assert pauses.seconds[: len(LIMITS_S) + 1] == [*LIMITS_S, then]
