"""Packages from what somebody chose."""

from collections.abc import Mapping

from threebirds_rules.mandate import Mandate
from threebirds_rules.names import IssueId, Package
from threebirds_rules.nearest import nearest
from threebirds_rules.ruleset import RuleSet


class PackageError(ValueError):
    """A choice that is on no table: `issue` is the name as it was given, `expected` what could stand there."""

    def __init__(self, issue: str, expected: str) -> None:
        super().__init__(f"{issue}: expected {expected}")
        self.issue = issue
        self.expected = expected


def package_of(rules: RuleSet | Mandate, partial: Mapping[IssueId, int]) -> Package:
    """The package that chooses `partial` and stays at the status quo elsewhere; raises PackageError."""
    sizes = _sizes(rules)
    for issue, option in partial.items():
        if issue not in sizes:
            close = nearest(issue, sizes)
            raise PackageError(issue, f"an issue such as {close}" if close else f"one of {', '.join(sizes)}")
        if not 0 <= option < sizes[issue]:
            raise PackageError(issue, f"an option from 0 to {sizes[issue] - 1}, not {option}")
    return tuple(partial.get(issue, 0) for issue in sizes)


def is_package(rules: RuleSet | Mandate, package: Package) -> bool:
    """Whether it names one existing option for every issue."""
    sizes = _sizes(rules).values()
    return len(package) == len(sizes) and all(0 <= option < size for option, size in zip(package, sizes, strict=True))


def _sizes(rules: RuleSet | Mandate) -> dict[IssueId, int]:
    if isinstance(rules, RuleSet):
        return {issue.id: len(issue.options) for issue in rules.issues}
    return {issue: len(labels) for issue, labels in zip(rules.issues, rules.labels, strict=True)}
