"""A conflict that breaks out after the signature, and what it does to the new bodies."""

import pytest
from msgspec.structs import replace

from tests.support.rulesets import (
    DECIDE,
    NORTH,
    SOUTH,
    SUSPENSION,
    TALK,
    a_card,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import FACILITATOR, PlayedTable, joined, opened
from threebirds_rules import actions as asked
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import CardId, SwitchId
from threebirds_rules.ruleset import RuleSet

AFTER = a_phase("after", *TALK, draws=1)
RULES = a_rule_set(
    mechanics=Mechanics(suspension=SUSPENSION),
    cards=(a_card("rumour"),),
    schedule=a_schedule(phases=(a_phase("plenary", *DECIDE),), implementation=AFTER),
)


def signed(
    rules: RuleSet = RULES, *, switches: tuple[SwitchId, ...] = (SUSPENSION.switch,), dam: int = 0
) -> PlayedTable:
    table = opened(rules, NORTH, SOUTH, switches=switches)
    for role in (NORTH, SOUTH):
        joined(table, role.lower(), role)
    table.do(FACILITATOR, asked.Start())
    text = table.tabled(NORTH, {"dam": dam, "watch": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    for role in (NORTH, SOUTH):
        table.by(role, asked.Vote(proposal=text.id, choice="yes"))
    table.time_up()
    return table


def effects(table: PlayedTable) -> list[str]:
    return [one.name for one in table.state.progress.developments]


def test_an_unsettled_conflict_drawn_after_the_signature_suspends_the_bodies() -> None:
    assert effects(signed()) == ["suspension.suspended"]


@pytest.mark.parametrize(
    "table",
    [
        signed(switches=()),
        signed(dam=1),
        signed(replace(RULES, cards=(a_card("fair"),))),
        signed(replace(RULES, schedule=replace(RULES.schedule, implementation=replace(AFTER, draws=0)))),
    ],
)
def test_otherwise_nothing_stands_still(table: PlayedTable) -> None:
    assert effects(table) == []


def test_before_the_signature_a_conflict_suspends_nothing() -> None:
    table = opened(replace(RULES, schedule=a_schedule(phases=(a_phase("card", *TALK, draws=1),))))
    table.do(FACILITATOR, asked.Start())
    assert effects(table) == []


def test_what_stands_still_cannot_be_suspended_again() -> None:
    table = signed(replace(RULES, cards=(a_card("rumour"), a_card("election"))))
    for card in {"rumour", "election"} - {one.card for one in table.state.cards}:
        table.do(FACILITATOR, asked.Inject(card=CardId(card)))
    assert len(table.state.cards) == 2
    assert effects(table) == ["suspension.suspended"]
