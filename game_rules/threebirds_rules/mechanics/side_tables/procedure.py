"""Who may initial what, and what is broken by what."""

from threebirds_rules.mechanics.settings import SideTable
from threebirds_rules.mechanics.side_tables.shapes import InitialledArticle
from threebirds_rules.names import IssueId, Package, RoleId
from threebirds_rules.play import seated
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def tables(rules: RuleSet) -> tuple[SideTable, ...]:
    played = rules.mechanics.side_tables
    return () if played is None else played.tables


def members(state: State, table: SideTable) -> tuple[RoleId, ...]:
    """Those of its members that sit at this table at all, in the order of the rule set."""
    here = seated(state)
    return tuple(role for role in table.members if role in here)


def open_to(rules: RuleSet, state: State, role: RoleId) -> tuple[SideTable, ...]:
    """Where this role can initial something together with another."""
    return tuple(one for one in tables(rules) if role in (sitting := members(state, one)) and len(sitting) > 1)


def issues(rules: RuleSet, table: SideTable) -> tuple[IssueId, ...]:
    """What the table may deal with: everything, if its rule set does not say."""
    return table.issues or tuple(issue.id for issue in rules.issues)


def initial_of(state: State, table: str, issue: IssueId, role: RoleId) -> int | None:
    """The wording that this seat has initialled there and that waits for the others."""
    for one in state.progress.side_tables.waiting:
        if (one.table, one.issue, one.role) == (table, issue, role):
            return one.option
    return None


def standing(state: State) -> tuple[InitialledArticle, ...]:
    return tuple(one for one in state.progress.side_tables.articles if one.standing == "standing")


def broken_by(rules: RuleSet, state: State, role: RoleId, package: Package) -> tuple[InitialledArticle, ...]:
    """The articles that `role` initialled and that this text has in another wording."""
    chosen = dict(zip([issue.id for issue in rules.issues], package, strict=True))
    return tuple(one for one in standing(state) if role in one.parties and chosen[one.issue] != one.option)
