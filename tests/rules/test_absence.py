"""The service was away: deadlines move by that time, once, and what was not lost is not given back."""

import pytest

from tests.rules.test_days import ms, table_of_a_week
from tests.support.rulesets import NORTH, SOUTH, a_rule_set
from tests.support.tables import CLOCK, FACILITATOR, HOST, NOON, PlayedTable, joined, opened, started
from threebirds_rules import actions as asked
from threebirds_rules.engine import next_due_at, seat_event
from threebirds_rules.events import PhaseClosed, TimeGivenBack
from threebirds_rules.viewers import Viewer

AWAY_MS = 600_000
SINCE = NOON + 10_000
DUE = NOON + 30_000


def given_back(table: PlayedTable, since: int, until: int) -> TimeGivenBack:
    table.now = until + 500
    (event,) = table.do(CLOCK, asked.GiveTimeBack(since=since, until=until))
    assert isinstance(event, TimeGivenBack)
    return event


def why_not(table: PlayedTable, since: int, until: int) -> str | None:
    return table.refused(CLOCK, asked.GiveTimeBack(since=since, until=until)).rule


def test_a_deadline_moves_by_exactly_as_long_as_the_service_was_away_and_everybody_sees_why() -> None:
    table = started(a_rule_set())
    event = given_back(table, SINCE, SINCE + AWAY_MS)
    assert (event.since, event.until, event.closes_at) == (SINCE, SINCE + AWAY_MS, DUE + AWAY_MS)
    assert next_due_at(table.state) == DUE + AWAY_MS
    for viewer in (Viewer("seat", NORTH), Viewer("facilitator"), Viewer("public")):
        shown = seat_event(table.rules, table.state, event, viewer)
        assert shown is not None
        assert (shown["kind"], shown["since"], shown["until"]) == ("time_given_back", event.since, event.until)
    clock = table.view(SOUTH).clock
    assert clock is not None
    assert (clock.opened_at, clock.closes_at) == (NOON, DUE + AWAY_MS)


def test_the_same_time_is_given_back_once() -> None:
    table = started(a_rule_set())
    given_back(table, SINCE, SINCE + AWAY_MS)
    assert why_not(table, SINCE, SINCE + AWAY_MS) == "clock.lost"
    later = given_back(table, SINCE, SINCE + AWAY_MS + 60_000)
    assert (later.since, next_due_at(table.state)) == (SINCE + AWAY_MS, DUE + AWAY_MS + 60_000)


def test_a_phase_that_was_due_while_nobody_was_there_closes_after_what_was_left_of_it() -> None:
    table = started(a_rule_set())
    given_back(table, SINCE, SINCE + AWAY_MS)
    assert table.refused(CLOCK, asked.TimeUp()).rule == "clock.due"
    table.now = DUE + AWAY_MS
    closed, *_ = table.do(CLOCK, asked.TimeUp())
    assert isinstance(closed, PhaseClosed)


@pytest.mark.parametrize("later", [0, 500, AWAY_MS])
def test_a_phase_that_opened_when_the_service_was_back_has_lost_nothing(later: int) -> None:
    table = started(a_rule_set())
    table.now = SINCE + AWAY_MS - 500 + later
    table.do(FACILITATOR, asked.ClosePhase())
    table.now += 1_000
    assert why_not(table, SINCE, SINCE + AWAY_MS) == "clock.lost"


def test_a_phase_that_opened_just_before_has_lost_what_it_counted() -> None:
    table = started(a_rule_set())
    table.now = SINCE + 3_000
    table.do(FACILITATOR, asked.ClosePhase())
    due = next_due_at(table.state)
    assert due is not None
    event = given_back(table, SINCE, SINCE + AWAY_MS)
    assert event.since == SINCE + 3_000
    assert next_due_at(table.state) == due + AWAY_MS - 3_000


def test_a_paused_table_is_left_alone_and_a_resumed_one_is_not_paid_twice() -> None:
    table = started(a_rule_set())
    table.now = SINCE
    table.do(FACILITATOR, asked.Pause())
    table.now = SINCE + AWAY_MS
    assert why_not(table, SINCE, SINCE + AWAY_MS) == "clock.running"
    table.now += 2_000
    table.do(FACILITATOR, asked.Resume())
    assert why_not(table, SINCE, SINCE + AWAY_MS) == "clock.lost"
    assert next_due_at(table.state) == DUE + AWAY_MS + 2_000


def test_a_vote_under_way_moves_with_its_phase() -> None:
    table = started(a_rule_set())
    table.go_to("1.plenary")
    text = table.tabled(NORTH, {"watch": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    phase, vote = table.state.closes_at, next_due_at(table.state)
    assert vote is not None
    since = table.now + 1_000
    event = given_back(table, since, since + AWAY_MS)
    assert (event.closes_at, event.ballot_closes_at) == (phase + AWAY_MS, vote + AWAY_MS)
    assert next_due_at(table.state) == vote + AWAY_MS


def test_when_the_clock_is_set_back_the_deadline_goes_with_it_once() -> None:
    table = started(a_rule_set())
    event = given_back(table, SINCE, SINCE - 3_600_000)
    assert (event.since, event.until, event.closes_at) == (SINCE, SINCE - 3_600_000, DUE - 3_600_000)
    assert why_not(table, SINCE, SINCE - 3_600_000) == "clock.lost"
    table.now += 5_000
    table.do(FACILITATOR, asked.ClosePhase())
    due = next_due_at(table.state)
    table.now += 5_000
    assert why_not(table, SINCE, SINCE - 3_600_000) == "clock.lost"
    assert next_due_at(table.state) == due


def test_only_the_clock_gives_time_back_and_only_once_a_clock_runs() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    assert why_not(table, NOON - AWAY_MS, NOON) == "clock.running"
    asking = asked.GiveTimeBack(since=NOON - AWAY_MS, until=NOON)
    for actor in (FACILITATOR, HOST, table.seat(NORTH)):
        assert table.refused(actor, asking).code in {"forbidden", "illegal_action"}
    assert table.refused(CLOCK, asked.Pause()).code == "forbidden"


def test_a_date_that_is_still_ahead_stays() -> None:
    table = table_of_a_week()
    away, back = ms("2010-11-02T09:00:00+01:00"), ms("2010-11-02T17:59:59+01:00")
    table.now = back
    assert why_not(table, away, back) == "clock.lost"
    assert next_due_at(table.state) == ms("2010-11-02T18:00:00+01:00")


def test_a_date_that_passed_while_nobody_could_act_moves_by_exactly_that() -> None:
    table = table_of_a_week()
    away, back = ms("2010-11-02T16:00:00+01:00"), ms("2010-11-03T08:00:00+01:00")
    given_back(table, away, back)
    assert next_due_at(table.state) == ms("2010-11-03T10:00:00+01:00")


def test_a_date_stays_when_the_clock_is_set_back() -> None:
    table = table_of_a_week()
    table.now = ms("2010-11-02T16:00:00+01:00")
    assert why_not(table, table.now + 3_600_000, table.now) == "clock.lost"


def test_a_vote_of_hours_moves_though_its_phases_date_stays() -> None:
    table = table_of_a_week()
    table.time_up()
    text = table.tabled(NORTH, {"watch": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    phase, vote = table.state.closes_at, next_due_at(table.state)
    assert vote is not None
    away = table.now + 60_000
    event = given_back(table, away, away + AWAY_MS)
    assert (event.closes_at, event.ballot_closes_at) == (phase, vote + AWAY_MS)
    assert why_not(table, away, away + AWAY_MS) == "clock.lost"


def test_a_vote_that_was_called_after_that_has_lost_nothing() -> None:
    table = table_of_a_week()
    table.time_up()
    away, back = table.now + 60_000, table.now + AWAY_MS
    table.now = back + 60_000
    text = table.tabled(NORTH, {"watch": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    assert why_not(table, away, back) == "clock.lost"
