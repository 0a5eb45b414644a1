"""Identifiers, each with a type of its own so that a role is never taken for an issue."""

from typing import NewType

RoleId = NewType("RoleId", str)
IssueId = NewType("IssueId", str)
AspectId = NewType("AspectId", str)
GaugeId = NewType("GaugeId", str)
RuleId = NewType("RuleId", str)
BodyId = NewType("BodyId", str)
TrackId = NewType("TrackId", str)
CardId = NewType("CardId", str)
SwitchId = NewType("SwitchId", str)
EndingId = NewType("EndingId", str)
VariantId = NewType("VariantId", str)

PersonId = NewType("PersonId", str)
ProposalId = NewType("ProposalId", str)
AmendmentId = NewType("AmendmentId", str)
MessageId = NewType("MessageId", str)
ChannelId = NewType("ChannelId", str)
PhaseKey = NewType("PhaseKey", str)
"""One phase of one round, written `2.plenary`; `lobby` before the start."""

Package = tuple[int, ...]
"""One option index for every issue, in the rule set's order; index 0 is the status quo."""
