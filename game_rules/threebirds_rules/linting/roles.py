"""Roles that have no say, or nothing to say."""

from collections.abc import Iterator

from threebirds_rules.linting.finding import Found
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet


def role_findings(rules: RuleSet) -> Iterator[Found]:
    for at, role in enumerate(rules.roles):
        place = f"roles.{role.id}"
        if not role.chair and not any(role.id in body.members for body in rules.bodies):
            yield Found(
                "role_without_power",
                ("roles", at),
                place,
                f"{role.name} sits in no body and is not in the chair, so nobody needs it.",
                "Make it a member of a body, or leave it out.",
            )
        if not _is_touched(rules, role.id):
            yield Found(
                "role_unmoved",
                ("roles", at),
                place,
                f"Every text is worth the same to {role.name}: no article, rule or curve makes a difference to it.",
                "Give it points for what it wants and for what it minds.",
            )


def _is_touched(rules: RuleSet, role: RoleId) -> bool:
    articles = any(len({sum(option.points.get(role, ())) for option in issue.options}) > 1 for issue in rules.issues)
    together = any(rule.points.get(role) for rule in rules.rules)
    curves = any(role in curve.roles and len({y for _, y in curve.points}) > 1 for curve in rules.curves)
    return articles or together or curves
