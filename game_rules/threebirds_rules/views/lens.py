"""One look at a table by one viewer: what the sections of a view are built from."""

from collections.abc import Container

from threebirds_rules.mandate import Mandate, Position
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import Channel, Proposal, State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.recall import Recall


class Lens:
    """`role` is the viewer's own, if it is one of the `seated` at this table.

    Looks at one table may share what they `recall`, or else each is `alone`; who looks at one state often says who is
    `seated`.
    """

    __slots__ = ("alone", "facilitates", "recall", "role", "rules", "state", "viewer")

    def __init__(
        self,
        rules: RuleSet,
        state: State,
        viewer: Viewer,
        recall: Recall | None = None,
        seated: Container[RoleId | None] | None = None,
    ) -> None:
        self.rules = rules
        self.state = state
        self.viewer = viewer
        self.alone = recall is None
        self.recall = recall or Recall(rules)
        self.role = viewer.role if viewer.role in (seated or self.recall.seated(state)) else None
        self.facilitates = viewer.kind == "facilitator"

    @property
    def position(self) -> Position:
        return self.recall.position(self.state)

    @property
    def mandate(self) -> Mandate | None:
        return None if self.role is None else self.recall.mandate(self.role, self.state)

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
