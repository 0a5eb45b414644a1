"""What follows an adopted text at a table of the flagship: pledges are carried out or not, and events do not wait."""

from tests.claims.transcripts import DEU, RUS, at, signed, to_the_end
from tests.support.tables import PlayedTable
from threebirds_rules.events import PhaseOpened
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge, RenegePledge
from threebirds_rules.names import IssueId

MINORITIES, ENERGY = IssueId("minorities"), IssueId("energy")
TEXT = {"frame": 1, "seat": 2, "conflicts": 1, "minorities": 1, "energy": 1}


def pledged_and_signed() -> PlayedTable:
    """In the third round Russia pledges to use no force for compatriots, Germany early warning; the text has both."""
    table = at("3.pledges")
    table.by(RUS, LayPledge(issue=MINORITIES, option=1))
    table.by(DEU, LayPledge(issue=ENERGY, option=1))
    table.go_to("3.plenary")
    signed(table, TEXT)
    return table


def told(table: PlayedTable) -> str | None:
    to_the_end(table)
    assert table.state.outcome is not None
    return table.state.outcome.ending


def test_an_article_of_the_treaty_that_is_not_honoured_is_how_the_story_ends__p24_p28() -> None:
    table = pledged_and_signed()
    table.by(DEU, HonourPledge(pledge="3.DEU"))
    table.by(RUS, RenegePledge(pledge="3.RUS"))
    assert told(table) == "broken_articles"


def test_a_treaty_whose_articles_are_honoured_goes_its_own_way__p28() -> None:
    table = pledged_and_signed()
    table.by(DEU, HonourPledge(pledge="3.DEU"))
    table.by(RUS, HonourPledge(pledge="3.RUS"))
    assert told(table) == "ordinary_chair"


def test_what_happens_after_the_vote_is_not_in_the_results() -> None:
    kept, broken = pledged_and_signed(), pledged_and_signed()
    broken.by(RUS, RenegePledge(pledge="3.RUS"))
    to_the_end(kept)
    to_the_end(broken)
    assert kept.state.outcome is not None
    assert broken.state.outcome is not None
    assert broken.state.outcome.results == kept.state.outcome.results


def test_events_do_not_wait_for_the_signature() -> None:
    table = pledged_and_signed()
    assert [one.phase for one in table.log if isinstance(one, PhaseOpened)][-1] == "3.implementation"
    assert len(table.state.cards) == 4
