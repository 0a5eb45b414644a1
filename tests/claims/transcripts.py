"""Short transcripts at a table of the flagship scenario."""

from collections.abc import Mapping

from msgspec.structs import replace

from tests.support.tables import PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.loading import load_scenario
from threebirds_rules.mandate import Mandate
from threebirds_rules.names import RoleId, TrackId
from threebirds_rules.play import position
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import mandate

FLAGSHIP = load_scenario("european-security-treaty")
RUS, USA, DEU, FRA, POL, LTU, NSG = (RoleId(role) for role in ("RUS", "USA", "DEU", "FRA", "POL", "LTU", "NSG"))


def with_deck(*cards: str) -> RuleSet:
    """The flagship with these cards alone in its deck."""
    return replace(FLAGSHIP, cards=tuple(one for one in FLAGSHIP.cards if one.id in cards))


def at(phase: str, rules: RuleSet = FLAGSHIP) -> PlayedTable:
    table = started(rules)
    table.go_to(phase)
    return table


def to_the_end(table: PlayedTable) -> None:
    while table.state.status != "ended":
        table.time_up()


def signed(table: PlayedTable, options: Mapping[str, int]) -> None:
    """Russia tables this text in the plenary, and all who have a vote adopt it, whatever it is worth to them."""
    text = table.tabled(RUS, options)
    table.by(RUS, asked.CallVote(proposal=text.id))
    for role in (RUS, USA, DEU, FRA, POL, LTU):
        table.by(role, asked.Vote(proposal=text.id, choice="yes"))
    table.time_up()


def own(table: PlayedTable, role: RoleId) -> Mandate:
    return mandate(table.rules, role, position(table.state))


def tracks(table: PlayedTable) -> Mapping[TrackId, int]:
    return dict(table.state.tracks)


def moved(before: Mapping[TrackId, int], table: PlayedTable) -> dict[str, int]:
    """What has moved since, of the tracks that have."""
    return {track: now - before[track] for track, now in table.state.tracks.items() if now != before[track]}
