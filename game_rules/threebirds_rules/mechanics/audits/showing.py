"""Audits, which everybody sees."""

from collections.abc import Mapping

from threebirds_rules.legal import Legal
from threebirds_rules.mechanics.audits.procedure import obstacle, on_the_table
from threebirds_rules.mechanics.audits.shapes import AuditStanding, AuditsView, AuditView
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State

COMES_OUT: Mapping[str, AuditStanding] = {"honoured": "positive", "broken": "negative", "lapsed": "lapsed"}
"""By the standing of the pledge; it is open until then."""


def audits(state: State) -> AuditsView:
    pledges = {one.id: one for one in state.progress.pledges}
    return AuditsView(
        asked=tuple(
            AuditView(
                pledge=one.pledge,
                role=pledges[one.pledge].role,
                issue=pledges[one.pledge].issue,
                option=pledges[one.pledge].option,
                by=one.by,
                round=one.round,
                standing=COMES_OUT.get(pledges[one.pledge].standing, "open"),
            )
            for one in state.progress.audits
        )
    )


def possible(kind: str, rules: RuleSet, state: State, role: RoleId) -> Legal | None:
    pledges = tuple(one.id for one in on_the_table(state) if obstacle(rules, state, role, one) is None)
    return Legal(kind=kind, choices=pledges) if pledges else None
