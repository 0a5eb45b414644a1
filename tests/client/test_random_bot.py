"""The random bot in single moments: any legal action, and an end to it."""

import pytest
from msgspec.structs import replace

from tests.support.rulesets import a_body, a_rule_set
from tests.support.tables import PlayedTable, started
from threebirds_client.strategies.random import PATIENCE, SENTENCES, RandomBot
from threebirds_rules import actions as asked
from threebirds_rules.names import ChannelId, IssueId, RoleId
from threebirds_rules.ruleset import RuleSet

NORTH, SOUTH, BUREAU = RoleId("NOR"), RoleId("SOU"), RoleId("BUR")
CHANCES = range(200)


def actions(table: PlayedTable, role: RoleId) -> list[asked.SeatAction]:
    """What it does with one view under many chances; all of it is legal."""
    moves = [RandomBot().choose(table.view(role), chance=str(chance)) for chance in CHANCES]
    return [move.action for move in moves if move is not None]


def in_plenary(rules: RuleSet | None = None) -> PlayedTable:
    table = started(rules or a_rule_set())
    table.go_to("1.plenary")
    return table


def voting(rules: RuleSet) -> PlayedTable:
    table = in_plenary(rules)
    text = table.tabled(NORTH, {"dam": 2})
    table.by(BUREAU, asked.CallVote(proposal=text.id))
    return table


def test_over_many_chances_it_does_everything_that_is_possible() -> None:
    table = in_plenary()
    text = table.tabled(NORTH, {"dam": 1})
    table.by(SOUTH, asked.Amend(proposal=text.id, options={IssueId("toll"): 1}))
    assert {type(action) for action in actions(table, NORTH)} == {
        asked.Say, asked.Draft, asked.Circulate, asked.Table, asked.Amend, asked.AcceptAmendment, asked.Withdraw,
        asked.CallVote, asked.Pass,
    }  # fmt: skip


def test_it_answers_a_text_in_each_of_the_three_ways_and_a_no_says_why() -> None:
    table = in_plenary()
    table.tabled(NORTH, {"dam": 1})
    answers = [action for action in actions(table, SOUTH) if isinstance(action, asked.Support)]
    assert {answer.position for answer in answers} == {"yes", "no", "reserve"}
    assert {(one.issue, one.aspect) for one in answers if one.position == "no"} == {("dam", "points")}


def test_all_that_it_says_are_a_few_harmless_sentences() -> None:
    said = [action for action in actions(in_plenary(), NORTH) if isinstance(action, asked.Say)]
    assert {action.text for action in said} == set(SENTENCES)
    assert {action.channel for action in said} == {"plenary"}


def test_whoever_has_done_enough_passes() -> None:
    table = in_plenary()
    for _ in range(PATIENCE - 1):
        table.by(NORTH, asked.Say(channel=ChannelId("plenary"), text="Well."))
    assert set(map(type, actions(table, NORTH))) == {asked.Pass}


def test_whoever_has_passed_is_silent() -> None:
    table = in_plenary()
    table.by(NORTH, asked.Pass())
    assert actions(table, NORTH) == []


def test_in_a_vote_it_says_yes_or_no() -> None:
    table = voting(a_rule_set(bodies=(a_body("council", NORTH, SOUTH),)))
    assert {action.choice for action in actions(table, SOUTH) if isinstance(action, asked.Vote)} == {"yes", "no"}


def test_in_a_body_that_decides_by_silence_a_no_breaks_it() -> None:
    table = voting(a_rule_set(bodies=(a_body("league", NORTH, SOUTH, decides="consensus"),)))
    assert set(map(type, actions(table, SOUTH))) == {asked.Vote, asked.BreakSilence}


@pytest.mark.parametrize("role", [BUREAU, NORTH])
def test_without_a_vote_or_after_it_there_is_nothing_to_do(role: RoleId) -> None:
    table = voting(a_rule_set())
    if role == NORTH:
        table.by(NORTH, asked.Vote(proposal=table.state.proposals[0].id, choice="yes"))
    assert actions(table, role) == []


def test_the_same_view_and_chance_give_the_same_move() -> None:
    view = in_plenary().view(NORTH)
    assert RandomBot().choose(view, chance="7") == RandomBot().choose(view, chance="7")


def test_it_waits_while_the_table_does_not_run() -> None:
    view = in_plenary().view(NORTH)
    assert RandomBot().choose(replace(view, status="paused"), chance="7") is None
    assert RandomBot().choose(replace(view, viewer="observer"), chance="7") is None
