"""Those who expect time to work for them, and what waiting costs in the end: claims that need play."""

from tests.claims.transcripts import DEU, LTU, NSG, POL, RUS, USA, at, to_the_end, with_deck
from threebirds_rules.names import RoleId


def shifts(*deck: str, rounds: int) -> dict[RoleId, int]:
    table = at(f"{rounds}.close", with_deck(*deck))
    return {role: table.state.shifts.get(role, 0) for role in (RUS, USA, DEU, POL, LTU)}


def test_d13_every_quiet_round_makes_the_patient_more_patient__p26_p40_p66() -> None:
    assert shifts(rounds=5) == {RUS: 0, USA: 4, DEU: 0, POL: 4, LTU: 4}


def test_d13_a_shock_interrupts_their_patience__p26_p41() -> None:
    """The quarrel of the allies moves the three by -4, -3 and -3 in its round, which is not a quiet one."""
    assert shifts("E12", rounds=2) == {RUS: 0, USA: -4, DEU: -3, POL: -3, LTU: -3}


def test_d13_conflicts_that_no_text_settled_cost_everybody_three_points__p34() -> None:
    table = at("2.card", with_deck("E2", "E11"))
    to_the_end(table)
    assert table.state.outcome is not None
    results = table.state.outcome.results
    assert {one.surplus for one in results if one.role != NSG} == {-6}
    assert {one.surplus for one in results if one.role == NSG} == {-6 - 5}
    assert {tuple(cost.points for cost in one.adjustments) for one in results if one.role != NSG} == {(-3, -3)}
