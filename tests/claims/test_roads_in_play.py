"""Common bodies, Russia's choice of a road, and the long run: claims that need play."""

import pytest

from tests.claims.transcripts import DEU, FLAGSHIP, FRA, LTU, POL, RUS, USA, at, moved, own, tracks, with_deck
from tests.support.tables import FACILITATOR, PlayedTable, joined, opened
from threebirds_rules import actions as asked
from threebirds_rules.mechanics.priorities.shapes import DeclarePriorities
from threebirds_rules.mechanics.side_tables.shapes import InitialArticle
from threebirds_rules.names import IssueId, SwitchId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import explain, surplus

SEAT, MISSILE, THREATS, ECONOMY = (IssueId(issue) for issue in ("seat", "missile", "threats", "economy"))
INSTITUTIONS_FIRST = (SwitchId("view_institutions_first"),)
DONORS_TREATY = {
    "frame": 1, "seat": 3, "status": 1, "sequence": 3, "missile": 1, "conflicts": 1, "forces": 1, "minorities": 2,
    "threats": 3, "energy": 1, "governance": 1, "economy": 3,
}  # fmt: skip
"""A text of the donor's road."""


def with_a_seat_initialled(rules: RuleSet, *switches: SwitchId) -> PlayedTable:
    """A table whose Europeans have initialled co-decision with Russia in round 1."""
    table = opened(rules, switches=switches)
    for seat in table.state.seats:
        joined(table, seat.role.lower(), seat.role)
    table.do(FACILITATOR, asked.Start())
    table.go_to("1.corridors")
    for role in (RUS, DEU, FRA, POL, LTU):
        table.by(role, InitialArticle(table="russia_europe", issue=SEAT, option=3))
    return table


def trust_of_rounds(table: PlayedTable, first: int, last: int) -> int:
    table.go_to(f"{first}.close")
    before = tracks(table)
    table.go_to(f"{last + 1}.card")
    return moved(before, table).get("trust", 0)


def test_d08_working_in_early_bodies_wears_differences_down__p37() -> None:
    table = with_a_seat_initialled(with_deck(), *INSTITUTIONS_FIRST)
    assert trust_of_rounds(table, 1, 1) == 0
    assert trust_of_rounds(table, 2, 3) == 2


def test_d08_while_no_conflict_breaks_out__p37() -> None:
    """Whichever of the two is drawn in round 2, it comes after the body has opened."""
    table = with_a_seat_initialled(with_deck("E2", "E14"), *INSTITUTIONS_FIRST)
    assert trust_of_rounds(table, 2, 3) == 0


def test_d08_fails_where_settlements_come_first__p37() -> None:
    table = with_a_seat_initialled(with_deck(), SwitchId("view_settlements_first"))
    assert trust_of_rounds(table, 2, 3) == 0


def declared(table: PlayedTable, path: str, *issues: IssueId) -> PlayedTable:
    table.by(RUS, DeclarePriorities(path=path, issues=issues))
    return table


def test_d15_russia_writes_down_its_road_and_three_priorities_in_secret__p51_p66_p67() -> None:
    table = at("1.card")
    before = {role: table.view(role) for role in (USA, POL)}
    declared(table, "donor", MISSILE, THREATS, ECONOMY)
    assert {role: table.view(role) for role in before} == before
    assert table.refuses(USA, DeclarePriorities(path="donor")).rule == "priorities.role"


def test_d15_a_public_switch_costs_trust__p51_p66() -> None:
    table = declared(at("1.card"), "donor", MISSILE, THREATS, ECONOMY)
    table.go_to("2.corridors")
    before = tracks(table)
    declared(table, "ordinary_participant")
    assert moved(before, table) == {"trust": -1}


def adopted(table: PlayedTable) -> PlayedTable:
    """The donor's treaty, signed by everybody."""
    table.go_to("3.plenary")
    text = table.tabled(USA, DONORS_TREATY)
    table.by(USA, asked.CallVote(proposal=text.id))
    for seat in table.state.seats:
        if seat.role != "NSG":
            table.by(seat.role, asked.Vote(proposal=text.id, choice="yes"))
    while table.state.status != "ended":
        table.time_up()
    return table


@pytest.mark.parametrize(("path", "points"), [("donor", 5), ("ordinary_participant", 0)])
def test_d15_who_gets_what_it_chose_has_five_points_beside_its_score__p66_p67(path: str, points: int) -> None:
    table = adopted(declared(at("1.card", with_deck()), path, MISSILE, THREATS, ECONOMY))
    assert table.state.outcome is not None
    assert table.state.adoption is not None
    russia = table.state.outcome.results[0]
    assert [one.points for one in russia.beside] == [points]
    assert russia.surplus == russia.score - russia.walk_away


def test_d16_a_card_of_the_future_doubles_one_aspect_and_shows_who_would_regret__p11_p25_p29() -> None:
    table = adopted(at("1.card", with_deck()))
    drawn, adoption = table.state.progress.future, table.state.adoption
    assert drawn is not None
    assert adoption is not None
    assert FLAGSHIP.mechanics.future is not None
    aspect = next(card.aspect for card in FLAGSHIP.mechanics.future.cards if card.id == drawn.card)
    for role in (RUS, USA, DEU, FRA, POL, LTU):
        mandate = own(table, role)
        told = explain(mandate, adoption.package)
        assert told.by_aspect[aspect] != 0
        assert drawn.surpluses[role] - surplus(mandate, adoption.package) == told.by_aspect[aspect]
