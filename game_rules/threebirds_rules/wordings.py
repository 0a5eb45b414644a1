"""The wordings that an action names, checked one by one."""

from collections.abc import Mapping
from difflib import get_close_matches

from threebirds_rules.names import IssueId, Package
from threebirds_rules.refusals import RefusedError
from threebirds_rules.ruleset import RuleSet

STATUS_QUO = 0


def checked_options(rules: RuleSet, options: Mapping[IssueId, int]) -> dict[IssueId, int]:
    """The same options; refuses an unknown issue (and names the nearest) or a wording that it does not have."""
    sizes = {issue.id: len(issue.options) for issue in rules.issues}
    for issue, option in options.items():
        if issue not in sizes:
            raise RefusedError("invalid_action", _no_issue(issue, tuple(sizes)), path=f"options.{issue}")
        if not 0 <= option < sizes[issue]:
            raise RefusedError(
                "invalid_action",
                f"“{issue}” has the wordings 0 to {sizes[issue] - 1}, not {option}.",
                path=f"options.{issue}",
            )
    return dict(options)


def _no_issue(issue: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(issue, known, n=1, cutoff=0)
    return f"No issue is called “{issue[:64]}”. The nearest is “{near[0]}”."


def whole(rules: RuleSet, options: Mapping[IssueId, int]) -> Package:
    """The package with these options, everything else at the status quo."""
    chosen = checked_options(rules, options)
    return tuple(chosen.get(issue.id, STATUS_QUO) for issue in rules.issues)


def changed(rules: RuleSet, package: Package, options: Mapping[IssueId, int]) -> Package:
    """The package with these options instead of its own."""
    chosen = checked_options(rules, options)
    return tuple(chosen.get(issue.id, option) for issue, option in zip(rules.issues, package, strict=True))
