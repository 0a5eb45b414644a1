"""From one state of a table to a much later one: whatever happened in between, the changes make the later view."""

from itertools import pairwise

import pytest

from tests.support.rulesets import BUREAU, DAM, DECIDE, SOUTH, a_phase, a_rule_set, a_schedule
from tests.support.tables import started
from tests.support.wandering import everybody, wander
from threebirds_rules import actions as asked
from threebirds_rules.engine import Passage, Recall, apply_changes, canonical, evolve, view
from threebirds_rules.mechanics.chair.shapes import HoldItem
from threebirds_rules.mechanics.settings import Chair, Mechanics
from threebirds_rules.state import State
from threebirds_rules.views.changes import built


@pytest.mark.parametrize("length", [2, 3, 5, 17])
@pytest.mark.parametrize("seed", range(5))
def test_changes_lead_over_many_events_at_once(seed: int, length: int) -> None:
    *_, table = wander(a_rule_set(), seed)
    states = [State()]
    for event in table.log:
        states.append(evolve(table.rules, states[-1], event))
    landings = [*states[1::length], states[-1]]
    recall = Recall(table.rules)
    for before, after in pairwise(landings):
        passage = Passage(table.rules, before, after, recall)
        for who in everybody(table):
            old = built(view(table.rules, before, who))
            new = view(table.rules, after, who)
            assert canonical(apply_changes(old, passage.changes(who))) == canonical(new)


def test_a_table_that_is_not_open_yet_has_nothing_to_tell() -> None:
    *_, table = wander(a_rule_set(), 1)
    passage = Passage(table.rules, State(), State())
    assert [passage.changes(who) for who in everybody(table)] == [[]] * len(everybody(table))


def test_who_may_call_the_vote_is_told_when_a_held_article_comes_into_a_text_or_leaves_it() -> None:
    plenary = a_phase("plenary", *DECIDE, "hold_item")
    settings = Chair(texts_a_round=1, without_text={BUREAU: 0}, text="Nothing came of it.")
    table = started(a_rule_set(schedule=a_schedule(phases=(plenary,)), mechanics=Mechanics(chair=settings)))
    text = table.tabled(SOUTH, {"toll": 1})
    table.by(BUREAU, HoldItem(issue=DAM))
    for option in (2, 0):
        before = table.state
        table.by(SOUTH, asked.Amend(proposal=text.id, options={DAM: option}))
        for who in everybody(table):
            changes = Passage(table.rules, before, table.state).changes(who)
            old, new = built(view(table.rules, before, who)), view(table.rules, table.state, who)
            assert canonical(apply_changes(old, changes)) == canonical(new)
