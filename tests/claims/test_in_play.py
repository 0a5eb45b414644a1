"""Claims that need play and not enumeration: short transcripts at a table of the flagship scenario."""

from collections.abc import Mapping

from msgspec.structs import replace

from tests.support.tables import PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.loading import load_scenario
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge, RenegePledge
from threebirds_rules.names import IssueId, ProposalId, RoleId, TrackId
from threebirds_rules.play import position
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import mandate

FLAGSHIP = load_scenario("european-security-treaty")
RUS, USA, DEU, POL = (RoleId(role) for role in ("RUS", "USA", "DEU", "POL"))
FORCES, MINORITIES, ENERGY = (IssueId(issue) for issue in ("forces", "minorities", "energy"))


def at_pledges(round_number: int = 1) -> PlayedTable:
    table = started(FLAGSHIP)
    table.go_to(f"{round_number}.pledges")
    return table


def tracks(table: PlayedTable) -> Mapping[TrackId, int]:
    return dict(table.state.tracks)


def moved(before: Mapping[TrackId, int], table: PlayedTable) -> dict[str, int]:
    """What has moved since, of the tracks that have."""
    return {track: now - before[track] for track, now in table.state.tracks.items() if now != before[track]}


def pledged(table: PlayedTable, *roles: RoleId) -> None:
    for role in roles:
        table.by(role, LayPledge(issue=MINORITIES if role == RUS else ENERGY, option=1))


def test_d03_pledges_of_both_sides_raise_trust__p19() -> None:
    table = at_pledges()
    pledged(table, RUS, DEU)
    before = tracks(table)
    table.time_up()
    assert moved(before, table) == {"trust": 1}


def test_d03_who_waits_for_the_other_stays_where_he_was__p19() -> None:
    table = at_pledges()
    pledged(table, DEU, POL)
    before = tracks(table)
    table.time_up()
    assert moved(before, table) == {}


def test_d03_a_pledge_says_nothing_until_all_are_shown__p19() -> None:
    table = at_pledges()
    before = {role: table.view(role) for role in (RUS, USA, POL)}
    pledged(table, DEU)
    assert {role: table.view(role) for role in before} == before


def test_d03_kept_pledges_raise_trust_once_more__p19() -> None:
    table = at_pledges()
    pledged(table, RUS, DEU)
    table.go_to("2.corridors")
    before = tracks(table)
    table.by(RUS, HonourPledge(pledge="1.RUS"))
    table.by(DEU, HonourPledge(pledge="1.DEU"))
    assert moved(before, table) == {"trust": 1}


def test_d03_a_broken_pledge_costs_two_of_trust_and_goes_on_file__p19_p28() -> None:
    table = at_pledges()
    pledged(table, RUS, DEU)
    table.go_to("2.corridors")
    before = tracks(table)
    table.by(RUS, RenegePledge(pledge="1.RUS"))
    assert moved(before, table) == {"trust": -2, "dossier": 1}


def shift(table: PlayedTable, role: RoleId) -> int:
    return table.state.shifts.get(role, 0)


def test_d06_comfort_returns__p32_p46() -> None:
    """What the first card moved stays for a second round, is half as much in the third, and nearly gone at the end."""
    rules = quiet_after("E12")
    table = started(replace(rules, mechanics=replace(rules.mechanics, patience=None)))
    shifts: list[int] = []
    for round_number in range(1, 7):
        table.go_to(f"{round_number}.close")
        shifts.append(shift(table, USA))
    assert shifts == [-4, -4, -2, -1, 0, 0]
    own = mandate(table.rules, USA, position(table.state))
    trust = table.state.tracks[TrackId("trust")]
    dossier = table.state.tracks[TrackId("dossier")]
    assert own.walk_away == 24 - 2 * trust + dossier


def quiet_after(card: str) -> RuleSet:
    """The flagship with this card alone in its deck."""
    return replace(FLAGSHIP, cards=tuple(one for one in FLAGSHIP.cards if one.id == card))


def dossier_after_a_round(table: PlayedTable) -> int:
    table.go_to("1.close")
    before = tracks(table)
    table.go_to("2.card")
    return moved(before, table).get("dossier", 0)


def test_d12_a_round_of_words_goes_on_file__p52() -> None:
    table = started(quiet_after("E12"))
    table.by(RUS, asked.Say(channel=asked.ChannelId("plenary"), text="It is for the others to begin."))
    assert dossier_after_a_round(table) == 1


def test_d12_a_pledge_or_an_agreed_article_breaks_the_circle__p52() -> None:
    table = started(quiet_after("E12"))
    table.go_to("1.pledges")
    pledged(table, POL)
    assert dossier_after_a_round(table) == 0

    table = started(quiet_after("E12"))
    table.go_to("1.plenary")
    table.by(RUS, asked.Table(options={FORCES: 2}))
    text = table.state.proposals[-1]
    table.by(DEU, asked.Amend(proposal=text.id, options={FORCES: 1}))
    amendment = table.text(text).amendments[0].id
    table.by(RUS, asked.AcceptAmendment(proposal=ProposalId(text.id), amendment=amendment))
    assert dossier_after_a_round(table) == 0
