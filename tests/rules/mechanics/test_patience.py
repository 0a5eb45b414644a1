"""Time that works for some, and what it costs all that nothing was settled."""

from tests.support.rulesets import (
    BUREAU,
    NORTH,
    OPEN_CONFLICTS,
    PATIENCE,
    SOUTH,
    TALK,
    a_card,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import FACILITATOR, PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.events import Adjustment, TableEnded
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.ruleset import Card


def played(*cards: Card, mechanics: Mechanics) -> PlayedTable:
    schedule = a_schedule(rounds=3, phases=(a_phase("card", *TALK, draws=1),))
    return started(a_rule_set(mechanics=mechanics, cards=cards, schedule=schedule))


def test_quiet_rounds_add_to_the_walk_aways_of_those_who_wait() -> None:
    table = played(a_card("fair", kind="success"), mechanics=Mechanics(patience=PATIENCE))
    table.go_to("3.card")
    assert table.state.shifts == {SOUTH: 4}


def test_a_round_with_an_objective_card_does_not() -> None:
    table = played(a_card("storm", kind="objective"), mechanics=Mechanics(patience=PATIENCE))
    table.go_to("2.card")
    assert table.state.shifts == {}
    table.go_to("3.card")
    assert table.state.shifts == {SOUTH: 2}


def test_a_seat_that_nobody_took_waits_for_nothing() -> None:
    schedule = a_schedule(phases=(a_phase("card", *TALK),))
    table = started(a_rule_set(mechanics=Mechanics(patience=PATIENCE), schedule=schedule), NORTH, BUREAU)
    table.go_to("2.card")
    assert (table.state.shifts, table.state.progress.developments) == ({}, ())


def test_everybody_is_told_of_it_and_each_seat_sees_what_it_did_to_itself() -> None:
    table = played(mechanics=Mechanics(patience=PATIENCE))
    table.go_to("2.card")
    seen = {role: table.view(role).mechanics.developments[-1] for role in (NORTH, SOUTH)}
    assert {role: one.own_shift for role, one in seen.items()} == {NORTH: 0, SOUTH: 2}
    assert {one.text for one in seen.values()} == {"South has time."}


def ended(*cards: Card) -> TableEnded:
    table = played(*cards, mechanics=Mechanics(open_conflicts=OPEN_CONFLICTS))
    (end,) = table.do(FACILITATOR, asked.End())
    assert isinstance(end, TableEnded)
    return end


def test_without_a_text_every_open_conflict_costs_everybody() -> None:
    end = ended(a_card("rumour"))
    cost = Adjustment(points=-3, text="It goes on. (Rumour)")
    assert {(one.score, one.surplus, one.adjustments) for one in end.results} == {(-3, -3, (cost,))}


def test_a_conflict_that_was_not_drawn_costs_nothing() -> None:
    assert {(one.score, one.surplus, one.adjustments) for one in ended(a_card("fair")).results} == {(0, 0, ())}


def test_the_cost_stands_with_its_sentence_on_the_last_page() -> None:
    table = played(a_card("rumour"), mechanics=Mechanics(open_conflicts=OPEN_CONFLICTS))
    table.do(FACILITATOR, asked.End())
    outcome = table.view(NORTH).outcome
    assert outcome is not None
    assert [one.text for one in outcome.results[0].adjustments] == ["It goes on. (Rumour)"]
