"""Changes of one thing inside an immutable state."""

from collections.abc import Callable

from msgspec.structs import replace

from threebirds_rules.names import ChannelId, PersonId, ProposalId, RoleId
from threebirds_rules.state import Message, Person, Proposal, SeatState, State, Undoable


def with_seat(state: State, role: RoleId, change: Callable[[SeatState], SeatState]) -> State:
    return replace(state, seats=tuple([change(seat) if seat.role == role else seat for seat in state.seats]))


def with_person(state: State, person: PersonId, change: Callable[[Person], Person]) -> State:
    return replace(state, people=tuple(change(one) if one.id == person else one for one in state.people))


def with_proposal(state: State, proposal: ProposalId, change: Callable[[Proposal], Proposal]) -> State:
    return replace(state, proposals=tuple([change(one) if one.id == proposal else one for one in state.proposals]))


def without_message(state: State, channel: ChannelId | None, message: str) -> State:
    """The message stays where it was, without its words."""

    def remove(one: Message) -> Message:
        return replace(one, removed=True) if one.id == message else one

    channels = tuple(
        replace(one, messages=tuple(map(remove, one.messages))) if one.id == channel else one for one in state.channels
    )
    return replace(state, channels=channels)


def acted(state: State, role: RoleId, undoable: Undoable | None) -> State:
    """`role` acted: `undoable` is now the last thing that it may take back."""
    kept = {other: last for other, last in state.undoable.items() if other != role}
    return replace(state, undoable=kept if undoable is None else {**kept, role: undoable})


def attended(state: State, role: RoleId) -> State:
    """The seat is there in this phase: it did something that everybody saw, or answered the server.

    A confidential act does not count: a public count of votes must not tell that there was one.
    """
    seat = state.seat(role)
    known = seat is None or seat.attended
    return state if known else with_seat(state, role, lambda seat: replace(seat, attended=True))


def answered(state: State, role: RoleId | None, proposal: ProposalId) -> State:
    """Others have answered this proposal: what was done to it can no longer be taken back."""
    kept = {other: last for other, last in state.undoable.items() if other == role or last.proposal != proposal}
    return replace(state, undoable=kept)
