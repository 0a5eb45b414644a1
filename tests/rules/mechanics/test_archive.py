"""Archiving an entry of the dossier: two pay for it, and it is over."""

import pytest

from tests.support.rulesets import (
    ARCHIVE,
    BUREAU,
    EAST,
    NORTH,
    SOUTH,
    TALK,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import PlayedTable, started
from threebirds_rules.actions import Action
from threebirds_rules.mechanics.archive.shapes import JoinArchive, ProposeArchive, WithdrawArchive
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import RoleId, TrackId
from threebirds_rules.play import position
from threebirds_rules.scoring import mandate

OF_ARCHIVE = ("propose_archive", "join_archive", "withdraw_archive")
RULES = a_rule_set(
    mechanics=Mechanics(archive=ARCHIVE),
    schedule=a_schedule(
        rounds=4, phases=(a_phase("corridors", *TALK, *OF_ARCHIVE), a_phase("plenary", *TALK, *OF_ARCHIVE))
    ),
)


def offset(table: PlayedTable, role: RoleId) -> int:
    return mandate(table.rules, role, position(table.state)).offset


def archived(table: PlayedTable) -> None:
    table.by(NORTH, ProposeArchive(to=SOUTH, note="It is past."))
    table.by(SOUTH, JoinArchive(offer=table.state.progress.archive_offers[-1].id))


def standings(table: PlayedTable) -> list[str]:
    seen = table.view(BUREAU).mechanics.archive
    assert seen is not None
    return [one.standing for one in seen.offers]


def test_nobody_pays_before_the_other_has_joined_and_then_both_do_and_nobody_else() -> None:
    table = started(RULES)
    table.by(NORTH, ProposeArchive(to=SOUTH, note="It is past."))
    assert (offset(table, NORTH), table.state.tracks[TrackId("trust")]) == (0, 0)
    table.by(SOUTH, JoinArchive(offer="a1"))
    assert [offset(table, role) for role in (NORTH, SOUTH, BUREAU)] == [-2, -2, 0]
    assert table.state.tracks[TrackId("trust")] == -1
    assert standings(table) == ["joined"]


def test_an_offer_may_be_withdrawn_and_lapses_with_its_phase() -> None:
    table = started(RULES)
    table.by(NORTH, ProposeArchive(to=SOUTH))
    table.by(NORTH, WithdrawArchive(offer="a1"))
    table.by(NORTH, ProposeArchive(to=SOUTH))
    table.time_up()
    assert standings(table) == ["withdrawn", "lapsed"]
    assert table.refuses(SOUTH, JoinArchive(offer="a2")).rule == "archive.open"


def test_it_is_done_twice_in_a_game_at_most() -> None:
    table = started(RULES)
    archived(table)
    archived(table)
    assert table.refuses(SOUTH, ProposeArchive(to=NORTH)).rule == "archive.most"
    seen = table.view(NORTH).mechanics.archive
    assert seen is not None
    assert (seen.left, seen.points) == (0, 2)


def test_an_offer_that_stands_open_cannot_be_joined_once_all_are_used_up() -> None:
    table = started(RULES, NORTH, SOUTH, EAST)
    table.by(EAST, ProposeArchive(to=NORTH))
    archived(table)
    archived(table)
    assert table.refuses(NORTH, JoinArchive(offer="a1")).rule == "archive.most"
    assert "join_archive" not in {one.kind for one in table.view(NORTH).legal}


def test_below_the_bound_there_is_nothing_to_archive() -> None:
    bottom = a_rule_set().tracks[0]
    from_zero = a_rule_set(
        mechanics=RULES.mechanics,
        schedule=RULES.schedule,
        tracks=(type(bottom)(id=bottom.id, name=bottom.name, low=0, high=3),),
    )
    assert started(from_zero).refuses(NORTH, ProposeArchive(to=SOUTH)).rule == "archive.bound"


@pytest.mark.parametrize(
    ("role", "action", "rule"),
    [
        (BUREAU, ProposeArchive(to=SOUTH), "archive.side"),
        (NORTH, ProposeArchive(to=BUREAU), "archive.side"),
        (NORTH, ProposeArchive(to=NORTH), "archive.side"),
        (NORTH, ProposeArchive(to=EAST), "archive.side"),
        (NORTH, JoinArchive(offer="a1"), "archive.open"),
        (SOUTH, WithdrawArchive(offer="a1"), "archive.open"),
    ],
)
def test_what_is_not_ones_own_to_archive_is_refused(role: RoleId, action: Action, rule: str) -> None:
    assert started(RULES).refuses(role, action).rule == rule


def test_one_offer_at_a_time() -> None:
    table = started(RULES)
    table.by(NORTH, ProposeArchive(to=SOUTH))
    assert table.refuses(NORTH, ProposeArchive(to=SOUTH)).rule == "archive.one"
    may = {role: {one.kind: one for one in table.view(role).legal} for role in (NORTH, SOUTH, BUREAU)}
    assert "propose_archive" not in may[NORTH]
    assert may[NORTH]["withdraw_archive"].choices == may[SOUTH]["join_archive"].choices == ("a1",)
    assert may[SOUTH]["propose_archive"].roles == (NORTH,)
    assert not {*OF_ARCHIVE} & {*may[BUREAU]}


def test_where_it_is_not_played_nothing_is_archived() -> None:
    table = started(a_rule_set(schedule=RULES.schedule))
    assert table.refuses(NORTH, ProposeArchive(to=SOUTH)).rule == "archive.on"
    assert not {*OF_ARCHIVE} & {one.kind for one in table.view(NORTH).legal}
