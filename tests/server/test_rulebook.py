"""Rule sets are read when a table first needs them: once for all who wait."""

import asyncio
from collections.abc import Callable
from typing import TypeVar, cast

import pytest

from threebirds_rules.events import TableOpened
from threebirds_rules.loading import load_scenario, scenario_text
from threebirds_rules.names import RoleId
from threebirds_server.ports import DamagedLogError, EventStore
from threebirds_server.rulebook import Rulebook

WINTER = load_scenario("winter")
OPENED = TableOpened(at=0, digest=WINTER.digest, seed="a seed", roles=(RoleId("SUP"),), switches=())
Result = TypeVar("Result")


class Documents:
    """As much of a store as keeps rule sets."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.asked = 0

    async def rules(self, _digest: str, /) -> str:
        self.asked += 1
        await asyncio.sleep(0)
        return self.document


class Counted:
    def __init__(self) -> None:
        self.run_so_often = 0

    async def run(self, work: Callable[[], Result], /) -> Result:
        self.run_so_often += 1
        return await asyncio.to_thread(work)


def rulebook(documents: Documents, offload: Counted) -> Rulebook:
    return Rulebook(cast("EventStore", documents), offload)


async def test_a_hundred_tables_that_are_opened_at_once_read_their_rules_once() -> None:
    """Each by itself they held the processor for seconds after a restart, and everybody had to wait for it."""
    documents, offload = Documents(scenario_text("winter")), Counted()
    rules = rulebook(documents, offload)
    found = await asyncio.gather(*(rules.opened(WINTER.digest, OPENED) for _ in range(100)))
    assert len({id(one) for one in found}) == 1
    assert found[0].digest == WINTER.digest
    assert (documents.asked, offload.run_so_often) == (1, 1)


async def test_whoever_gives_up_takes_the_rules_from_nobody() -> None:
    rules = rulebook(Documents(scenario_text("winter")), Counted())
    first, second = (asyncio.create_task(rules.pinned(WINTER.digest)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).digest == WINTER.digest


async def test_rules_that_cannot_be_read_are_told_to_all_and_tried_again() -> None:
    documents = Documents("id: nothing\n")
    rules = rulebook(documents, Counted())
    told = await asyncio.gather(*(rules.pinned(WINTER.digest) for _ in range(3)), return_exceptions=True)
    assert [type(one) for one in told] == [DamagedLogError] * 3
    documents.document = scenario_text("winter")
    assert (await rules.pinned(WINTER.digest)).digest == WINTER.digest
    with pytest.raises(DamagedLogError):
        await rules.pinned("another digest")
