"""What a viewer may do: the entries of a view's `legal`."""

from collections.abc import Mapping

from msgspec import Struct

from threebirds_rules.names import AmendmentId, ChannelId, IssueId, PersonId, ProposalId, RoleId


class Legal(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One kind of action the viewer may take now, with what its fields may hold. Empty: no choice of that sort.

    `options` are the option indices that may be named for an issue; `choices` anything else that has a name;
    `issues_of` the issues that go with a choice, where they are not all; `sides` those that a judgement may name.
    """

    kind: str
    proposals: tuple[ProposalId, ...] = ()
    amendments: tuple[AmendmentId, ...] = ()
    channels: tuple[ChannelId, ...] = ()
    roles: tuple[RoleId, ...] = ()
    people: tuple[PersonId, ...] = ()
    options: Mapping[IssueId, tuple[int, ...]] = {}
    choices: tuple[str, ...] = ()
    issues_of: Mapping[str, tuple[IssueId, ...]] = {}
    sides: tuple[str, ...] = ()


LegalParts = Mapping[str, Legal | None]
"""What a viewer may do by kind, in their order; None for what the moment allows and this viewer cannot do now."""
