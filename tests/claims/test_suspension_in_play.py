"""Unsettled conflicts move into the new bodies: claims that need play."""

import pytest

from tests.claims.transcripts import signed, to_the_end, with_deck
from tests.support.tables import FACILITATOR, PlayedTable, joined, opened
from threebirds_rules import actions as asked
from threebirds_rules.names import RoleId, SwitchId

SETTLEMENTS, INSTITUTIONS = SwitchId("view_settlements_first"), SwitchId("view_institutions_first")


def after_the_signature(*deck: str, conflicts: int = 0, reading: SwitchId = SETTLEMENTS) -> PlayedTable:
    """A seat for Russia is agreed in the third round; of the deck its last card comes after that."""
    table = opened(with_deck(*deck), switches=(reading,))
    for seat in table.state.seats:
        joined(table, f"{seat.role.lower()} one", RoleId(seat.role))
    table.do(FACILITATOR, asked.Start())
    table.go_to("3.plenary")
    signed(table, {"frame": 1, "seat": 2, "conflicts": conflicts})
    return table


SUCCESSES = ("E5", "E9", "E15")
"""What happens in the first three rounds, so that a conflict comes after the signature."""


def suspended_by(table: PlayedTable) -> list[str]:
    return [one.about for one in table.state.progress.developments if one.mechanic == "suspension"]


@pytest.mark.parametrize("conflict", ["E11", "E14"])
def test_d09_a_conflict_that_nobody_settled_moves_into_the_new_bodies__p37_p57(conflict: str) -> None:
    table = after_the_signature(conflict, *SUCCESSES)
    assert suspended_by(table) == [conflict]
    to_the_end(table)
    assert table.state.outcome is not None
    assert table.state.outcome.ending == "debating_club"


def test_d09_a_settled_one_does_not__p37() -> None:
    assert suspended_by(after_the_signature("E11", *SUCCESSES, conflicts=1)) == []


def test_d09_nor_does_it_for_those_who_expect_bodies_to_wear_it_down__p37() -> None:
    assert suspended_by(after_the_signature("E11", *SUCCESSES, reading=INSTITUTIONS)) == []


def test_d09_a_success_suspends_nothing__p37() -> None:
    assert suspended_by(after_the_signature("E7", *SUCCESSES)) == []
