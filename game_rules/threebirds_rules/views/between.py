"""Two states of one table, and which fields of the state are other than before."""

from threebirds_rules.play import seated
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.recall import Recall

FIELDS = State.__struct_fields__
SCORING = frozenset({"seats", "switches", "rekey", "woken", "tracks", "shifts", "offsets"})
"""The fields of the state that touch scores."""

ANYBODY = Viewer("observer")
"""Through whose eyes is looked at what all see alike."""


class Between:
    """`moved` are the fields that are not the very same: what stands in the others cannot have changed."""

    def __init__(self, rules: RuleSet, before: State, after: State, recall: Recall) -> None:
        self.rules = rules
        self.before = before
        self.after = after
        self.recall = recall
        self.moved = frozenset([name for name in FIELDS if getattr(before, name) is not getattr(after, name)])
        self.scoring = not self.moved.isdisjoint(SCORING) and scoring_of(before) != scoring_of(after)
        """Whether scores may have moved; also whenever somebody takes or loses a seat, and so the viewer's role."""

        self.was = self.old(ANYBODY)
        self.now = self.new(ANYBODY)

    def old(self, viewer: Viewer) -> Lens:
        return Lens(self.rules, self.before, viewer, self.recall)

    def new(self, viewer: Viewer) -> Lens:
        return Lens(self.rules, self.after, viewer, self.recall)


def scoring_of(state: State) -> tuple[object, ...]:
    """What every seat's points hang on."""
    return (seated(state), state.switches, state.rekey, state.woken, state.tracks, state.shifts, state.offsets)
