"""One look at a table by one viewer: what the sections of a view are built from."""

from functools import cached_property

from threebirds_rules.mandate import Mandate, Position
from threebirds_rules.names import RoleId
from threebirds_rules.play import position, seated
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import mandate
from threebirds_rules.state import Channel, Proposal, State
from threebirds_rules.viewers import Viewer


class Lens:
    def __init__(self, rules: RuleSet, state: State, viewer: Viewer) -> None:
        self.rules = rules
        self.state = state
        self.viewer = viewer

    @property
    def role(self) -> RoleId | None:
        """The viewer's own role, if it has a seat at this table."""
        role = self.viewer.role
        return role if role is not None and role in seated(self.state) else None

    @property
    def facilitates(self) -> bool:
        return self.viewer.kind == "facilitator"

    @cached_property
    def position(self) -> Position:
        return position(self.state)

    @cached_property
    def mandate(self) -> Mandate | None:
        return None if self.role is None else mandate(self.rules, self.role, self.position)

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
