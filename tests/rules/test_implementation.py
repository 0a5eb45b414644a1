"""What follows an adopted text: pledges are carried out or not, and nothing that moves then moves a result."""

import pytest
from msgspec.structs import replace

from tests.support.rulesets import (
    BUREAU,
    DAM,
    DECIDE,
    NORTH,
    PLEDGES,
    SOUTH,
    TALK,
    TOLL,
    WATCH,
    a_card,
    a_phase,
    a_rule_set,
    a_schedule,
    an_ending,
)
from tests.support.tables import CLOCK, FACILITATOR, PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.engine import next_due_at
from threebirds_rules.events import PhaseClosed, PhaseOpened, RoleResult, TableEnded
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge, RenegePledge
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import EndingId, TrackId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import Outcome

AFTER = a_phase("after", "say", "take_back", "honour", "renege", "pass", seconds=90)
PLEDGE = a_phase("pledges", *TALK, "pledge", "honour", "renege")
PLENARY = a_phase("plenary", *DECIDE)
BROKEN = an_ending("broken", adopted=True, happened="pledges.article_broken")
RULES = a_rule_set(
    mechanics=Mechanics(pledges=PLEDGES),
    schedule=a_schedule(phases=(PLEDGE, PLENARY), implementation=AFTER),
    endings=(BROKEN, *a_rule_set().endings),
)


def in_plenary(rules: RuleSet = RULES) -> PlayedTable:
    """In the first plenary; before it North pledged the dam and South the toll, and both pledges are due."""
    table = started(rules)
    table.by(NORTH, LayPledge(issue=DAM, option=1))
    table.by(SOUTH, LayPledge(issue=TOLL, option=1))
    table.go_to("1.plenary")
    return table


def adopted(table: PlayedTable) -> PlayedTable:
    """Both adopt a text with the pledged dam and a watch, and without the pledged toll."""
    text = table.tabled(NORTH, {"dam": 1, "watch": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    for role in (NORTH, SOUTH):
        table.by(role, asked.Vote(proposal=text.id, choice="yes"))
    table.time_up()
    return table


def settled() -> PlayedTable:
    """Adopted, and both have answered what they owed."""
    table = adopted(in_plenary())
    table.by(NORTH, HonourPledge(pledge="1.NOR"))
    table.by(SOUTH, HonourPledge(pledge="1.SOU"))
    return table


def outcome(table: PlayedTable) -> Outcome:
    assert table.state.outcome is not None
    return table.state.outcome


def surpluses(results: tuple[RoleResult, ...]) -> dict[str, tuple[int, int]]:
    return {one.role: (one.walk_away, one.surplus) for one in results}


def test_what_is_done_after_the_vote_moves_nobodys_result() -> None:
    """A broken pledge costs two of trust, and so walk-aways move, but not those of the vote."""
    quiet = adopted(in_plenary())
    quiet.by(NORTH, HonourPledge(pledge="1.NOR"))
    quiet.do(FACILITATOR, asked.ClosePhase())
    busy = adopted(in_plenary())
    busy.by(NORTH, RenegePledge(pledge="1.NOR"))
    busy.do(FACILITATOR, asked.ClosePhase())
    assert busy.state.tracks[TrackId("trust")] < quiet.state.tracks[TrackId("trust")]
    assert surpluses(outcome(busy).results) == surpluses(outcome(quiet).results)
    assert surpluses(outcome(busy).results)[NORTH] == (1, 7)


def test_an_adopted_text_opens_the_implementation_and_ends_with_it() -> None:
    table = in_plenary()
    text = table.tabled(NORTH, {"dam": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    for role in (NORTH, SOUTH):
        table.by(role, asked.Vote(proposal=text.id, choice="yes"))
    closed, opened = table.time_up()[-2:]
    assert isinstance(closed, PhaseClosed)
    assert isinstance(opened, PhaseOpened)
    assert (closed.phase, closed.reason, opened.phase) == ("1.plenary", "adopted", "1.after")
    assert next_due_at(table.state) == table.now + 90_000
    *_, end = table.time_up()
    assert isinstance(end, TableEnded)
    assert (end.result, end.proposal) == ("adopted", text.id)


def test_without_an_implementation_the_table_ends_with_the_count() -> None:
    table = adopted(in_plenary(a_rule_set(mechanics=RULES.mechanics, schedule=a_schedule(phases=(PLEDGE, PLENARY)))))
    assert outcome(table).result == "adopted"


def test_without_a_text_there_is_nothing_to_implement() -> None:
    table = in_plenary()
    while table.state.status != "ended":
        table.time_up()
    assert outcome(table).result == "no_agreement"
    assert all(one.phase != "2.after" for one in table.log if isinstance(one, PhaseOpened))


def test_nothing_about_texts_is_possible_any_more() -> None:
    table = adopted(in_plenary())
    refused = table.refuses(SOUTH, asked.Table(options={DAM: 2}))
    assert (refused.code, refused.rule) == ("illegal_action", "phase.actions")
    assert refused.message == "“table” is not possible in After."
    assert {one.kind for one in table.view(SOUTH).legal} == {"say", "honour", "renege"}
    table.by(SOUTH, HonourPledge(pledge="1.SOU"))
    assert {one.kind for one in table.view(SOUTH).legal} == {"say", "pass"}


def test_everybody_sees_that_it_follows_and_when_it_is_there() -> None:
    before, after = in_plenary().view(BUREAU), adopted(in_plenary()).view(BUREAU)
    assert before.treaty.implementation is not None
    assert before.treaty.implementation.title == "After"
    assert before.clock is not None
    assert after.clock is not None
    assert (before.clock.id, after.clock.id, after.clock.phase) == ("plenary", "after", "1.after")


def test_it_closes_once_all_have_passed() -> None:
    table = settled()
    for role in (NORTH, SOUTH, BUREAU):
        table.by(role, asked.Pass())
    assert outcome(table).result == "adopted"


def test_a_pass_can_be_taken_back_in_it() -> None:
    table = settled()
    table.by(NORTH, asked.Pass())
    table.by(NORTH, asked.TakeBack())
    seat = table.state.seat(NORTH)
    assert seat is not None
    assert not seat.passed


def test_it_stands_still_while_the_table_is_paused() -> None:
    table = adopted(in_plenary())
    due = next_due_at(table.state)
    table.do(FACILITATOR, asked.Pause())
    assert next_due_at(table.state) is None
    table.now += 5_000
    table.do(FACILITATOR, asked.Resume())
    assert next_due_at(table.state) == (due or 0) + 5_000
    assert table.refused(CLOCK, asked.TimeUp()).rule == "clock.due"


@pytest.mark.parametrize("hurry", [asked.ClosePhase(), asked.End()])
def test_the_facilitator_may_cut_it_short_and_the_text_stays_adopted(hurry: asked.Action) -> None:
    table = adopted(in_plenary())
    table.do(FACILITATOR, hurry)
    assert outcome(table).result == "adopted"


def test_closing_the_phase_during_a_vote_that_adopts_leaves_the_implementation_open() -> None:
    table = in_plenary()
    text = table.tabled(NORTH, {"dam": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    for role in (NORTH, SOUTH):
        table.by(role, asked.Vote(proposal=text.id, choice="yes"))
    table.do(FACILITATOR, asked.ClosePhase())
    assert (table.state.phase, table.state.status) == ("1.after", "running")


def test_an_adopted_article_that_is_broken_has_its_own_ending() -> None:
    table = adopted(in_plenary())
    table.by(NORTH, RenegePledge(pledge="1.NOR"))
    assert [one.effect for one in table.state.progress.developments] == ["matched", "broken", "article_broken"]
    table.time_up()
    assert outcome(table).ending == EndingId("broken")


def test_a_broken_pledge_that_is_no_article_of_the_text_has_not() -> None:
    table = adopted(in_plenary())
    table.by(SOUTH, RenegePledge(pledge="1.SOU"))
    table.time_up()
    assert outcome(table).ending == EndingId("two_banks")


def test_the_article_is_broken_also_where_another_pledge_was_broken_before() -> None:
    table = adopted(in_plenary())
    table.by(SOUTH, RenegePledge(pledge="1.SOU"))
    table.by(NORTH, RenegePledge(pledge="1.NOR"))
    assert [one.effect for one in table.state.progress.developments] == ["matched", "broken", "article_broken"]


def test_a_rule_set_may_have_nothing_to_say_of_broken_articles() -> None:
    silent = Mechanics(pledges=replace(PLEDGES, article_broken=None))
    table = adopted(in_plenary(replace(RULES, mechanics=silent)))
    table.by(NORTH, RenegePledge(pledge="1.NOR"))
    table.time_up()
    assert outcome(table).ending == EndingId("two_banks")


def test_a_pledge_that_nobody_answers_falls_due_with_the_end() -> None:
    """South speaks and so is there; of North nobody is."""
    table = adopted(in_plenary())
    table.by(SOUTH, asked.Say(channel=asked.ChannelId("plenary"), text="Well."))
    table.time_up()
    assert {one.id: one.standing for one in table.state.progress.pledges} == {"1.NOR": "lapsed", "1.SOU": "broken"}


def test_pledges_that_an_adoption_overtakes_are_shown_and_can_still_be_honoured() -> None:
    both = a_phase("all", *DECIDE, "pledge", "honour", "renege")
    table = started(
        a_rule_set(mechanics=RULES.mechanics, schedule=a_schedule(phases=(both,), implementation=AFTER, rounds=3))
    )
    for role in (NORTH, SOUTH):
        table.by(role, LayPledge(issue=DAM, option=1))
    table.go_to("2.all")
    for role in (NORTH, SOUTH):
        table.by(role, LayPledge(issue=WATCH, option=1))
    adopted(table)
    assert {one.standing for one in table.state.progress.pledges} == {"due"}
    for one in table.state.progress.pledges:
        table.by(one.role, HonourPledge(pledge=one.id))
    assert table.state.tracks[TrackId("trust")] == 3


def test_cards_are_drawn_as_it_opens() -> None:
    after = a_phase("after", "say", "pass", draws=1)
    table = started(
        a_rule_set(cards=(a_card("storm"),), schedule=a_schedule(phases=(PLENARY,), implementation=after, rounds=1))
    )
    adopted(table)
    assert [one.card for one in table.state.cards] == ["storm"]
