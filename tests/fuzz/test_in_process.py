"""The same mutations in the test's own process, where a night has room for two million of them."""

from collections import Counter
from pathlib import Path

import pytest

from tests.fuzz.conversations import LAST, names_of, number_in
from tests.fuzz.grammar import Grammar, World
from tests.fuzz.mutations import MUTATIONS
from tests.support.desks import Desk
from tests.support.dice import Dice
from tests.support.houses import running
from tests.support.long_runs import Counts, Figure
from threebirds_rules.loading import load_scenario

SEED = "a hostile night"
IN_A_CONVERSATION = 360
AT_A_TABLE = 10


@pytest.mark.at_most(300, 7_200)
async def test_every_request_among_hostile_messages_is_answered(tmp_path: Path, figure: Figure, counts: Counts) -> None:
    messages = figure(3_600, 2_000_000)
    kinds: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    names = names_of(load_scenario("winter"))
    async with running(tmp_path, actions_per_minute=1_000_000) as house:
        for table in range(messages // IN_A_CONVERSATION // AT_A_TABLE):
            guest = house.guest()
            made = await guest.post("/api/play", scenario="winter", role="SUP")
            for at in range(AT_A_TABLE):
                desk = await guest.at_table(made["table"], "seat:SUP")
                world = World(desk.table, desk.viewer, desk.phase, names)
                dice = Dice(SEED, table, at)
                await converse(desk, Grammar(world, dice), dice, (kinds, answers))
                await desk.socket.leave()
    counts(seed=SEED, messages=kinds.total(), **kinds)
    counts(answers=answers.total(), **dict(answers.most_common()))
    assert kinds.total() > messages - IN_A_CONVERSATION * AT_A_TABLE
    assert answers["ok"] > 0
    assert answers["internal"] == 0


async def converse(desk: Desk, grammar: Grammar, dice: Dice, tallies: tuple[Counter[str], Counter[str]]) -> None:
    """Send what is wrong, then something right; when that is answered everything is."""
    kinds, answers = tallies
    expected: Counter[int] = Counter()
    for _ in range(IN_A_CONVERSATION):
        kind = dice.pick(tuple(MUTATIONS))
        data = MUTATIONS[kind](grammar.frame(), dice)
        if (number := number_in(data)) is not None:
            expected[number] += 1
        kinds[kind] += 1
        desk.socket.send(data.decode())
    last = {"type": "score", "id": LAST, "table": desk.table, "viewer": desk.viewer, "packages": [[0]]}
    desk.socket.send(last)
    while (reply := await desk.socket.receive_until("reply"))["id"] != LAST:
        expected[reply["id"]] -= 1
        answers[reply["error"]["code"] if "error" in reply else "ok"] += 1
    assert +expected == Counter(), "these requests were not answered"
