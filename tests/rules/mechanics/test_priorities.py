"""A path and priorities, declared in secret, switched in public, shown at the end."""

from typing import Any

import pytest

from tests.support.rulesets import (
    BUREAU,
    DAM,
    DECIDE,
    NORTH,
    PRIORITIES,
    SOUTH,
    TOLL,
    WATCH,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import FACILITATOR, PlayedTable, joined, opened, started
from threebirds_rules import actions as asked
from threebirds_rules.engine import seat_event, view
from threebirds_rules.events import Adjustment
from threebirds_rules.mechanics.priorities.shapes import DeclarePriorities, PrioritiesView
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import IssueId, RoleId, TrackId
from threebirds_rules.viewers import Viewer

PHASES = (a_phase("plenary", *DECIDE, "declare_priorities"),)
RULES = a_rule_set(mechanics=Mechanics(priorities=PRIORITIES), cards=(), schedule=a_schedule(phases=PHASES))
ALL = (DAM, TOLL, WATCH)


def declare(path: str = "river", *issues: IssueId) -> DeclarePriorities:
    return DeclarePriorities(path=path, issues=issues or ALL)


def switch(path: str) -> DeclarePriorities:
    return DeclarePriorities(path=path)


def declared(path: str = "river") -> PlayedTable:
    """A table at which North has declared its path and its priorities."""
    table = started(RULES)
    table.by(NORTH, declare(path))
    return table


def seen(table: PlayedTable, role: RoleId) -> PrioritiesView:
    found = table.view(role).mechanics.priorities
    assert found is not None
    return found


def test_nobody_else_learns_what_was_declared() -> None:
    table = started(RULES)
    before = {viewer: view(RULES, table.state, viewer) for viewer in (Viewer("seat", SOUTH), Viewer("public"))}
    (said,) = table.by(NORTH, declare())
    for viewer, was in before.items():
        assert view(RULES, table.state, viewer) == was
        assert seat_event(RULES, table.state, said, viewer) is None
    assert (seen(table, NORTH).path, seen(table, NORTH).issues) == ("river", ALL)
    facilitated = view(RULES, table.state, Viewer("facilitator")).mechanics.priorities
    assert facilitated == seen(table, NORTH)


def test_it_can_be_declared_before_the_start() -> None:
    table = opened(RULES)
    joined(table, "ann", NORTH)
    assert "declare_priorities" in {one.kind for one in table.view(NORTH).legal}
    table.by(NORTH, declare())
    assert seen(table, NORTH).path == "river"


def test_before_round_two_it_can_be_declared_anew_at_no_cost() -> None:
    table = declared("banks")
    table.by(NORTH, declare("river"))
    table.go_to("2.plenary")
    assert seen(table, NORTH).path == "river"
    assert table.state.tracks[TrackId("trust")] == 0


def test_a_switch_later_is_public_and_costs_trust() -> None:
    table = declared("banks")
    table.go_to("2.plenary")
    table.by(NORTH, switch("river"))
    assert (seen(table, SOUTH).path, seen(table, SOUTH).switched, seen(table, SOUTH).issues) == ("river", True, ())
    assert seen(table, NORTH).issues == ALL
    assert table.state.tracks[TrackId("trust")] == -1
    assert [one.text for one in table.view(BUREAU).mechanics.developments] == ["North goes another way."]


def test_what_may_be_declared_stands_among_what_a_seat_may_do() -> None:
    table = started(RULES)
    may = {one.kind: one for one in table.view(NORTH).legal}["declare_priorities"]
    assert (may.choices, set(may.options)) == (("banks", "river"), set(ALL))
    assert "declare_priorities" not in {one.kind for one in table.view(SOUTH).legal}
    table.go_to("2.plenary")
    assert "declare_priorities" not in {one.kind for one in table.view(NORTH).legal}

    table = declared("banks")
    table.go_to("2.plenary")
    may = {one.kind: one for one in table.view(NORTH).legal}["declare_priorities"]
    assert (may.choices, may.options) == (("river",), {})


def ended(table: PlayedTable, **options: int) -> tuple[int, tuple[Adjustment, ...]]:
    """North's points in the score for nothing but the text, and what stands beside them."""
    if options:
        text = table.tabled(NORTH, options)
        table.by(NORTH, asked.CallVote(proposal=text.id))
        for role in (NORTH, SOUTH):
            table.by(role, asked.Vote(proposal=text.id, choice="yes"))
        while table.state.status != "ended":
            table.time_up()
    else:
        table.do(FACILITATOR, asked.End())
    assert table.state.outcome is not None
    north, *others = table.state.outcome.results
    assert not any(one.beside for one in others)
    return north.surplus - (north.score - north.walk_away if options else 0), north.beside


@pytest.mark.parametrize(
    ("options", "points", "text"),
    [
        ({"dam": 1, "toll": 1, "watch": 2}, 5, "As North wanted."),
        ({"dam": 1, "toll": 1, "watch": 1}, 0, "Not as North wanted."),
        ({"dam": 1, "watch": 2}, 0, "Not as North wanted."),
        ({}, 0, "Not as North wanted."),
    ],
)
def test_what_matches_at_the_end_stands_beside_the_score(options: dict[str, Any], points: int, text: str) -> None:
    assert ended(declared(), **options) == (0, (Adjustment(points=points, text=text),))


def test_who_declared_nothing_has_nothing_beside_its_score() -> None:
    assert ended(started(RULES)) == (0, ())


def test_at_the_end_everybody_learns_what_was_declared() -> None:
    table = declared()
    ended(table)
    assert seen(table, SOUTH) == seen(table, NORTH)
    assert (seen(table, SOUTH).path, seen(table, SOUTH).switched) == ("river", False)


def test_at_the_end_a_switch_is_still_known_as_one() -> None:
    table = declared("banks")
    table.go_to("2.plenary")
    table.by(NORTH, switch("river"))
    ended(table)
    assert seen(table, SOUTH).switched


@pytest.mark.parametrize(
    ("round_number", "role", "action", "rule", "path"),
    [
        (1, SOUTH, declare(), "priorities.role", None),
        (1, NORTH, declare("sea"), None, "path"),
        (1, NORTH, declare("river", DAM, TOLL), None, "issues"),
        (1, NORTH, declare("river", DAM, TOLL, DAM), None, "issues"),
        (1, NORTH, declare("river", DAM, TOLL, IssueId("dams")), None, "options.dams"),
        (2, NORTH, declare("banks"), "priorities.round", "issues"),
        (2, NORTH, switch("river"), "priorities.path", "path"),
    ],
)
def test_what_cannot_be_declared_is_refused(
    round_number: int, role: RoleId, action: DeclarePriorities, rule: str | None, path: str | None
) -> None:
    table = declared()
    table.go_to(f"{round_number}.plenary")
    refused = table.refuses(role, action)
    assert (refused.rule, refused.path) == (rule, path)


def test_who_declared_nothing_has_nothing_to_switch() -> None:
    table = started(RULES)
    table.go_to("2.plenary")
    assert table.refuses(NORTH, switch("river")).rule == "priorities.round"
