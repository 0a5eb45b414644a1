"""The river treaty with every mechanic on."""

from tests.support.rulesets import (
    ACCESSION_OFFERS,
    ARCHIVE,
    ATTRIBUTION,
    AUDITS,
    BOLD_OFFERS,
    BUREAU,
    DECIDE,
    EARLY_BODIES,
    FUTURE,
    IDLE_ROUNDS,
    OPEN_CONFLICTS,
    PATIENCE,
    PLEDGES,
    PRIORITIES,
    PROJECTS,
    REASONED_REFUSALS,
    RETURNING_COMFORT,
    SIDE_TABLES,
    SUSPENSION,
    TALK,
    TRADE,
    a_phase,
    a_rule_set,
    a_schedule,
)
from threebirds_rules.mechanics.asked import MECHANIC_OF
from threebirds_rules.mechanics.settings import Chair, Mechanics
from threebirds_rules.ruleset import RuleSet


def with_mechanics() -> RuleSet:
    """The river treaty with every mechanic on, in phases that allow all of their actions."""
    actions = tuple(MECHANIC_OF)
    mechanics = Mechanics(
        accession_offers=ACCESSION_OFFERS,
        archive=ARCHIVE,
        attribution=ATTRIBUTION,
        audits=AUDITS,
        bold_offers=BOLD_OFFERS,
        chair=Chair(texts_a_round=2, without_text={BUREAU: -5}, text="No text for the chair."),
        early_bodies=EARLY_BODIES,
        future=FUTURE,
        idle_rounds=IDLE_ROUNDS,
        open_conflicts=OPEN_CONFLICTS,
        patience=PATIENCE,
        pledges=PLEDGES,
        priorities=PRIORITIES,
        projects=PROJECTS,
        reasoned_refusals=REASONED_REFUSALS,
        returning_comfort=RETURNING_COMFORT,
        side_tables=SIDE_TABLES,
        suspension=SUSPENSION,
    )
    schedule = a_schedule(
        rounds=3,
        phases=(
            a_phase("card", *TALK, draws=1),
            a_phase("corridors", *TRADE, *actions),
            a_phase("plenary", *DECIDE, *actions),
        ),
    )
    return a_rule_set(mechanics=mechanics, schedule=schedule)
