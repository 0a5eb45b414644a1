"""Shortcuts on the way from event to event: whatever is recalled or left out, the outcome is the same."""

import pytest

from tests.support.rulesets import NORTH, SOUTH, TOLL, a_rule_set
from tests.support.tables import started
from tests.support.wandering import everybody, wander
from threebirds_rules.engine import Passage, Recall, apply_changes, canonical, evolve, legal, view
from threebirds_rules.procedure import ON_A_TEXT, obstacle, open_to
from threebirds_rules.state import Proposal, State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.changes import built


@pytest.mark.parametrize("seed", range(20))
def test_one_passage_serves_all_viewers_and_recalls_what_still_holds(seed: int) -> None:
    *_, table = wander(a_rule_set(), seed)
    recall = Recall(table.rules)
    state = evolve(table.rules, State(), table.log[0])
    views = {who: built(view(table.rules, state, who)) for who in everybody(table)}
    for event in table.log[1:]:
        after = evolve(table.rules, state, event)
        passage = Passage(table.rules, state, after, recall)
        for who, before in views.items():
            views[who] = apply_changes(before, passage.changes(who))
            alone, together = view(table.rules, after, who), view(table.rules, after, who, recall)
            assert canonical(views[who]) == canonical(alone) == canonical(together)
        state = after


@pytest.mark.parametrize("seed", range(10))
def test_a_recall_that_followed_another_line_of_events_misleads_nobody(seed: int) -> None:
    """A decision that loses a race was looked at and never happened."""
    *_, other = wander(a_rule_set(), seed + 100)
    *_, table = wander(a_rule_set(), seed)
    recall = Recall(table.rules)
    states = [State(), State()]
    for events in zip(other.log, table.log, strict=False):
        for line, event in enumerate(events):
            after = evolve(table.rules, states[line], event)
            passage = Passage(table.rules, states[line], after, recall)
            alone = Passage(table.rules, states[line], after)
            assert [passage.changes(who) for who in everybody(table)] == [
                alone.changes(who) for who in everybody(table)
            ]
            states[line] = after


def test_a_text_that_somebody_else_nearly_tabled_is_read_as_its_sponsors() -> None:
    """Two are equally quick with the same wording: whoever loses the race was looked at, and never was the sponsor."""
    rules = a_rule_set()
    recall = Recall(rules)
    texts: list[Proposal] = []
    for role in (NORTH, SOUTH):
        table = started(rules)
        table.go_to("1.plenary")
        before = table.state
        texts.append(table.tabled(role, {TOLL: 1}))
        passages = [Passage(rules, before, table.state, recall), Passage(rules, before, table.state)]
        found, wanted = ([one.changes(who) for who in everybody(table)] for one in passages)
        assert found == wanted
    assert texts[0].id == texts[1].id


def test_the_desk_hears_that_the_first_text_of_the_last_phase_keeps_the_rules_as_they_are() -> None:
    table = started(a_rule_set())
    table.go_to("2.plenary")
    before, desk = table.state, Viewer("facilitator")
    table.tabled(NORTH, {TOLL: 1})
    seen = built(view(table.rules, before, desk))
    after = apply_changes(seen, Passage(table.rules, before, table.state).changes(desk))
    assert canonical(after) == canonical(view(table.rules, table.state, desk)) != canonical(seen)


@pytest.mark.parametrize("seed", range(10))
def test_a_text_is_open_to_a_seat_exactly_if_nothing_stands_in_the_way(seed: int) -> None:
    for table in wander(a_rule_set(), seed):
        for role in (seat.role for seat in table.state.seats):
            for kind in ON_A_TEXT:
                seen = [text for text in table.state.proposals if text.seen_by(role)]
                free = [text.id for text in seen if obstacle(table.rules, table.state, role, kind, text) is None]
                assert list(open_to(table.rules, table.state, role, kind)) == free


def test_nobody_is_told_anything_where_nothing_has_happened() -> None:
    *_, table = wander(a_rule_set(), 1)
    passage = Passage(table.rules, table.state, table.state)
    assert [passage.changes(who) for who in everybody(table)] == [[]] * len(everybody(table))
    assert legal(table.rules, table.state, everybody(table)[0]) == ()
