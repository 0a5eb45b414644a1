"""Small projects: two begin one, anybody else may stop it, and a success carries."""

import pytest

from tests.support.rulesets import (
    BUREAU,
    DECIDE,
    NORTH,
    PROJECTS,
    SOUTH,
    TALK,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.actions import Action
from threebirds_rules.mechanics.projects.shapes import JoinProject, ProposeProject, VetoProject, WithdrawProject
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import RoleId, TrackId
from threebirds_rules.play import position
from threebirds_rules.scoring import mandate, score

OF_PROJECTS = ("propose_project", "join_project", "withdraw_project", "veto_project")
RULES = a_rule_set(
    mechanics=Mechanics(projects=PROJECTS),
    schedule=a_schedule(
        rounds=4,
        phases=(a_phase("corridors", *TALK, *OF_PROJECTS), a_phase("plenary", *DECIDE, "veto_project")),
        implementation=a_phase("after", "say"),
    ),
)
FERRY = ProposeProject(project="ferry", to=SOUTH)


def begun() -> PlayedTable:
    table = started(RULES)
    table.by(NORTH, FERRY)
    table.by(SOUTH, JoinProject(project="ferry"))
    return table


def standings(table: PlayedTable) -> list[tuple[str, str, str | None]]:
    seen = table.view(BUREAU).mechanics.projects
    assert seen is not None
    return [(one.project, one.standing, one.by) for one in seen.ventures]


def worth(table: PlayedTable, role: RoleId, watch: int) -> int:
    return score(mandate(table.rules, role, position(table.state)), (0, 0, watch))


def test_one_veto_stops_what_two_have_begun_and_nothing_is_gained() -> None:
    table = begun()
    table.by(BUREAU, VetoProject(project="ferry"))
    table.go_to("2.corridors")
    assert standings(table) == [("ferry", "vetoed", BUREAU)]
    assert table.state.tracks[TrackId("trust")] == 0
    assert table.state.offsets == ()


def test_a_round_without_a_veto_makes_it_a_success_for_everybody() -> None:
    before = started(RULES)
    table = begun()
    table.go_to("2.corridors")
    assert standings(table) == [("ferry", "done", None)]
    assert table.state.tracks[TrackId("trust")] == 1
    for role in (NORTH, SOUTH, BUREAU):
        assert [worth(table, role, at) - worth(before, role, at) for at in range(3)] == [0, 1, 1]


def test_what_nobody_joins_lapses_and_may_be_withdrawn_before() -> None:
    table = started(RULES)
    table.by(NORTH, FERRY)
    table.by(NORTH, WithdrawProject(project="ferry"))
    table.by(NORTH, FERRY)
    table.time_up()
    assert standings(table) == [("ferry", "withdrawn", NORTH), ("ferry", "lapsed", None)]


def test_what_was_done_is_not_done_again_and_what_was_vetoed_waits_for_another_round() -> None:
    table = begun()
    table.go_to("2.corridors")
    assert table.refuses(NORTH, FERRY).rule == "project.once"
    table.by(NORTH, ProposeProject(project="school", to=SOUTH))
    table.by(BUREAU, VetoProject(project="school"))
    assert table.refuses(NORTH, ProposeProject(project="school", to=SOUTH)).rule == "project.once"
    assert "propose_project" not in {one.kind for one in table.view(NORTH).legal}
    table.go_to("3.corridors")
    table.by(SOUTH, ProposeProject(project="school", to=NORTH))


def test_an_adoption_ends_what_is_not_done() -> None:
    table = begun()
    table.go_to("1.plenary")
    text = table.tabled(NORTH, {"dam": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    for role in (NORTH, SOUTH):
        table.by(role, asked.Vote(proposal=text.id, choice="yes"))
    table.time_up()
    assert standings(table) == [("ferry", "lapsed", None)]


@pytest.mark.parametrize(
    ("role", "action", "rule"),
    [
        (NORTH, ProposeProject(project="bridge", to=SOUTH), None),
        (NORTH, ProposeProject(project="school", to=SOUTH), "project.one"),
        (NORTH, JoinProject(project="ferry"), "project.role"),
        (SOUTH, WithdrawProject(project="ferry"), "project.role"),
        (SOUTH, VetoProject(project="ferry"), "project.role"),
        (BUREAU, VetoProject(project="school"), "project.role"),
    ],
)
def test_what_is_not_ones_own_is_refused(role: RoleId, action: Action, rule: str | None) -> None:
    table = started(RULES)
    table.by(NORTH, FERRY)
    assert table.refuses(role, action).rule == rule


@pytest.mark.parametrize(("role", "to"), [(NORTH, BUREAU), (BUREAU, NORTH)])
def test_a_project_is_of_two_sides(role: RoleId, to: RoleId) -> None:
    assert started(RULES).refuses(role, ProposeProject(project="ferry", to=to)).rule == "project.side"


def test_what_each_may_do_is_listed() -> None:
    table = started(RULES)
    first = {one.kind: one for one in table.view(NORTH).legal}
    assert (first["propose_project"].choices, first["propose_project"].roles) == (("ferry", "school"), (SOUTH,))
    assert "propose_project" not in {one.kind for one in table.view(BUREAU).legal}
    table.by(NORTH, FERRY)
    may = {role: {one.kind for one in table.view(role).legal} & {*OF_PROJECTS} for role in (NORTH, SOUTH, BUREAU)}
    assert may == {NORTH: {"withdraw_project"}, SOUTH: {"join_project"}, BUREAU: {"veto_project"}}
    assert table.refuses(BUREAU, JoinProject(project="ferry")).code == "illegal_action"


def test_where_there_are_none_none_can_be_proposed() -> None:
    table = started(a_rule_set(schedule=RULES.schedule))
    assert table.refuses(NORTH, FERRY).path == "project"
    assert table.refuses(NORTH, VetoProject(project="ferry")).rule == "project.role"
    assert not {*OF_PROJECTS} & {one.kind for one in table.view(NORTH).legal}
