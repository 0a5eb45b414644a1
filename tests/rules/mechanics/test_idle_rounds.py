"""A round in which nothing was begun."""

from tests.support.rulesets import (
    DAM,
    DECIDE,
    IDLE_ROUNDS,
    NORTH,
    PLEDGES,
    SOUTH,
    TALK,
    TRADE,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.mechanics.pledges.shapes import LayPledge
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import TrackId

RULES = a_rule_set(
    mechanics=Mechanics(idle_rounds=IDLE_ROUNDS, pledges=PLEDGES),
    schedule=a_schedule(
        phases=(a_phase("corridors", *TRADE, "pledge"), a_phase("plenary", *DECIDE), a_phase("close", *TALK))
    ),
)


def trust_after(table: PlayedTable) -> int:
    table.go_to("2.corridors")
    return table.state.tracks[TrackId("trust")]


def test_a_round_with_nothing_but_words_costs() -> None:
    table = started(RULES)
    table.by(NORTH, asked.Say(channel=asked.ChannelId("plenary"), text="Others should begin."))
    assert trust_after(table) == -1


def test_one_pledge_is_a_beginning_even_alone() -> None:
    table = started(RULES)
    table.by(NORTH, LayPledge(issue=DAM, option=1))
    assert trust_after(table) == 0


def test_an_amendment_that_is_taken_up_before_everybody_is_an_agreed_article() -> None:
    table = started(RULES)
    table.go_to("1.plenary")
    text = table.tabled(NORTH, {"dam": 2})
    table.by(SOUTH, asked.Amend(proposal=text.id, options={DAM: 1}))
    table.by(NORTH, asked.AcceptAmendment(proposal=text.id, amendment=table.text(text).amendments[0].id))
    assert trust_after(table) == 0


def test_what_two_agree_in_confidence_tells_nobody() -> None:
    table = started(RULES)
    table.go_to("1.plenary")
    table.by(NORTH, asked.Circulate(options={DAM: 2}, to=(SOUTH,)))
    text = table.state.proposals[-1]
    table.by(SOUTH, asked.Amend(proposal=text.id, options={DAM: 1}))
    table.by(NORTH, asked.AcceptAmendment(proposal=text.id, amendment=table.text(text).amendments[0].id))
    assert trust_after(table) == -1
