"""Side tables as a viewer sees them: initials that wait for others are for the members of their table."""

from threebirds_rules.legal import Legal
from threebirds_rules.mechanics.side_tables.procedure import issues, members, open_to, tables
from threebirds_rules.mechanics.side_tables.shapes import SideTablesView, SideTableView
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def side_tables(rules: RuleSet, state: State, role: RoleId | None, *, facilitates: bool) -> SideTablesView:
    known = state.progress.side_tables
    sits_at = {one.id for one in tables(rules) if facilitates or role in members(state, one)}
    return SideTablesView(
        tables=tuple(
            SideTableView(id=one.id, name=one.name, members=members(state, one), issues=issues(rules, one))
            for one in tables(rules)
        ),
        waiting=tuple(one for one in known.waiting if one.table in sits_at),
        articles=known.articles,
    )


def possible(kind: str, rules: RuleSet, state: State, role: RoleId) -> Legal | None:
    here = open_to(rules, state, role)
    if not here:
        return None
    dealt_with = {one.id: issues(rules, one) for one in here}
    named = {issue for each in dealt_with.values() for issue in each}
    return Legal(
        kind=kind,
        choices=tuple(dealt_with),
        issues_of=dealt_with,
        options={one.id: tuple(range(1, len(one.options))) for one in rules.issues if one.id in named},
    )
