"""Phases, cards, pauses, extensions, the end."""

import pytest
from msgspec.structs import replace

from tests.support.rulesets import (
    BUREAU,
    NORTH,
    PLEDGES,
    SOUTH,
    TALK,
    a_card,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import CLOCK, FACILITATOR, NOON, joined, opened, started
from threebirds_rules import actions as asked
from threebirds_rules.actions import Given
from threebirds_rules.engine import legal, next_due_at
from threebirds_rules.events import CardDrawn, PhaseClosed, PhaseOpened, TableEnded
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import CardId, PhaseKey, TrackId
from threebirds_rules.refusals import Refused
from threebirds_rules.ruleset import DealLimit
from threebirds_rules.viewers import Viewer

TRUST = TrackId("trust")


def test_a_phase_closes_when_its_clock_runs_out_and_not_before() -> None:
    table = started(a_rule_set())
    assert table.refused(CLOCK, asked.TimeUp()).rule == "clock.due"
    closed, opened_, *_ = table.time_up()
    assert closed == PhaseClosed(at=NOON + 30_000, phase=PhaseKey("1.card"), reason="time")
    assert isinstance(opened_, PhaseOpened)
    assert opened_.closes_at == NOON + 90_000


def test_a_phase_closes_when_every_seat_has_passed() -> None:
    table = started(a_rule_set())
    table.by(NORTH, asked.Pass())
    assert table.refuses(NORTH, asked.Pass()).rule == "pass.once"
    table.by(SOUTH, asked.Pass())
    _, closed, *_ = table.by(BUREAU, asked.Pass())
    assert isinstance(closed, PhaseClosed)
    assert closed.reason == "passed"
    assert not any(seat.passed for seat in table.view(NORTH).seats)


def test_when_the_last_one_who_has_not_passed_leaves_the_phase_closes() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    ben = joined(table, "ben", SOUTH)
    table.do(FACILITATOR, asked.Start(empty="drop"))
    table.by(NORTH, asked.Pass())
    table.do(FACILITATOR, asked.Seat(person=ben, role=None))
    assert table.state.phase == "1.corridors"


def test_a_table_that_everybody_left_waits_for_its_clock() -> None:
    table = opened(a_rule_set())
    anna = joined(table, "anna", NORTH)
    ben = joined(table, "ben", SOUTH)
    table.do(FACILITATOR, asked.Start(empty="drop"))
    for person in (anna, ben):
        table.do(FACILITATOR, asked.Seat(person=person, role=None))
    assert table.state.phase == "1.card"


@pytest.mark.parametrize(
    ("meant", "why"),
    [
        ("lobby", "before the start, which is over"),
        ("1.card", "is over"),
        ("1.corridors", None),
        ("1.plenary", "is yet to come"),
        ("2.card", "is yet to come"),
        ("99.card", "that this table does not have"),
        ("9" * 5_000, "that this table does not have"),
    ],
)
def test_an_action_for_another_phase_is_refused_and_told_which(meant: str, why: str | None) -> None:
    table = started(a_rule_set())
    table.do(FACILITATOR, asked.ClosePhase())
    answer = table.ask(table.seat(NORTH), asked.Pass(), Given(phase=PhaseKey(meant)))
    if why is None:
        assert not isinstance(answer, Refused)
    else:
        assert isinstance(answer, Refused)
        assert answer.code == "wrong_phase"
        assert why in answer.message


def test_before_the_start_every_phase_is_yet_to_come() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    refusal = table.refused(table.seat(NORTH), asked.Pass(), Given(phase=PhaseKey("1.card")))
    assert (refusal.code, "is yet to come" in refusal.message) == ("wrong_phase", True)


def test_an_action_that_its_phase_does_not_allow_is_refused_with_the_rule() -> None:
    table = started(a_rule_set())
    refusal = table.refuses(NORTH, asked.Table(options={}))
    assert (refusal.code, refusal.rule) == ("illegal_action", "phase.actions")
    assert refusal.message == "“table” is not possible in Card."


def test_before_the_start_people_talk_and_draft_only() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    assert "before the start" in table.refuses(NORTH, asked.Pass()).message


def test_a_phase_whose_mechanic_is_off_is_left_out() -> None:
    pledges = a_phase("pledges", *TALK, mechanic="pledges")
    schedule = a_schedule(rounds=1, phases=(a_phase("card", *TALK), pledges))
    assert len(started(a_rule_set(schedule=schedule)).view(NORTH).treaty.phases) == 1
    table = started(a_rule_set(schedule=schedule, mechanics=Mechanics(pledges=PLEDGES)))
    table.time_up()
    assert table.state.phase == "1.pledges"


def test_a_card_moves_walk_aways_tracks_margins_and_wakes_its_rules() -> None:
    table = started(a_rule_set())
    while len(table.state.cards) < 2:
        table.time_up()
    drawn = [event for event in table.log if isinstance(event, CardDrawn)]
    assert len({event.card for event in drawn}) == 2
    assert [card.card for card in table.view(NORTH).cards] == [event.card for event in drawn]


def test_the_effects_of_a_card_stand_in_its_event() -> None:
    card = a_card("flood", shifts={NORTH: -3}, tracks={TRUST: 2})
    table = started(a_rule_set(cards=(card,)))
    assert table.state.cards[0].shifts == {NORTH: -3}
    own = table.view(NORTH).mandate
    assert own is not None
    # Comfort 2, shift -3, trust 2 at -1 each.
    assert own.mandate.walk_away == 2 - 3 - 2
    assert [one.own_shift for one in table.view(SOUTH).cards] == [0]


def test_a_track_stays_within_its_bounds() -> None:
    gain = a_card("gain", tracks={TRUST: 2})
    again = a_card("again", tracks={TRUST: 2})
    more = a_card("more", tracks={TRUST: 2})
    schedule = a_schedule(rounds=3)
    table = started(a_rule_set(cards=(gain, again, more), schedule=schedule))
    table.go_to("3.card")
    assert table.state.tracks == {TRUST: 3}
    assert [event.tracks for event in table.log if isinstance(event, CardDrawn)] == [
        {TRUST: 2},
        {TRUST: 1},
        {},
    ]


def test_a_margin_that_a_card_raises_is_known_to_all() -> None:
    table = started(a_rule_set(cards=(a_rule_set().cards[3],)))
    assert [body.margin for body in table.view(BUREAU).bodies] == [0, 5, 0]


def test_no_more_cards_of_a_kind_are_dealt_than_the_deck_allows() -> None:
    limit = DealLimit(tuple(CardId(name) for name in ("storm", "rumour", "festival")), 1)
    table = started(a_rule_set(deal_limits=(limit,), schedule=a_schedule(rounds=4), endings=a_rule_set().endings))
    table.go_to("4.card")
    assert len(table.state.cards) == 2


def test_the_deck_depends_on_the_seed_alone() -> None:
    first, second = started(a_rule_set()), started(a_rule_set())
    second.by(NORTH, asked.Draft(options={}, fresh=True))
    for table in (first, second):
        table.go_to("2.card")
    assert first.state.cards == second.state.cards


def test_a_pause_stops_the_clock_and_moves_the_deadline_by_its_length() -> None:
    table = started(a_rule_set())
    table.now += 10_000
    table.do(FACILITATOR, asked.Pause())
    clock = table.view(NORTH).clock
    assert clock is not None
    assert (clock.closes_at, clock.left_ms, next_due_at(table.state)) == (None, 20_000, None)
    assert table.refuses(NORTH, asked.Pass()).code == "paused"
    table.by(NORTH, asked.Draft(options={table.rules.issues[0].id: 1}))
    assert table.refused(FACILITATOR, asked.Pause()).code == "paused"
    table.now += 60_000
    table.do(FACILITATOR, asked.Resume())
    assert next_due_at(table.state) == NOON + 30_000 + 60_000
    assert table.refused(FACILITATOR, asked.Resume()).rule == "table.paused"


def test_the_facilitator_extends_and_closes_a_phase() -> None:
    table = started(a_rule_set())
    table.do(FACILITATOR, asked.Extend(seconds=45))
    assert next_due_at(table.state) == NOON + 75_000
    for seconds in (0, 86_401):
        assert table.refused(FACILITATOR, asked.Extend(seconds=seconds)).path == "seconds"
    closed, *_ = table.do(FACILITATOR, asked.ClosePhase())
    assert closed == PhaseClosed(at=NOON, phase=PhaseKey("1.card"), reason="facilitator")


def test_a_table_that_has_not_started_has_no_clock_to_stop() -> None:
    table = opened(a_rule_set())
    for action in (asked.Pause(), asked.Resume(), asked.ClosePhase(), asked.End()):
        assert table.refused(FACILITATOR, action).rule == "table.start"
    assert table.view(NORTH).clock is None


RUNNING = ["announce", "correct", "inject", "replace_rules", "mute"]
ORDER = ["announce", "correct", "inject", "mute"]


@pytest.mark.parametrize(
    ("step", "kinds"),
    [
        (None, ["start", "seat", "hand_to_bot", "announce", "correct", "replace_rules", "mute"]),
        (asked.Start(), ["pause", "extend", "close_phase", "end", "seat", "hand_to_bot", *RUNNING]),
        (asked.Pause(), ["resume", "extend", "end", "seat", "hand_to_bot", *ORDER]),
        (asked.End(), ["announce", "correct"]),
    ],
)
def test_the_facilitator_sees_what_it_may_do(step: asked.FacilitatorAction | None, kinds: list[str]) -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    for action in (asked.Start(), asked.Pause(), asked.End()):
        if step is None:
            break
        table.do(FACILITATOR, action)
        if action == step:
            break
    found = legal(table.rules, table.state, Viewer("facilitator"))
    assert [one.kind for one in found] == kinds


def test_without_people_there_is_nobody_to_seat() -> None:
    table = opened(a_rule_set())
    kinds = [one.kind for one in legal(table.rules, table.state, Viewer("facilitator"))]
    assert kinds == ["start", "hand_to_bot", "announce", "correct", "replace_rules"]


def test_after_the_last_phase_the_conference_ends_without_a_text() -> None:
    table = started(a_rule_set())
    while table.state.status == "running":
        table.time_up()
    ended = table.log[-1]
    assert isinstance(ended, TableEnded)
    assert (ended.result, ended.proposal) == ("no_agreement", None)
    assert {result.surplus for result in ended.results} == {0}
    outcome = table.view(SOUTH).outcome
    assert outcome is not None
    assert outcome.ending_title in {"Drought", "As_Before"}


def test_the_facilitator_can_end_it_at_any_moment() -> None:
    table = started(a_rule_set())
    table.do(FACILITATOR, asked.End())
    outcome = table.view(NORTH).outcome
    assert outcome is not None
    assert outcome.result == "stopped"
    assert table.view(NORTH).legal == ()


def test_an_ending_that_the_document_no_longer_has_shows_without_words() -> None:
    table = started(a_rule_set())
    table.do(FACILITATOR, asked.End())
    table.rules = replace(table.rules, endings=())
    outcome = table.view(NORTH).outcome
    assert outcome is not None
    assert (outcome.ending_title, outcome.ending_text) == ("", "")
