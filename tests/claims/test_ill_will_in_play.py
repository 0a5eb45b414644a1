"""What the comfortable make of an event: failure of arrangements, or somebody's intent? Claims that need play."""

import pytest

from tests.claims.transcripts import DEU, FRA, LTU, NSG, POL, RUS, USA, at, own, tracks, with_deck
from tests.support.tables import PlayedTable, started
from threebirds_rules.mechanics.attribution.shapes import Attribute
from threebirds_rules.names import CardId, RoleId, RuleId

GAS = CardId("E1")
EVERYBODY = (RUS, USA, DEU, FRA, POL, LTU, NSG)
ON_RUSSIA = Attribute(card=GAS, verdict="intent", side="russia")


def after_the_gas_stopped(*seeing_intent: RoleId) -> PlayedTable:
    """In the corridors of the first round, after these saw Russia's intent in it and the others a failure."""
    table = at("1.card", with_deck("E1"))
    for role in EVERYBODY:
        table.by(role, ON_RUSSIA if role in seeing_intent else Attribute(card=GAS, verdict="failure"))
    table.go_to("1.corridors")
    return table


def shift(table: PlayedTable, role: RoleId) -> int:
    return table.state.shifts.get(role, 0)


def test_d11_a_failure_of_arrangements_makes_doing_nothing_less_comfortable__p41() -> None:
    table = after_the_gas_stopped(USA, POL, LTU)
    assert {role: shift(table, role) for role in (USA, DEU, POL)} == {USA: -4, DEU: -6, POL: -5}
    assert tracks(table) == {"trust": -1, "dossier": 0}


def test_d11_ill_will_makes_the_comfortable_cling_to_what_they_have__p41() -> None:
    table = after_the_gas_stopped(USA, POL, LTU, DEU)
    assert {role: shift(table, role) for role in (USA, DEU, POL)} == {USA: 4, DEU: 6, POL: 5}
    assert tracks(table) == {"trust": -2, "dossier": 0}


def test_d11_what_an_event_has_taught_is_not_forgotten__p41() -> None:
    table = after_the_gas_stopped(*EVERYBODY)
    assert RuleId("E01_gas") in table.state.woken


@pytest.mark.parametrize(("role", "seen"), [(USA, 24 + 4 + 2 * 2), (POL, 20 + 5 + 2 * 2)])
def test_d11_less_can_be_had_from_those_who_see_ill_will__p41(role: RoleId, seen: int) -> None:
    assert own(after_the_gas_stopped(USA, POL, LTU, DEU), role).walk_away == seen


def test_d11_nobody_knows_what_the_others_say_before_all_have_said_it__p41() -> None:
    table = at("1.card", with_deck("E1"))
    before = table.view(POL)
    table.by(USA, ON_RUSSIA)
    assert table.view(POL) == before


def test_d11_d06_clinging_fades_as_comfort_returns__p32_p41_p46() -> None:
    table = after_the_gas_stopped(USA, POL, LTU, DEU)
    left: list[int] = []
    for round_number in range(1, 7):
        table.go_to(f"{round_number}.close")
        left.append(shift(table, DEU))
    assert left == [6, 6, 3, 1, 0, 0]


def test_d11_an_event_that_is_anybodys_doing_is_not_judged__p41() -> None:
    table = started(with_deck("E11"))
    refused = table.refuses(USA, Attribute(card=CardId("E11"), verdict="failure"))
    assert refused.rule == "attribution.open"
