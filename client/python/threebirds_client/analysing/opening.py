"""What a rule set's opening comes to over millions of packages, for `threebirds check`."""

from threebirds_rules.analysis import ScoresTooLargeError, TooManyPackagesError, counts
from threebirds_rules.linting import Counted
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import opening


def opening_counts(rules: RuleSet) -> Counted | None:
    """Every package looked at; None where that is out of reach."""
    try:
        found = counts(rules, opening(rules))
    except (ScoresTooLargeError, TooManyPackagesError):
        return None
    return Counted(found.zopa, {role: share.acceptable for role, share in found.per_role.items()})
