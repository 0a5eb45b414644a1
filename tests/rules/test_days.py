"""A table that is played over days: phases close at dates, by the clock on the wall of its people."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.test_variants import a_variant
from tests.support.rulesets import NORTH, SOUTH, a_rule_set
from tests.support.tables import FACILITATOR, HOST, PlayedTable, joined, opened
from threebirds_rules import actions as asked
from threebirds_rules.deadlines import DAY_MS, date_after
from threebirds_rules.engine import next_due_at
from threebirds_rules.ruleset import Deadline, RuleSet
from threebirds_rules.variants import as_played

SIX = Deadline(1, 18 * 60)
HOUR_S = 3_600


def ms(text: str) -> int:
    """Of a time with its offset."""
    return int(datetime.fromisoformat(text).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "deadline", "offset", "then"),
    [
        ("2010-11-01T09:00:00+00:00", SIX, 0, "2010-11-02T18:00:00+00:00"),
        ("2010-11-01T17:59:59+00:00", SIX, 0, "2010-11-02T18:00:00+00:00"),
        ("2010-11-01T18:00:00+00:00", SIX, 0, "2010-11-02T18:00:00+00:00"),
        ("2010-11-01T23:59:59.999+00:00", SIX, 0, "2010-11-02T18:00:00+00:00"),
        ("2010-11-02T00:00:00+00:00", SIX, 0, "2010-11-03T18:00:00+00:00"),
        # The day is the table's own, not that of Greenwich.
        ("2010-11-01T23:30:00+00:00", SIX, 60, "2010-11-03T18:00:00+01:00"),
        ("2010-11-02T04:30:00+00:00", SIX, -300, "2010-11-02T18:00:00-05:00"),
        ("2010-11-02T05:00:00+00:00", SIX, -300, "2010-11-03T18:00:00-05:00"),
        ("2010-11-01T18:29:00+00:00", SIX, 330, "2010-11-02T18:00:00+05:30"),
        ("2010-11-01T18:30:00+00:00", SIX, 330, "2010-11-03T18:00:00+05:30"),
        ("2010-11-01T12:00:00+00:00", Deadline(14, 0), 840, "2010-11-16T00:00:00+14:00"),
        ("2010-12-30T12:00:00+00:00", Deadline(2, 23 * 60 + 59), -720, "2011-01-01T23:59:00-12:00"),
        ("2012-02-28T12:00:00+00:00", SIX, 0, "2012-02-29T18:00:00+00:00"),
    ],
)
def test_a_date_is_counted_from_the_local_day(now: str, deadline: Deadline, offset: int, then: str) -> None:
    assert date_after(ms(now), deadline, offset) == ms(then)


@given(
    now=st.integers(0, 4_000_000_000_000),
    deadline=st.builds(Deadline, st.integers(1, 14), st.integers(0, 1439)),
    offset=st.integers(-840, 840),
)
def test_a_date_is_ahead_and_at_its_minute_of_the_local_day(now: int, deadline: Deadline, offset: int) -> None:
    then = date_after(now, deadline, offset)
    here = timezone(timedelta(minutes=offset))
    began, ends = (datetime.fromtimestamp(at // 1000, UTC).astimezone(here) for at in (now, then))
    assert (ends.date() - began.date()).days == deadline.days
    assert ends.hour * 60 + ends.minute == deadline.minute
    assert 0 < then - now <= (deadline.days + 1) * DAY_MS


def slow() -> RuleSet:
    closes = {"corridors": SIX, "plenary": Deadline(2, 9 * 60)}
    week = a_variant("week", minutes=10_080, without=("card",), closes=closes, vote_seconds=12 * HOUR_S)
    return a_rule_set(variants=(a_variant("whole"), week))


def table_of_a_week(offset: int = 60) -> PlayedTable:
    """Opened with the document, and played in its variant."""
    document = slow()
    table = opened(document, variant=document.variants[1].id, utc_offset_minutes=offset)
    table.rules = as_played(document, table.state.variant)
    for role in (NORTH, SOUTH):
        joined(table, role.lower(), role)
    table.now = ms("2010-11-01T10:00:00+01:00")
    table.do(FACILITATOR, asked.Start())
    return table


def test_phases_close_at_their_dates() -> None:
    table = table_of_a_week()
    assert next_due_at(table.state) == ms("2010-11-02T18:00:00+01:00")
    table.time_up()
    assert next_due_at(table.state) == ms("2010-11-04T09:00:00+01:00")
    table.do(FACILITATOR, asked.ClosePhase())
    assert (table.state.phase, next_due_at(table.state)) == ("2.corridors", ms("2010-11-03T18:00:00+01:00"))


def test_who_is_early_goes_on_to_the_next_date() -> None:
    table = table_of_a_week()
    for seat in table.state.seats:
        table.by(seat.role, asked.Pass())
    assert (table.state.phase, next_due_at(table.state)) == ("1.plenary", ms("2010-11-03T09:00:00+01:00"))


def test_a_pause_moves_a_date_by_as_long_as_it_lasted() -> None:
    table = table_of_a_week()
    table.do(FACILITATOR, asked.Pause())
    table.now += 3 * DAY_MS + 5
    table.do(FACILITATOR, asked.Resume())
    assert next_due_at(table.state) == ms("2010-11-05T18:00:00+01:00") + 5


def test_a_date_may_be_put_off_by_two_weeks_and_a_minute_of_the_clock_by_a_day() -> None:
    table = table_of_a_week()
    fortnight = 14 * 24 * HOUR_S
    assert f"{fortnight:,}" in table.refused(FACILITATOR, asked.Extend(seconds=fortnight + 1)).message
    table.do(FACILITATOR, asked.Extend(seconds=fortnight))
    assert next_due_at(table.state) == ms("2010-11-16T18:00:00+01:00")
    table.rules = a_rule_set()
    assert "86,400" in table.refused(FACILITATOR, asked.Extend(seconds=24 * HOUR_S + 1)).message


def test_a_vote_lasts_its_hours_and_holds_the_phase_open() -> None:
    table = table_of_a_week()
    table.time_up()
    text = table.tabled(NORTH, {"watch": 1})
    table.now = ms("2010-11-04T08:00:00+01:00")
    table.by(NORTH, asked.CallVote(proposal=text.id))
    assert next_due_at(table.state) == ms("2010-11-04T20:00:00+01:00")


@pytest.mark.parametrize("offset", [-841, 841])
def test_no_place_is_farther_from_greenwich_than_fourteen_hours(offset: int) -> None:
    opening = asked.Open(seed="s", roles=(NORTH, SOUTH), switches=(), utc_offset_minutes=offset)
    assert PlayedTable(slow()).refused(HOST, opening).path == "utc_offset_minutes"
