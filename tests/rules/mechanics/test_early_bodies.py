"""Bodies that open before there is a treaty."""

import pytest

from tests.support.rulesets import (
    BUREAU,
    DAM,
    EARLY_BODIES,
    NORTH,
    PLEDGES,
    SIDE_TABLES,
    SOUTH,
    TALK,
    WATCH,
    a_card,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import FACILITATOR, PlayedTable, joined, opened
from threebirds_rules import actions as asked
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.mechanics.side_tables.shapes import InitialArticle
from threebirds_rules.names import IssueId, SwitchId, TrackId
from threebirds_rules.ruleset import Card

FAIR, RUMOUR = a_card("fair"), a_card("rumour")
PROUD = (SwitchId("proud_north"),)


def at_the_table(*cards: Card, switches: tuple[SwitchId, ...] = PROUD) -> PlayedTable:
    rules = a_rule_set(
        mechanics=Mechanics(early_bodies=EARLY_BODIES, pledges=PLEDGES, side_tables=SIDE_TABLES),
        cards=cards,
        deal_limits=(),
        schedule=a_schedule(
            rounds=5,
            phases=(a_phase("card", *TALK, "initial", draws=1), a_phase("pledges", *TALK, "pledge", "honour")),
        ),
    )
    table = opened(rules, switches=switches)
    for seat in table.state.seats:
        joined(table, seat.role.lower(), seat.role)
    table.do(FACILITATOR, asked.Start())
    return table


def initial(table: PlayedTable, issue: IssueId, option: int = 1) -> None:
    for role in (NORTH, SOUTH):
        table.by(role, InitialArticle(table="banks", issue=issue, option=option))


def told(table: PlayedTable) -> list[tuple[int, str]]:
    table.go_to("5.card")
    seen = table.view(BUREAU).mechanics.developments
    return [(one.round, one.effect) for one in seen if one.mechanic == "early_bodies"]


def test_every_round_after_a_body_opened_raises_trust() -> None:
    table = at_the_table()
    initial(table, WATCH)
    assert told(table) == [(1, "opened"), (2, "worked"), (3, "worked"), (4, "worked")]
    assert table.state.tracks[TrackId("trust")] == 3


def test_a_pledge_that_was_honoured_opens_one_too() -> None:
    table = at_the_table()
    table.go_to("1.pledges")
    table.by(NORTH, LayPledge(issue=WATCH, option=2))
    table.by(SOUTH, LayPledge(issue=DAM, option=1))
    table.go_to("2.pledges")
    table.by(NORTH, HonourPledge(pledge="1.NOR"))
    assert told(table) == [(2, "opened"), (3, "worked"), (4, "worked")]
    assert table.view(BUREAU).mechanics.developments[1].about == "1.NOR"


def test_a_conflict_ends_it_and_one_before_does_not() -> None:
    table = at_the_table(RUMOUR)
    initial(table, WATCH)
    assert told(table) == [(1, "opened"), (2, "worked"), (3, "worked"), (4, "worked")]

    table = at_the_table(RUMOUR, FAIR)
    assert [one.card for one in table.state.cards] == ["fair"]
    initial(table, WATCH)
    assert (2, "worked") not in told(table)


@pytest.mark.parametrize(("issue", "switches"), [(WATCH, ()), (DAM, PROUD)])
def test_nothing_opens_without_the_reading_or_a_body(issue: IssueId, switches: tuple[SwitchId, ...]) -> None:
    table = at_the_table(switches=switches)
    initial(table, issue)
    assert told(table) == []


def test_an_article_that_was_replaced_opens_nothing_itself() -> None:
    table = at_the_table()
    initial(table, WATCH, 1)
    initial(table, WATCH, 2)
    table.go_to("2.card")
    (opened_by,) = [one.about for one in table.view(BUREAU).mechanics.developments if one.effect == "opened"]
    assert opened_by == "banks.watch.2"
