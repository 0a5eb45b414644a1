"""When the service was there: one row that all renew, and each absence written down once."""

import asyncio
from collections.abc import Sequence

import pytest

from threebirds_server.ports import Absence, SignsOfLife
from threebirds_server.store.database import Database
from threebirds_server.store.signs_of_life import AWAY_MS, KEPT_MS, SqlSignsOfLife

NOON = 1_290_000_000_000


@pytest.fixture
def life(database: Database) -> SignsOfLife:
    return SqlSignsOfLife(database)


def spans(absences: Sequence[Absence]) -> list[tuple[int, int]]:
    return [(one.since, one.until) for one in absences]


async def test_a_service_that_was_never_there_was_not_away(life: SignsOfLife) -> None:
    assert await life.beat(NOON, None) == []


async def test_longer_than_fifteen_seconds_is_an_absence(life: SignsOfLife) -> None:
    await life.beat(NOON, None)
    assert await life.beat(NOON + AWAY_MS, NOON) == []
    back = NOON + 2 * AWAY_MS + 1
    (absence,) = await life.beat(back, NOON + AWAY_MS)
    assert absence == Absence(number=1, since=NOON + AWAY_MS, until=back)
    assert await life.beat(back + 5_000, back) == [absence]


async def test_those_who_come_back_together_write_one_absence(life: SignsOfLife) -> None:
    await life.beat(NOON, None)
    back = NOON + 60_000
    found = await asyncio.gather(*(life.beat(back + number, NOON) for number in range(8)))
    assert len({spans(absences)[0] for absences in found}) == 1
    assert {len(absences) for absences in found} == {1}


async def test_those_who_start_together_write_one_row(life: SignsOfLife) -> None:
    assert await asyncio.gather(*(life.beat(NOON + number, None) for number in range(8))) == [[]] * 8
    assert await life.beat(NOON + AWAY_MS, None) == []


async def test_while_another_worker_is_there_nobody_is_away(life: SignsOfLife) -> None:
    await life.beat(NOON, None)
    await life.beat(NOON + 50_000, NOON + 45_000)
    assert spans(await life.beat(NOON + 60_000, NOON)) == [(NOON, NOON + 50_000)]


async def test_a_worker_whose_clock_is_behind_is_not_taken_for_a_clock_that_was_set_back(life: SignsOfLife) -> None:
    await life.beat(NOON, None)
    behind = NOON - 60_000
    assert await life.beat(behind, behind - 5_000) == []
    assert await life.beat(NOON + 5_000, NOON) == []


async def test_a_clock_that_was_set_back_is_written_down_once(life: SignsOfLife) -> None:
    await life.beat(NOON, None)
    back = NOON - 3_600_000
    assert spans(await life.beat(back, NOON)) == [(NOON, back)]
    assert spans(await life.beat(back + 5_000, back)) == [(NOON, back)]
    assert spans(await life.beat(back + 6_000, NOON)) == [(NOON, back)]


async def test_an_absence_is_kept_for_longer_than_any_phase_lasts(life: SignsOfLife) -> None:
    await life.beat(NOON, None)
    await life.beat(NOON + 20_000, NOON)
    then = NOON + 20_000 + KEPT_MS
    assert [one.number for one in await life.beat(then, None)] == [1, 2]
    assert [one.number for one in await life.beat(then + AWAY_MS + 1, then)] == [2, 3]
