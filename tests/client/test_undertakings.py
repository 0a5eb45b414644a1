"""What bots do beside the texts."""

from tests.support.rulesets import (
    ARCHIVE,
    ATTRIBUTION,
    DAM,
    NORTH,
    PLEDGES,
    PROJECTS,
    SOUTH,
    TALK,
    TOLL,
    WATCH,
    a_card,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import PlayedTable, started
from threebirds_client.strategies.conceder import ConcederBot
from threebirds_client.strategies.random import RandomBot
from threebirds_client.strategies.random_undertakings import UNDERTAKINGS
from threebirds_rules import actions as asked
from threebirds_rules.mechanics.archive.shapes import JoinArchive, ProposeArchive
from threebirds_rules.mechanics.asked import MECHANIC_OF
from threebirds_rules.mechanics.attribution.shapes import Attribute
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge
from threebirds_rules.mechanics.projects.shapes import JoinProject, ProposeProject
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import CardId

PROJECT_ACTIONS = ("propose_project", "join_project")

RULES = a_rule_set(
    mechanics=Mechanics(pledges=PLEDGES),
    schedule=a_schedule(rounds=2, phases=(a_phase("pledges", *TALK, "pledge", "honour", "renege"),)),
)


def conceded(table: PlayedTable) -> asked.SeatAction | None:
    move = ConcederBot().choose(table.view(NORTH), chance="any")
    return None if move is None else move.action


def test_the_conceder_begins_with_what_it_wants_most_and_then_has_nothing_to_add() -> None:
    table = started(RULES)
    assert conceded(table) == LayPledge(issue=DAM, option=2)
    table.by(NORTH, LayPledge(issue=DAM, option=2))
    assert conceded(table) == asked.Pass()


def test_the_conceder_keeps_its_word_before_anything_else() -> None:
    table = started(RULES)
    table.by(NORTH, LayPledge(issue=TOLL, option=1))
    table.by(SOUTH, LayPledge(issue=WATCH, option=1))
    table.time_up()
    assert conceded(table) == HonourPledge(pledge="1.NOR")


MUCH = a_rule_set(
    mechanics=Mechanics(archive=ARCHIVE, attribution=ATTRIBUTION, projects=PROJECTS),
    cards=(a_card("storm", kind="objective"),),
    schedule=a_schedule(
        rounds=2,
        phases=(a_phase("news", *TALK, "attribute", "propose_archive", "join_archive", *PROJECT_ACTIONS, draws=1),),
    ),
)


def test_the_conceder_lays_an_event_on_nobody_and_says_so_once() -> None:
    table = started(MUCH)
    assert conceded(table) == Attribute(card=CardId("storm"), verdict="failure")
    table.by(NORTH, Attribute(card=CardId("storm"), verdict="failure"))
    assert conceded(table) == asked.Pass()


def test_the_conceder_takes_the_hand_that_is_held_out() -> None:
    table = started(MUCH)
    table.by(NORTH, Attribute(card=CardId("storm"), verdict="failure"))
    table.by(SOUTH, ProposeProject(project="ferry", to=NORTH))
    assert conceded(table) == JoinProject(project="ferry")
    table.by(SOUTH, ProposeArchive(to=NORTH))
    assert conceded(table) == JoinArchive(offer="a1")


def test_the_random_bot_pledges_honours_and_breaks() -> None:
    table = started(RULES)
    table.by(NORTH, LayPledge(issue=TOLL, option=1))
    table.by(SOUTH, LayPledge(issue=WATCH, option=1))
    table.time_up()
    moves = [RandomBot().choose(table.view(NORTH), chance=str(chance)) for chance in range(60)]
    kinds = {type(move.action).__name__ for move in moves if move is not None}
    assert {"LayPledge", "HonourPledge", "RenegePledge"} <= kinds


def test_the_random_bot_knows_every_action_of_every_mechanic() -> None:
    assert UNDERTAKINGS.keys() == MECHANIC_OF.keys()
