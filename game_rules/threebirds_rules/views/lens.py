"""One look at a table by one viewer: what the sections of a view are built from."""

from functools import cached_property

from threebirds_rules.mandate import Mandate, Position
from threebirds_rules.names import RoleId
from threebirds_rules.play import position
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import Scorer
from threebirds_rules.state import Channel, Proposal, State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.recall import Recall


class Lens:
    """`role` is the viewer's own, if it has a seat at this table. Looks at one table may share what they `recall`."""

    def __init__(self, rules: RuleSet, state: State, viewer: Viewer, recall: Recall | None = None) -> None:
        self.rules = rules
        self.state = state
        self.viewer = viewer
        self.role = None if viewer.role is None else _seated(state, viewer.role)
        self.facilitates = viewer.kind == "facilitator"
        self._recall = recall

    @property
    def position(self) -> Position:
        return position(self.state)

    @cached_property
    def scorer(self) -> Scorer | None:
        if self.role is None:
            return None
        return (self._recall or Recall(self.rules)).scorer(self.role, self.state)

    @property
    def mandate(self) -> Mandate | None:
        return None if self.scorer is None else self.scorer.mandate

    def sees_proposal(self, proposal: Proposal) -> bool:
        if proposal.to is None or self.facilitates:
            return True
        return self.role is not None and proposal.seen_by(self.role)

    def sees_channel(self, channel: Channel) -> bool:
        if self.viewer.kind == "public":
            return False
        if channel.members is None or self.facilitates:
            return True
        return self.role is not None and self.role in channel.members


def _seated(state: State, role: RoleId) -> RoleId | None:
    for seat in state.seats:
        if seat.role == role:
            return None if seat.dropped else role
    return None
