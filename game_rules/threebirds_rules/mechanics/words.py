"""What delegations have said to a text before everybody."""

from collections.abc import Iterator

from threebirds_rules.actions import Position3
from threebirds_rules.names import RoleId
from threebirds_rules.state import Proposal, State


def tabled(state: State) -> Iterator[Proposal]:
    """The texts that were put before everybody, in their order, without those that were taken back."""
    return (text for text in state.proposals if text.number is not None and text.status != "taken_back")


def word(text: Proposal, role: RoleId) -> Position3 | None:
    """Its vote in the last count, or else its answer in the straw poll on the version that stands."""
    for count in text.counted:
        if role in count.yes:
            return "yes"
        if role in count.no:
            return "no"
    opinion = text.opinions.get(role)
    return None if opinion is None else opinion.position
