"""What each viewer may know."""

from collections.abc import Sequence

from threebirds_rules.events import Event
from threebirds_rules.evolve import evolve
from threebirds_rules.legal import Legal
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.changes import Change
from threebirds_rules.views.exchange import Exchange
from threebirds_rules.views.legal import legal_for
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.passage import Passage
from threebirds_rules.views.recall import Recall
from threebirds_rules.views.whole import view

__all__ = ["Exchange", "Passage", "Recall", "changes_between", "legal", "view", "view_changes"]


def legal(rules: RuleSet, state: State, viewer: Viewer) -> tuple[Legal, ...]:
    """What `viewer` may do now, with parameter choices: the same list as in its view."""
    return legal_for(Lens(rules, state, viewer))


def view_changes(rules: RuleSet, state: State, event: Event, viewer: Viewer) -> Sequence[Change]:
    """The replacements that turn the view before `event` into the one after it, byte for byte."""
    return changes_between(rules, state, evolve(rules, state, event), viewer)


def changes_between(rules: RuleSet, before: State, after: State, viewer: Viewer) -> Sequence[Change]:
    """The same for two states of one table; for several viewers a `Passage` is quicker."""
    return Passage(rules, before, after).changes(viewer)
