"""The conceder in single moments of a game: what it does with one view."""

import pytest
from msgspec.structs import replace

from tests.support.rulesets import a_body, a_rule_set
from tests.support.tables import FACILITATOR, PlayedTable, joined, opened, started
from threebirds_client.strategies.conceder import ConcederBot
from threebirds_rules import actions as asked
from threebirds_rules.actions import Choice
from threebirds_rules.loading import load_scenario
from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import Proposal
from threebirds_rules.strategy import Move
from threebirds_rules.views.shapes import View

SUPPLIER, BUYERS = RoleId("SUP"), RoleId("BUY")
NORTH, SOUTH, BUREAU = RoleId("NOR"), RoleId("SOU"), RoleId("BUR")
PRICE, TRANSIT, INVESTMENT = (IssueId(name) for name in ("price", "transit", "investment"))
DAM, TOLL = IssueId("dam"), IssueId("toll")
FOR_BOTH = {"transit": 2, "investment": 2}
LAST_TABLE = "2.table"


def winter(*people: RoleId) -> PlayedTable:
    """A table of Winter with people in these seats and bots in the others."""
    table = opened(load_scenario("winter"))
    for role in people:
        joined(table, f"{role} one", role)
    table.do(FACILITATOR, asked.Start())
    return table


def choice(table: PlayedTable, role: RoleId) -> Move | None:
    return chosen(table.view(role))


def chosen(view: View) -> Move | None:
    return ConcederBot().choose(view, chance="any")


def action(table: PlayedTable, role: RoleId) -> asked.SeatAction | None:
    move = choice(table, role)
    return None if move is None else move.action


def do(table: PlayedTable, role: RoleId) -> asked.SeatAction | None:
    """Let the bot move, and the table with it."""
    move = choice(table, role)
    if move is None:
        return None
    table.do(table.seat(role), move.action, move.given)
    return move.action


def in_the_last_round() -> PlayedTable:
    table = winter()
    table.go_to(LAST_TABLE)
    return table


def by_silence() -> RuleSet:
    """The river treaty with one body of both sides, which decides by silence."""
    return a_rule_set(bodies=(a_body("league", NORTH, SOUTH, decides="consensus"),))


def river_vote(options: dict[str, int]) -> tuple[PlayedTable, Proposal]:
    """A vote on a text of North's in the first plenary."""
    table = started(by_silence())
    table.go_to("1.plenary")
    text = table.tabled(NORTH, options)
    table.by(BUREAU, asked.CallVote(proposal=text.id))
    return table, text


def test_it_begins_with_the_text_that_is_best_for_itself() -> None:
    assert action(winter(), SUPPLIER) == asked.Table(
        options={PRICE: 0, TRANSIT: 0, INVESTMENT: 2}, note="A text that we could sign."
    )


def test_a_text_that_takes_more_than_it_gives_gets_a_no_with_its_article_and_aspect() -> None:
    table = winter()
    table.tabled(SUPPLIER, {"investment": 2})
    move = action(table, BUYERS)
    assert isinstance(move, asked.Support)
    assert (move.position, move.issue, move.aspect) == ("no", "transit", table.rules.aspects[0].id)
    assert move.reason == "“Transit” as it stands costs us more than the rest gives us."


def test_what_is_enough_but_less_than_it_hopes_for_gets_a_reserve_in_the_first_round() -> None:
    table = winter()
    table.tabled(SUPPLIER, FOR_BOTH)
    move = action(table, BUYERS)
    assert isinstance(move, asked.Support)
    assert move.position == "reserve"


def test_the_same_text_gets_a_yes_in_the_last_round() -> None:
    table = in_the_last_round()
    table.tabled(SUPPLIER, FOR_BOTH)
    move = action(table, BUYERS)
    assert isinstance(move, asked.Support)
    assert move.position == "yes"


def test_it_speaks_again_only_where_its_answer_has_changed() -> None:
    table = in_the_last_round()
    table.tabled(SUPPLIER, FOR_BOTH)
    assert isinstance(do(table, BUYERS), asked.Support)
    assert not isinstance(action(table, BUYERS), asked.Support)


def test_after_a_no_it_asks_once_for_what_it_lacks() -> None:
    table = winter()
    table.tabled(SUPPLIER, {"investment": 2})
    kinds = [type(do(table, BUYERS)) for _ in range(3)]
    assert kinds[:2] == [asked.Support, asked.Amend]
    assert kinds[2] is not asked.Amend


def test_what_it_asks_for_would_be_good_for_it() -> None:
    table = winter()
    text = table.tabled(SUPPLIER, {"investment": 2})
    do(table, BUYERS)
    do(table, BUYERS)
    [amendment] = table.text(text).amendments
    table.by(SUPPLIER, asked.AcceptAmendment(proposal=text.id, amendment=amendment.id))
    [shown] = table.view(BUYERS).proposals
    assert shown.own is not None
    assert shown.own.score >= shown.own.needed


def test_a_sponsor_waits_until_the_others_have_answered() -> None:
    table = winter()
    table.tabled(SUPPLIER, {"investment": 2})
    assert choice(table, SUPPLIER) is None


def test_a_sponsor_takes_up_what_the_others_ask_for_once_a_phase() -> None:
    table = winter()
    text = table.tabled(SUPPLIER, {"investment": 2})
    do(table, BUYERS)
    do(table, BUYERS)
    assert isinstance(do(table, SUPPLIER), asked.Amend | asked.AcceptAmendment)
    do(table, BUYERS)
    table.by(BUYERS, asked.Pass())
    assert table.text(text).version == 2
    assert action(table, SUPPLIER) == asked.Pass()


def test_nobody_waits_for_people_but_what_they_ask_for_is_taken_up_at_once() -> None:
    table = winter(BUYERS)
    text = table.tabled(SUPPLIER, {"price": 1, "investment": 2})
    aspect = table.rules.aspects[0].id
    table.by(BUYERS, asked.Support(proposal=text.id, position="no", issue=TRANSIT, aspect=aspect))
    table.by(BUYERS, asked.Amend(proposal=text.id, options={TRANSIT: 1}))
    assert isinstance(do(table, SUPPLIER), asked.Amend | asked.AcceptAmendment)
    table.by(BUYERS, asked.Amend(proposal=text.id, options={TRANSIT: 2}))
    assert isinstance(do(table, SUPPLIER), asked.Amend | asked.AcceptAmendment)


def test_an_amendment_that_suits_it_is_accepted() -> None:
    table = in_the_last_round()
    text = table.tabled(SUPPLIER, {"investment": 1})
    table.by(BUYERS, asked.Support(proposal=text.id, position="no", issue=TRANSIT, aspect=table.rules.aspects[0].id))
    table.by(BUYERS, asked.Amend(proposal=text.id, options={TRANSIT: 2, INVESTMENT: 2}))
    [amendment] = table.text(text).amendments
    assert action(table, SUPPLIER) == asked.AcceptAmendment(proposal=text.id, amendment=amendment.id)


def test_it_calls_the_vote_when_all_would_sign() -> None:
    table = in_the_last_round()
    text = table.tabled(SUPPLIER, FOR_BOTH)
    do(table, BUYERS)
    assert action(table, SUPPLIER) == asked.CallVote(proposal=text.id)


def test_it_gives_way_to_a_text_with_more_friends() -> None:
    table = winter()
    own = table.tabled(BUYERS, {"price": 2})
    other = table.tabled(SUPPLIER, FOR_BOTH)
    table.by(BUYERS, asked.Support(proposal=other.id, position="yes"))
    table.by(SUPPLIER, asked.Support(proposal=own.id, position="reserve"))
    while isinstance(move := do(table, BUYERS), asked.Support):
        pass
    assert move == asked.Withdraw(proposal=own.id)


@pytest.mark.parametrize(("options", "expected"), [({"dam": 1, "toll": 1}, "yes"), ({"dam": 2}, "no")])
def test_in_the_last_round_it_votes_for_what_reaches_its_walk_away(options: dict[str, int], expected: Choice) -> None:
    table = started(a_rule_set(bodies=(a_body("league", NORTH, SOUTH),)))
    table.go_to("2.plenary")
    text = table.tabled(NORTH, options)
    table.by(BUREAU, asked.CallVote(proposal=text.id))
    assert action(table, SOUTH) == asked.Vote(proposal=text.id, choice=expected)


def test_it_breaks_silence_with_the_article_and_a_reason() -> None:
    table, text = river_vote({"dam": 2})
    assert action(table, SOUTH) == asked.BreakSilence(
        proposal=text.id, issue=DAM, reason="“Dam” as it stands costs us more than the rest gives us."
    )


def test_it_votes_once() -> None:
    table, _ = river_vote({"dam": 2})
    do(table, SOUTH)
    assert choice(table, SOUTH) is None


def test_during_a_vote_it_does_nothing_else() -> None:
    table, _ = river_vote({"dam": 2})
    assert choice(table, BUREAU) is None


def test_the_chair_tables_a_text_between_the_others() -> None:
    table = started(a_rule_set())
    table.go_to("1.plenary")
    table.tabled(NORTH, {"dam": 1})
    table.tabled(SOUTH, {"toll": 1})
    do(table, BUREAU)
    do(table, BUREAU)
    move = action(table, BUREAU)
    assert isinstance(move, asked.Table)
    assert move.note == "A text between all that was said."
    assert {move.options[DAM], move.options[TOLL]} <= {0, 1}


def test_a_phase_without_business_is_passed() -> None:
    table = started(a_rule_set())
    assert table.state.phase == "1.card"
    assert action(table, NORTH) == asked.Pass()


def test_after_a_pass_there_is_nothing_to_do() -> None:
    table = started(a_rule_set())
    do(table, NORTH)
    assert choice(table, NORTH) is None


def test_a_bot_that_may_not_see_its_mandate_passes() -> None:
    assert chosen(replace(winter().view(SUPPLIER), mandate=None)) == Move(action=asked.Pass())


def test_nothing_is_done_at_a_table_that_does_not_run() -> None:
    assert chosen(replace(winter().view(SUPPLIER), status="paused")) is None


def test_somebody_without_a_seat_does_nothing() -> None:
    assert chosen(replace(winter().view(SUPPLIER), viewer="observer")) is None


def test_the_same_view_gives_the_same_move_whatever_was_seen_before() -> None:
    table = winter()
    table.tabled(SUPPLIER, {"investment": 2})
    used = ConcederBot()
    used.choose(table.view(SUPPLIER), chance="one")
    assert used.choose(table.view(BUYERS), chance="two") == choice(table, BUYERS)
