"""Pledges: laid face down, shown together, kept or broken."""

import pytest

from tests.support.rulesets import (
    BUREAU,
    DAM,
    NORTH,
    PLEDGES,
    SOUTH,
    TALK,
    TOLL,
    WATCH,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import PlayedTable, joined, opened, started
from threebirds_rules import actions as asked
from threebirds_rules.engine import seat_event
from threebirds_rules.mechanics.pledges.shapes import (
    HonourPledge,
    LayPledge,
    Pledge,
    PledgeSettled,
    PledgesShown,
    RenegePledge,
)
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import IssueId, RoleId, TrackId
from threebirds_rules.viewers import Viewer

TRUST = TrackId("trust")
RULES = a_rule_set(
    mechanics=Mechanics(pledges=PLEDGES),
    schedule=a_schedule(
        rounds=3,
        phases=(
            a_phase("pledges", *TALK, "pledge", "honour", "renege", mechanic="pledges"),
            a_phase("plenary", *TALK, "honour", "renege"),
        ),
    ),
)


def in_round(round_number: int, *pledged: RoleId) -> PlayedTable:
    """A table in the pledges phase of a round; in round 1 these have laid their pledges before."""
    table = started(RULES)
    for role in pledged:
        table.by(role, LayPledge(issue=DAM, option=1))
    table.go_to(f"{round_number}.pledges")
    return table


def standings(table: PlayedTable) -> dict[str, str]:
    return {pledge.id: pledge.standing for pledge in table.state.progress.pledges}


def trust(table: PlayedTable) -> int:
    return table.state.tracks[TRUST]


def shown_to(table: PlayedTable, role: RoleId) -> tuple[Pledge, ...]:
    seen = table.view(role).mechanics.pledges
    assert seen is not None
    return seen.pledges


def test_nobody_else_sees_a_pledge_that_lies_face_down() -> None:
    table = started(RULES)
    before = table.view(SOUTH)
    (laid,) = table.by(NORTH, LayPledge(issue=DAM, option=2))
    assert table.view(SOUTH) == before
    assert seat_event(RULES, table.state, laid, Viewer("seat", SOUTH)) is None
    assert seat_event(RULES, table.state, laid, Viewer("public")) is None
    assert [one.issue for one in shown_to(table, NORTH)] == [DAM]


def test_the_last_pledge_of_a_seat_is_the_one_that_lies_there() -> None:
    table = started(RULES)
    table.by(NORTH, LayPledge(issue=DAM, option=2))
    table.by(NORTH, LayPledge(issue=TOLL, option=1))
    assert [(one.issue, one.option) for one in shown_to(table, NORTH)] == [(TOLL, 1)]
    table.by(NORTH, LayPledge(issue=None))
    assert shown_to(table, NORTH) == ()


def test_pledges_of_both_sides_raise_trust_and_fall_due() -> None:
    table = in_round(1)
    table.by(SOUTH, LayPledge(issue=WATCH, option=1))
    table.by(NORTH, LayPledge(issue=DAM, option=1))
    shown = next(event for event in table.time_up() if isinstance(event, PledgesShown))
    assert {one.role for one in shown.pledges} == {NORTH, SOUTH}
    assert standings(table) == {"1.NOR": "due", "1.SOU": "due"}
    assert trust(table) == 1
    assert shown_to(table, BUREAU) == shown.pledges


def test_a_pledge_of_one_side_alone_changes_nothing() -> None:
    table = in_round(2, NORTH)
    assert standings(table) == {"1.NOR": "unmatched"}
    assert trust(table) == 0
    assert table.refuses(NORTH, HonourPledge(pledge="1.NOR")).rule == "pledge.owed"


def test_kept_pledges_raise_trust_again_once_the_last_is_honoured() -> None:
    table = in_round(2, NORTH, SOUTH)
    table.by(NORTH, HonourPledge(pledge="1.NOR"))
    assert trust(table) == 1
    table.by(SOUTH, HonourPledge(pledge="1.SOU"))
    assert trust(table) == 2
    assert [one.text for one in table.view(BUREAU).mechanics.developments] == [
        "Both banks begin.",
        "Both banks kept their word.",
    ]


def test_the_first_broken_pledge_of_a_round_costs_trust_and_the_others_no_more() -> None:
    table = in_round(2, NORTH, SOUTH)
    table.by(NORTH, RenegePledge(pledge="1.NOR"))
    assert trust(table) == -1
    table.by(SOUTH, RenegePledge(pledge="1.SOU"))
    assert trust(table) == -1


def test_a_pledge_that_nobody_answers_is_broken_if_the_seat_was_there() -> None:
    table = in_round(2, NORTH, SOUTH)
    table.by(NORTH, HonourPledge(pledge="1.NOR"))
    table.by(SOUTH, asked.Attend())
    table.time_up()
    assert standings(table) == {"1.NOR": "honoured", "1.SOU": "broken"}
    assert trust(table) == -1


def test_a_pledge_of_an_absent_seat_lapses_and_costs_nothing() -> None:
    table = in_round(2, NORTH, SOUTH)
    settled = [event for event in table.time_up() if isinstance(event, PledgeSettled)]
    assert [event.standing for event in settled] == ["lapsed", "lapsed"]
    assert trust(table) == 1


def test_a_bot_is_always_there() -> None:
    table = opened(RULES)
    joined(table, "ann", NORTH)
    table.do(table.seat(NORTH), asked.Draft(options={}))
    table.do(asked.Actor(kind="facilitator"), asked.Start(bot="conceder"))
    table.by(NORTH, LayPledge(issue=DAM, option=1))
    table.by(SOUTH, LayPledge(issue=DAM, option=1))
    table.go_to("2.plenary")
    assert standings(table) == {"1.NOR": "lapsed", "1.SOU": "broken"}


def test_honouring_shows_that_somebody_is_there() -> None:
    table = in_round(2, NORTH, SOUTH)
    table.by(NORTH, HonourPledge(pledge="1.NOR"))
    seat = table.state.seat(NORTH)
    assert seat is not None
    assert seat.attended


def test_a_pledge_is_answered_in_the_round_after_it_was_laid_and_not_before() -> None:
    table = in_round(1, NORTH, SOUTH)
    table.go_to("1.plenary")
    assert table.refuses(NORTH, HonourPledge(pledge="1.NOR")).rule == "pledge.owed"
    assert not {"honour", "renege"} & {one.kind for one in table.view(NORTH).legal}
    table.go_to("2.pledges")
    table.by(NORTH, HonourPledge(pledge="1.NOR"))


def test_what_was_started_is_not_started_again() -> None:
    table = in_round(2, NORTH, SOUTH)
    table.by(NORTH, HonourPledge(pledge="1.NOR"))
    assert table.refuses(NORTH, LayPledge(issue=DAM, option=1)).rule == "pledge.started"
    assert {one.kind: one for one in table.view(NORTH).legal}["pledge"].options == {
        DAM: (2,),
        TOLL: (1,),
        WATCH: (1, 2),
    }
    table.by(NORTH, LayPledge(issue=DAM, option=2))


def test_nobody_passes_over_what_falls_due_with_the_phase() -> None:
    table = in_round(1, NORTH, SOUTH)
    table.go_to("1.plenary")
    table.by(NORTH, asked.Pass())
    table.go_to("2.pledges")
    assert table.refuses(NORTH, asked.Pass()).rule == "pledge.due"
    assert "pass" not in {one.kind for one in table.view(NORTH).legal}
    table.by(NORTH, RenegePledge(pledge="1.NOR"))
    table.by(NORTH, asked.Pass())


def test_nobody_answers_for_another_seat() -> None:
    table = in_round(2, NORTH, SOUTH)
    assert table.refuses(NORTH, RenegePledge(pledge="1.SOU")).rule == "pledge.owed"


@pytest.mark.parametrize(
    ("role", "action", "rule", "path"),
    [
        (BUREAU, LayPledge(issue=DAM, option=1), "pledge.side", None),
        (NORTH, LayPledge(issue=DAM, option=0), None, "option"),
        (NORTH, LayPledge(issue=DAM, option=3), None, "options.dam"),
        (NORTH, LayPledge(issue=IssueId("dams"), option=1), None, "options.dams"),
        (NORTH, RenegePledge(pledge="1.SOU"), "pledge.owed", "pledge"),
    ],
)
def test_what_cannot_be_pledged_is_refused(role: RoleId, action: LayPledge, rule: str | None, path: str | None) -> None:
    refused = started(RULES).refuses(role, action)
    assert (refused.rule, refused.path) == (rule, path)


def test_what_may_be_pledged_and_what_is_owed_stand_among_what_a_seat_may_do() -> None:
    table = in_round(2, NORTH, SOUTH)
    may = {one.kind: one for one in table.view(NORTH).legal}
    assert may["pledge"].options == {DAM: (1, 2), TOLL: (1,), WATCH: (1, 2)}
    assert may["honour"].choices == may["renege"].choices == ("1.NOR",)
    assert not {"pledge", "honour"} & {one.kind for one in table.view(BUREAU).legal}


def test_nobody_lays_a_pledge_beside_those_that_are_shown() -> None:
    phases = (a_phase("first", *TALK, "pledge"), a_phase("second", *TALK, "pledge"))
    table = started(a_rule_set(mechanics=Mechanics(pledges=PLEDGES), schedule=a_schedule(phases=phases)))
    table.by(NORTH, LayPledge(issue=DAM, option=1))
    table.go_to("1.second")
    assert table.refuses(NORTH, LayPledge(issue=DAM, option=2)).rule == "pledge.shown"
    assert "pledge" not in {one.kind for one in table.view(NORTH).legal}
    table.go_to("2.first")
    table.by(NORTH, LayPledge(issue=DAM, option=2))


def test_a_phase_without_pledges_leaves_them_alone() -> None:
    table = in_round(1, NORTH, SOUTH)
    table.time_up()
    table.time_up()
    assert standings(table) == {"1.NOR": "due", "1.SOU": "due"}
