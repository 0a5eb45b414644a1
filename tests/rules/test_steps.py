"""Deciding and evolving in one."""

import pytest

from tests.support.rulesets import a_rule_set
from tests.support.tables import opened
from tests.support.wandering import CLOCK, HOST, Wanderer
from threebirds_rules import actions as asked
from threebirds_rules.engine import advance, decide, next_due_at, steps
from threebirds_rules.refusals import Refused


@pytest.mark.parametrize("seed", range(5))
def test_to_advance_is_to_decide_and_to_evolve_event_by_event(seed: int) -> None:
    table = opened(a_rule_set())
    wanderer = Wanderer(table, seed)
    table.do(HOST, asked.Start(bot="conceder"))
    while table.state.status != "ended":
        actor, action = wanderer.move()
        given, before = table.as_read(action), table.state
        if actor == CLOCK:
            table.now = next_due_at(before) or table.now
        taken = advance(table.rules, before, actor, action, table.now, given=given)
        decided = decide(table.rules, before, actor, action, table.now, given=given)
        assert not isinstance(taken, Refused)
        assert not isinstance(decided, Refused)
        assert list(taken) == list(steps(table.rules, before, decided))
        table.keep(decided)


def test_who_is_refused_does_not_advance() -> None:
    table = opened(a_rule_set())
    refused = advance(table.rules, table.state, CLOCK, asked.TimeUp(), table.now)
    assert refused == decide(table.rules, table.state, CLOCK, asked.TimeUp(), table.now)
    assert isinstance(refused, Refused)
