"""From one rule set to another: whatever a view holds may be other than before, so that whole views are compared."""

from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.changes import Change, difference
from threebirds_rules.views.whole import view


class Exchange:
    """Stands for a `Passage` where the rules before and after are not the same."""

    def __init__(self, rules: tuple[RuleSet, RuleSet], before: State, after: State) -> None:
        self._was, self._now = rules
        self._before = before
        self._after = after

    def changes(self, viewer: Viewer) -> list[Change]:
        """The replacements that turn the viewer's view before into the one after."""
        old = view(self._was, self._before, viewer)
        return difference(old, view(self._now, self._after, viewer))
