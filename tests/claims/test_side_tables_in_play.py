"""Some matters are for two, and some for Europe: claims that need play."""

import pytest

from tests.claims.transcripts import DEU, FRA, LTU, POL, RUS, USA, at, moved, tracks, with_deck
from tests.support.tables import PlayedTable
from threebirds_rules import actions as asked
from threebirds_rules.mechanics.side_tables.shapes import InitialArticle
from threebirds_rules.names import IssueId, RoleId

SECURITY = {"frame": 1, "missile": 1, "threats": 1}
CIVIL = {"economy": 1}
EUROPEANS = (RUS, DEU, FRA, POL, LTU)


def initialled(table: PlayedTable, name: str, options: dict[str, int], *roles: RoleId) -> dict[str, int]:
    """The articles that stand once these roles have initialled these wordings."""
    for role in roles:
        for issue, option in options.items():
            table.by(role, InitialArticle(table=name, issue=IssueId(issue), option=option))
    return {one.issue: one.option for one in table.state.progress.side_tables.articles if one.standing == "standing"}


def test_d14_russia_and_the_united_states_agree_on_a_security_track__p27() -> None:
    """The package of C20, which is better than nothing for both."""
    assert initialled(at("1.corridors"), "russia_us", SECURITY, RUS, USA) == SECURITY


def test_d14_russia_and_the_europeans_agree_on_a_civil_track__p27_p10() -> None:
    """The package of C21, in which the United States has little at stake and no say at this table."""
    table = at("1.corridors")
    assert initialled(table, "russia_europe", CIVIL, *EUROPEANS) == CIVIL
    refusal = table.refuses(USA, InitialArticle(table="russia_europe", issue=IssueId("economy"), option=1))
    assert refusal.rule == "side_table.member"


@pytest.mark.parametrize("missing", EUROPEANS)
def test_d14_nothing_is_agreed_without_one_of_them__p27(missing: RoleId) -> None:
    others = [role for role in EUROPEANS if role != missing]
    assert initialled(at("1.corridors"), "russia_europe", CIVIL, *others) == {}


def test_d14_only_the_plenary_adopts__p27() -> None:
    table = at("1.corridors")
    initialled(table, "russia_us", SECURITY, RUS, USA)
    assert table.state.proposals == ()


def test_d14_who_breaks_an_initial_puts_an_entry_into_the_dossier__p27_p28() -> None:
    table = at("3.corridors", with_deck())
    initialled(table, "russia_us", SECURITY, RUS, USA)
    table.go_to("3.plenary")
    before = tracks(table)
    table.tabled(POL, {"missile": 2})
    assert moved(before, table) == {}
    table.tabled(RUS, {"frame": 1, "missile": 2, "threats": 1})
    assert moved(before, table) == {"dossier": 1}


def test_d14_a_vote_for_another_wording_breaks_it_as_well__p27_p28() -> None:
    table = at("3.corridors", with_deck())
    initialled(table, "russia_europe", CIVIL, *EUROPEANS)
    table.go_to("3.plenary")
    text = table.tabled(USA, {"threats": 1})
    table.by(USA, asked.CallVote(proposal=text.id))
    table.by(FRA, asked.Vote(proposal=text.id, choice="yes"))
    before = tracks(table)
    table.time_up()
    assert moved(before, table) == {"dossier": 1}


def test_d14_an_initialled_article_is_no_idle_round__p27_p52() -> None:
    table = at("1.corridors")
    initialled(table, "russia_us", SECURITY, RUS, USA)
    table.go_to("1.close")
    before = tracks(table)
    table.time_up()
    assert moved(before, table).get("dossier", 0) == 0
