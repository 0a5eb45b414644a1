"""The dossier can be seen as past, and small successes carry: claims that need play."""

from tests.claims.transcripts import DEU, FRA, NSG, POL, RUS, USA, at, moved, own, tracks
from tests.support.tables import PlayedTable
from threebirds_rules.mechanics.archive.shapes import JoinArchive, ProposeArchive
from threebirds_rules.mechanics.projects.shapes import JoinProject, ProposeProject, VetoProject
from threebirds_rules.scoring import score

NOTHING = (0,) * 13


def threats(option: int) -> tuple[int, ...]:
    return (*NOTHING[:9], option, *NOTHING[10:])


def archived(table: PlayedTable) -> None:
    table.by(RUS, ProposeArchive(to=POL, note="A joint commission has closed this chapter."))
    table.by(POL, JoinArchive(offer=table.state.progress.archive_offers[-1].id))


def test_d05_an_entry_that_two_put_away_holds_nobody_back_any_more__p28() -> None:
    table = at("1.corridors")
    before, walk_away = tracks(table), own(table, POL).walk_away
    archived(table)
    assert moved(before, table) == {"dossier": -1}
    assert own(table, POL).walk_away == walk_away - 2


def test_d05_both_pay_for_it_and_only_they__p28() -> None:
    table = at("1.corridors")
    archived(table)
    assert {role: score(own(table, role), NOTHING) for role in (RUS, POL, USA)} == {RUS: -2, POL: -2, USA: 0}


def test_d05_not_everything_can_be_put_away__p28() -> None:
    table = at("1.corridors")
    archived(table)
    archived(table)
    assert table.refuses(RUS, ProposeArchive(to=DEU)).rule == "archive.most"
    assert at("1.corridors").refuses(DEU, ProposeArchive(to=FRA)).rule == "archive.side"


def detecting() -> PlayedTable:
    table = at("1.corridors")
    table.by(NSG, ProposeProject(project="explosives", to=RUS))
    table.by(RUS, JoinProject(project="explosives"))
    return table


def test_d07_a_small_success_carries__p28_p38() -> None:
    table = detecting()
    before = {role: score(own(table, role), threats(1)) for role in (RUS, USA, POL)}
    table.go_to("2.card")
    assert {role: score(own(table, role), threats(1)) - points for role, points in before.items()} == {
        RUS: 1,
        USA: 1,
        POL: 1,
    }
    effects = [one for one in table.state.progress.developments if one.mechanic == "projects"]
    assert [one.tracks for one in effects] == [{"trust": 1}]


def test_d07_anybody_may_stand_in_its_way__p38() -> None:
    table = detecting()
    table.by(POL, VetoProject(project="explosives"))
    table.go_to("2.card")
    assert [one for one in table.state.progress.developments if one.mechanic == "projects"] == []
