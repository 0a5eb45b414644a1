"""Refusals with reasons soften what a rule costs."""

from typing import Any

import pytest

from tests.support.rulesets import (
    BUREAU,
    DAM,
    DECIDE,
    NORTH,
    POINTS,
    REASONED_REFUSALS,
    SOUTH,
    a_phase,
    a_rule,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.conditions import IssueIn
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import ProposalId, RoleId
from threebirds_rules.state import Proposal

DEEP = {"dam": 2}


def at_the_table(**changes: Any) -> PlayedTable:
    on = Mechanics(reasoned_refusals=REASONED_REFUSALS)
    schedule = a_schedule(phases=(a_phase("plenary", *DECIDE),))
    return started(a_rule_set(**{"mechanics": on, "cards": (), "schedule": schedule, **changes}))


def cost_to(table: PlayedTable, role: RoleId) -> int:
    seen = table.view(role).mandate
    assert seen is not None
    return sum(rule.points for rule in seen.mandate.rules if rule.id == "deep")


def say_no(table: PlayedTable, role: RoleId, text: Proposal) -> None:
    table.by(role, asked.Support(proposal=text.id, position="no", issue=DAM, aspect=POINTS))


def refused_and_withdrawn(table: PlayedTable, options: dict[str, int] = DEEP) -> ProposalId:
    text = table.tabled(NORTH, options)
    say_no(table, SOUTH, text)
    table.by(NORTH, asked.Withdraw(proposal=text.id))
    return text.id


def test_a_reasoned_refusal_softens_a_cost_and_leaves_a_gain_alone() -> None:
    table = at_the_table()
    text = refused_and_withdrawn(table)
    assert (cost_to(table, SOUTH), cost_to(table, BUREAU)) == (-2, 1)
    (told,) = table.view(BUREAU).mechanics.developments
    assert (told.text, told.about) == ("They said why.", text)


def test_it_softens_no_more_than_so_much_in_one_game() -> None:
    table = at_the_table()
    costs = [(refused_and_withdrawn(table), cost_to(table, SOUTH))[1] for _ in range(3)]
    assert costs == [-2, -1, -1]


def test_without_the_mechanic_a_cost_stays() -> None:
    table = at_the_table(mechanics=Mechanics())
    refused_and_withdrawn(table)
    assert cost_to(table, SOUTH) == -4


def test_a_text_that_nobody_refused_softens_nothing() -> None:
    table = at_the_table()
    text = table.tabled(NORTH, DEEP)
    table.by(NORTH, asked.Withdraw(proposal=text.id))
    assert cost_to(table, SOUTH) == -4


def test_a_refusal_of_something_else_softens_nothing() -> None:
    table = at_the_table()
    refused_and_withdrawn(table, {"dam": 1})
    assert cost_to(table, SOUTH) == -4


def test_what_is_refused_in_confidence_softens_nothing() -> None:
    table = at_the_table()
    table.by(NORTH, asked.Circulate(options={DAM: 2}, to=(SOUTH,)))
    text = table.state.proposals[-1]
    say_no(table, SOUTH, text)
    table.by(NORTH, asked.Withdraw(proposal=text.id))
    assert cost_to(table, SOUTH) == -4


@pytest.mark.parametrize(("refuser", "expected"), [(SOUTH, -2), (BUREAU, -4)])
def test_who_votes_no_has_to_have_named_an_article_and_an_aspect(refuser: RoleId, expected: int) -> None:
    table = at_the_table()
    text = table.tabled(NORTH, DEEP)
    say_no(table, refuser, text)
    table.by(NORTH, asked.CallVote(proposal=text.id))
    table.by(SOUTH, asked.BreakSilence(proposal=text.id, issue=DAM, reason="Too deep."))
    table.time_up()
    assert table.text(text).status == "rejected"
    assert cost_to(table, SOUTH) == expected


def test_a_cost_never_becomes_a_gain() -> None:
    small = a_rule("deep", when=IssueIn(DAM, (2,)), points={SOUTH: -1})
    table = at_the_table(rules=(small,))
    refused_and_withdrawn(table)
    assert cost_to(table, SOUTH) == 0


def test_a_rule_that_costs_nobody_anything_is_not_softened() -> None:
    table = at_the_table(rules=(a_rule("deep", when=IssueIn(DAM, (2,)), points={SOUTH: 1}),))
    refused_and_withdrawn(table)
    assert table.state.progress.developments == ()
