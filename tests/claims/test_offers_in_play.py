"""Offers and refusals: claims that need play."""

import pytest
from msgspec.structs import replace

from tests.claims.transcripts import FLAGSHIP, LTU, NSG, POL, RUS, USA, at, moved, own, tracks
from tests.support.tables import PlayedTable, opened
from threebirds_rules import actions as asked
from threebirds_rules.actions import Position3
from threebirds_rules.names import AspectId, IssueId, RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import package_of, score
from threebirds_rules.state import Proposal

ENLARGE, GEOPOLITICS = IssueId("enlarge"), AspectId("g")
ACCESSION = {"enlarge": 3}


def answer(table: PlayedTable, role: RoleId, text: Proposal, position: Position3) -> None:
    table.by(role, asked.Support(proposal=text.id, position=position, issue=ENLARGE, aspect=GEOPOLITICS))


def symbol(table: PlayedTable) -> dict[str, int]:
    roles = (POL, LTU, USA, NSG)
    return {role: sum(rule.points for rule in own(table, role).rules if rule.id == "R10_symbol") for role in roles}


def refused_with_reasons(table: PlayedTable) -> None:
    text = table.tabled(USA, ACCESSION)
    answer(table, POL, text, "no")
    table.by(USA, asked.Withdraw(proposal=text.id))


def test_d01_talking_about_the_impossible_changes_positions__p04_p05_p14_p17_p68() -> None:
    table = at("1.plenary")
    refused_with_reasons(table)
    assert symbol(table) == {"POL": -60, "LTU": -64, "USA": -6, "NSG": -10}


def test_d01_it_takes_more_than_talk__p15_p17() -> None:
    """However often it is said: by six at most, and the symbol remains."""
    table = at("1.plenary")
    for _ in range(5):
        refused_with_reasons(table)
    assert symbol(table) == {"POL": -56, "LTU": -60, "USA": -2, "NSG": -6}


def test_d01_a_no_without_reasons_changes_nothing__p14() -> None:
    table = at("1.plenary")
    text = table.tabled(USA, ACCESSION)
    refusal = table.refuses(POL, asked.Support(proposal=text.id, position="no", issue=ENLARGE))
    assert refusal.rule == "support.reason"
    table.by(USA, asked.Withdraw(proposal=text.id))
    assert symbol(table)["POL"] == -62


def test_d01_fails_without_reasons_asked_for__p17() -> None:
    """In a vote that asks for none, nothing is softened."""
    table = at("3.plenary")
    text = table.tabled(USA, ACCESSION)
    table.by(NSG, asked.CallVote(proposal=text.id))
    table.by(POL, asked.BreakSilence(proposal=text.id, issue=ENLARGE, reason="Never."))
    table.time_up()
    assert symbol(table)["POL"] == -62


def offered(
    position: Position3, *, counter: bool = False, rules: RuleSet = FLAGSHIP
) -> tuple[dict[str, int], PlayedTable]:
    """What an offer of accession to Russia moves, by Russia's answer; no card is drawn."""
    table = at("1.plenary", replace(rules, cards=()))
    table.tabled(POL, {"forces": 1})
    answer(table, RUS, table.tabled(USA, ACCESSION), position)
    if counter:
        table.tabled(RUS, {"seat": 1})
    before = tracks(table)
    table.go_to("2.card")
    return {track: step for track, step in moved(before, table).items() if track == "trust"}, table


def test_d02_an_offer_refused_confirms_suspicion__p13() -> None:
    assert offered("no")[0] == {"trust": -1}


def test_d02_unless_an_offer_answers_it__p13() -> None:
    assert offered("no", counter=True)[0] == {}


@pytest.mark.parametrize("governance", [0, 1])
def test_d02_an_offer_accepted_opens_conditions_without_end__p13(governance: int) -> None:
    text = package_of(FLAGSHIP, {ENLARGE: 3, IssueId("governance"): governance})
    refused, accepted = (own(offered(said)[1], RUS) for said in ("no", "yes"))
    assert score(accepted, text) - score(refused, text) == -12


def test_d02_fails_without_the_rule_that_wakes__p13() -> None:
    """The trap closes by that rule and by nothing else."""
    trap = "R31_conditions_without_end"
    without = replace(FLAGSHIP, rules=tuple(rule for rule in FLAGSHIP.rules if rule.id != trap))
    text = package_of(FLAGSHIP, {ENLARGE: 3})
    refused, accepted = (own(offered(said, rules=without)[1], RUS) for said in ("no", "yes"))
    assert score(accepted, text) == score(refused, text)


def test_d10_an_offer_that_turns_refusals_sets_the_next_item__p38() -> None:
    table = at("1.plenary")
    pause = table.tabled(RUS, {"enlarge": 2})
    better = table.tabled(RUS, {"enlarge": 1, "forces": 1})
    for role in (POL, LTU):
        answer(table, role, pause, "no")
        answer(table, role, better, "yes")
    table.go_to("2.card")
    assert table.view(USA).mechanics.agenda_right == RUS


def test_d10_who_turns_nobody_does_not__p38() -> None:
    table = at("1.plenary")
    for role in (POL, LTU):
        answer(table, role, table.tabled(RUS, {"enlarge": 2}), "no")
    table.go_to("2.card")
    assert table.view(USA).mechanics.agenda_right is None


def test_d01_d02_another_reading_of_the_symbol_is_softened_too__p15() -> None:
    table = opened(FLAGSHIP, switches=("view_security_reasons",))
    table.do(asked.Actor(kind="facilitator"), asked.Start(bot="conceder"))
    table.go_to("1.plenary")
    refused_with_reasons(table)
    points = [rule.points for rule in own(table, POL).rules if rule.id in {"R10_symbol", "R30_guarantee_within"}]
    assert points == [-16]
