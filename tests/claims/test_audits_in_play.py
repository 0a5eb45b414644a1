"""Proof without end, and where it stops: claims that need play."""

from tests.claims.transcripts import DEU, NSG, POL, RUS, USA, at
from tests.support.tables import PlayedTable
from threebirds_rules.mechanics.audits.shapes import AuditPledge
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge, RenegePledge
from threebirds_rules.names import IssueId

MINORITIES, ENERGY = IssueId("minorities"), IssueId("energy")


def pledged() -> PlayedTable:
    """Russia has pledged to use no force for compatriots, and Germany early warning; both are due."""
    table = at("1.pledges")
    table.by(RUS, LayPledge(issue=MINORITIES, option=1))
    table.by(DEU, LayPledge(issue=ENERGY, option=1))
    table.go_to("2.corridors")
    return table


def told(table: PlayedTable) -> list[str]:
    return [one.text for one in table.view(POL).mechanics.developments if one.mechanic == "audits"]


def test_d04_a_reluctant_opponent_is_asked_to_prove_itself__p24() -> None:
    table = pledged()
    table.by(POL, AuditPledge(pledge="1.RUS"))
    assert told(table) == []
    table.by(RUS, HonourPledge(pledge="1.RUS"))
    assert told(table) == ["The audit found nothing, and nobody may ask for this article again (P24)."]


def test_d04_there_is_something_to_find_fault_with_where_a_pledge_is_broken__p13() -> None:
    table = pledged()
    table.by(POL, AuditPledge(pledge="1.RUS"))
    table.by(RUS, RenegePledge(pledge="1.RUS"))
    assert told(table) == ["The audit found what it was looking for (P13)."]


def test_d04_what_was_proved_need_not_be_proved_again__p24() -> None:
    table = pledged()
    table.by(POL, AuditPledge(pledge="1.RUS"))
    table.by(RUS, HonourPledge(pledge="1.RUS"))
    table.by(DEU, HonourPledge(pledge="1.DEU"))
    table.go_to("2.pledges")
    table.by(RUS, LayPledge(issue=MINORITIES, option=2))
    table.by(DEU, LayPledge(issue=ENERGY, option=2))
    table.go_to("2.plenary")
    assert table.refuses(USA, AuditPledge(pledge="2.RUS")).rule == "audit.proved"


def test_d04_each_pledge_is_examined_once_and_by_the_other_side__p24() -> None:
    table = pledged()
    table.by(POL, AuditPledge(pledge="1.RUS"))
    assert table.refuses(USA, AuditPledge(pledge="1.RUS")).rule == "audit.once"
    assert table.refuses(POL, AuditPledge(pledge="1.DEU")).rule == "audit.side"
    assert table.refuses(NSG, AuditPledge(pledge="1.DEU")).rule == "audit.side"
    table.by(RUS, AuditPledge(pledge="1.DEU"))
