"""Whatever is asked of a table, its log can be replayed, and gives the same bytes every time."""

from collections.abc import Iterator

import msgspec
import pytest

from tests.support.digests import digest_of, digest_of_table, digests, digests_elsewhere
from tests.support.rulesets import a_rule_set
from tests.support.tables import PlayedTable
from tests.support.unruly import Unruly, meddled
from tests.support.wandering import everybody, wander
from threebirds_rules.engine import decide, evolve
from threebirds_rules.events import Event
from threebirds_rules.loading import load_scenario
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State

pytestmark = pytest.mark.uncovered


def some_rule_sets() -> Iterator[RuleSet]:
    yield a_rule_set()
    yield load_scenario("winter")
    yield load_scenario("shield")


@pytest.mark.parametrize("seed", range(12))
def test_evolve_takes_all_that_decide_gives_to_anybody_who_asks_for_anything(seed: int) -> None:
    for rules in some_rule_sets():
        *_, table = meddled(rules, seed)
        state = State()
        for event in table.log:
            state = evolve(rules, state, event)
        assert state == table.state


@pytest.mark.parametrize("seed", range(3))
def test_the_flagship_takes_it_too(seed: int) -> None:
    *_, table = meddled(load_scenario("european-security-treaty"), seed)
    state = State()
    for event in table.log:
        state = evolve(table.rules, state, event)
    assert state == table.state


@pytest.mark.parametrize("seed", range(6))
def test_asking_changes_nothing_and_the_answer_is_the_same_again(seed: int) -> None:
    for table in wander(a_rule_set(), seed):
        before = msgspec.json.encode(table.state, order="sorted")
        unruly = Unruly(table, seed)
        actor, action, given = unruly.actor(), unruly.action(), unruly.given()
        answers = [decide(table.rules, table.state, actor, action, table.now, given=given) for _ in range(2)]
        assert answers[0] == answers[1]
        assert msgspec.json.encode(table.state, order="sorted") == before


@pytest.mark.parametrize("seed", range(4))
def test_a_log_replayed_twice_gives_one_digest(seed: int) -> None:
    for rules in some_rule_sets():
        for game in (wander(rules, seed), meddled(rules, seed)):
            *_, table = game
            assert digest_of_table(table) == digest_of_table(table)


def test_a_log_that_was_written_down_gives_the_digest_of_the_one_that_was_not() -> None:
    *_, table = wander(load_scenario("shield"), 3)
    written = msgspec.json.encode(table.log)
    read: list[Event] = msgspec.json.decode(written, type=list[Event])
    assert digest_of(table.rules, read, everybody(table)) == digest_of_table(table)


def test_another_log_gives_another_digest() -> None:
    tables: list[PlayedTable] = []
    for seed in (1, 2):
        *_, table = wander(a_rule_set(), seed)
        tables.append(table)
    assert digest_of_table(tables[0]) != digest_of_table(tables[1])


def test_the_order_of_hashes_changes_no_byte_of_a_game_or_of_its_replay() -> None:
    here = digests()
    assert len(set(here)) == 6
    assert digests_elsewhere("1") == digests_elsewhere("20101129") == here
