"""Offers of accession, and bold offers."""

import pytest

from tests.support.rulesets import (
    ACCESSION_OFFERS,
    BOLD_OFFERS,
    BUREAU,
    DECIDE,
    NORTH,
    POINTS,
    SOUTH,
    TALK,
    WATCH,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.actions import Position3
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import RoleId, RuleId, TrackId
from threebirds_rules.state import Proposal

OFFER = {"watch": 2}


def at_the_table() -> PlayedTable:
    return started(
        a_rule_set(
            mechanics=Mechanics(accession_offers=ACCESSION_OFFERS, bold_offers=BOLD_OFFERS),
            cards=(),
            schedule=a_schedule(rounds=4, phases=(a_phase("plenary", *DECIDE), a_phase("close", *TALK))),
        )
    )


def answer(table: PlayedTable, role: RoleId, text: Proposal, position: Position3) -> None:
    table.by(role, asked.Support(proposal=text.id, position=position, issue=WATCH, aspect=POINTS))


def told_in_round(table: PlayedTable, round_number: int, mechanic: str = "accession_offers") -> list[str]:
    table.go_to(f"{round_number + 1}.plenary")
    return [
        one.effect
        for one in table.view(BUREAU).mechanics.developments
        if (one.round, one.mechanic) == (round_number, mechanic)
    ]


def trust(table: PlayedTable) -> int:
    return table.state.tracks[TrackId("trust")]


def test_an_offer_refused_without_another_costs_trust() -> None:
    table = at_the_table()
    answer(table, NORTH, table.tabled(SOUTH, OFFER), "no")
    assert told_in_round(table, 1) == ["refused"]
    assert trust(table) == -1


def test_an_offer_of_ones_own_in_the_same_round_makes_good_for_it() -> None:
    table = at_the_table()
    answer(table, NORTH, table.tabled(SOUTH, OFFER), "no")
    table.tabled(NORTH, {"toll": 1})
    assert told_in_round(table, 1) == ["countered"]
    assert trust(table) == 0


def test_an_offer_of_an_earlier_round_is_no_answer() -> None:
    table = at_the_table()
    table.tabled(NORTH, {"toll": 1})
    table.go_to("2.plenary")
    answer(table, NORTH, table.tabled(SOUTH, OFFER), "no")
    assert told_in_round(table, 2) == ["refused"]


def test_two_offers_refused_in_one_round_cost_no_more_than_one() -> None:
    table = at_the_table()
    for sponsor in (SOUTH, BUREAU):
        answer(table, NORTH, table.tabled(sponsor, OFFER), "no")
    assert told_in_round(table, 1) == ["refused", "refused"]
    assert trust(table) == -1


def test_an_offer_is_answered_once() -> None:
    table = at_the_table()
    answer(table, NORTH, table.tabled(SOUTH, OFFER), "no")
    assert told_in_round(table, 1) == ["refused"]
    assert told_in_round(table, 2) == []


def test_an_offer_accepted_wakes_what_comes_of_it() -> None:
    table = at_the_table()
    answer(table, NORTH, table.tabled(SOUTH, OFFER), "yes")
    assert told_in_round(table, 1) == ["accepted"]
    assert table.state.woken == (RuleId("flood"),)


@pytest.mark.parametrize("said", ["reserve", None])
def test_who_says_neither_yes_nor_no_has_not_answered(said: Position3 | None) -> None:
    table = at_the_table()
    text = table.tabled(SOUTH, OFFER)
    if said is not None:
        answer(table, NORTH, text, said)
    assert told_in_round(table, 1) == []


def test_a_vote_is_an_answer() -> None:
    table = at_the_table()
    text = table.tabled(SOUTH, OFFER)
    answer(table, NORTH, text, "yes")
    table.by(SOUTH, asked.CallVote(proposal=text.id))
    table.by(NORTH, asked.BreakSilence(proposal=text.id, issue=WATCH, reason="Not now."))
    table.time_up()
    assert told_in_round(table, 1) == ["refused"]


def test_a_yes_in_a_vote_that_was_lost_is_a_yes() -> None:
    table = at_the_table()
    text = table.tabled(SOUTH, OFFER)
    table.by(SOUTH, asked.CallVote(proposal=text.id))
    table.by(NORTH, asked.Vote(proposal=text.id, choice="yes"))
    table.by(SOUTH, asked.BreakSilence(proposal=text.id, issue=WATCH, reason="We thought again."))
    table.time_up()
    assert told_in_round(table, 1) == ["accepted"]


@pytest.mark.parametrize(("sponsor", "options"), [(NORTH, OFFER), (SOUTH, {"watch": 1})])
def test_what_is_no_offer_has_no_answer(sponsor: RoleId, options: dict[str, int]) -> None:
    table = at_the_table()
    text = table.tabled(sponsor, options)
    if sponsor != NORTH:
        answer(table, NORTH, text, "no")
    assert told_in_round(table, 1) == []


def test_an_offer_that_was_taken_back_was_never_made() -> None:
    table = at_the_table()
    table.tabled(SOUTH, OFFER)
    table.by(SOUTH, asked.TakeBack())
    assert told_in_round(table, 1) == []


def test_a_bold_offer_turns_a_no_into_a_yes_and_gives_the_next_item() -> None:
    table = at_the_table()
    answer(table, SOUTH, table.tabled(NORTH, {"dam": 2}), "no")
    answer(table, SOUTH, table.tabled(NORTH, {"dam": 1}), "yes")
    assert table.view(SOUTH).mechanics.agenda_right is None
    assert told_in_round(table, 1, "bold_offers") == ["bold"]
    assert table.view(SOUTH).mechanics.agenda_right == NORTH
    table.go_to("3.plenary")
    assert table.view(SOUTH).mechanics.agenda_right is None


def test_the_first_bold_offer_of_a_round_has_the_right() -> None:
    table = at_the_table()
    answer(table, SOUTH, table.tabled(NORTH, {"dam": 2}), "reserve")
    answer(table, SOUTH, table.tabled(BUREAU, {"toll": 1}), "yes")
    answer(table, SOUTH, table.tabled(NORTH, {"dam": 1}), "yes")
    assert told_in_round(table, 1, "bold_offers") == ["bold"]
    assert table.view(NORTH).mechanics.agenda_right == BUREAU


def test_a_yes_after_a_yes_or_after_silence_is_nothing_bold() -> None:
    table = at_the_table()
    answer(table, SOUTH, table.tabled(NORTH, {"dam": 1}), "yes")
    table.tabled(NORTH, {"dam": 2})
    answer(table, SOUTH, table.tabled(NORTH, {"toll": 1}), "yes")
    assert told_in_round(table, 1, "bold_offers") == []
    assert told_in_round(table, 2, "bold_offers") == []
