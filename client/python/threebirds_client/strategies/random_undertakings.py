"""What the random bot does of a table's mechanics: anything that is legal."""

from collections.abc import Callable, Mapping

from threebirds_rules.legal import Legal
from threebirds_rules.mechanics.asked import MechanicAction
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge, RenegePledge

Below = Callable[[int, str], int]
"""A draw below a limit, for a purpose."""


def pledge(legal: Legal, below: Below) -> MechanicAction:
    issue, options = sorted(legal.options.items())[below(len(legal.options), "issue")]
    return LayPledge(issue=issue, option=options[below(len(options), "option")])


def honour(legal: Legal, below: Below) -> MechanicAction:
    return HonourPledge(pledge=legal.choices[below(len(legal.choices), "choice")])


def renege(legal: Legal, below: Below) -> MechanicAction:
    return RenegePledge(pledge=legal.choices[below(len(legal.choices), "choice")])


UNDERTAKINGS: Mapping[str, Callable[[Legal, Below], MechanicAction]] = {
    "pledge": pledge,
    "honour": honour,
    "renege": renege,
}
