"""An operator loses a disk: back up while people play, lose everything, restore, and play on."""

import asyncio
import shutil
import time
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.support.foundry import foundry
from tests.support.killing import FREE, first_answer, season
from tests.support.long_runs import Counts
from tests.support.players import Class, answered
from tests.support.reckoning import reckon
from tests.support.serving import threebirds

FEW = 20


@pytest.mark.timeout(300)
async def test_after_a_lost_disk_people_play_on_from_the_backup(tmp_path: Path, counts: Counts) -> None:
    data, backup = tmp_path / "data", tmp_path / "backup.db"
    async with foundry(data=str(data), **FREE) as server, AsyncExitStack() as browsers:
        await server.start()
        async with season(Class(server, browsers), only_talk=True) as players:
            await answered(players, FEW)
            before = {cid for player in players for cid in player.acknowledged}
            await threebirds("backup", backup, data=data)
            await answered(players, FEW)
            await server.kill()
            began = time.monotonic()
            await asyncio.to_thread(shutil.rmtree, data)
            await threebirds("restore", backup, data=data)
            said = await threebirds("doctor", data=data)
            await server.start()
            await first_answer(players)
            back_after = time.monotonic() - began
            await answered(players)
    found = await reckon(f"sqlite:///{data / 'threebirds.db'}", players)
    counts(
        before_the_backup=len(before),
        acknowledged=found.acknowledged,
        lost_since_the_backup=len(found.lost),
        back_after_s=back_after,
    )
    assert said
    assert len(before) >= FEW * len(players)
    assert before.isdisjoint(found.lost)
    assert found.lost
    assert (found.twice, found.gaps, found.strayed, found.damaged) == ([], [], [], [])
    assert {player.snapshots for player in players} == {2}
