"""What the viewer may do now, by the same rules of procedure that `decide` refuses by."""

from collections.abc import Set

from threebirds_rules.consent import unheard
from threebirds_rules.legal import Legal, LegalParts
from threebirds_rules.mechanics.asked import MECHANIC_OF
from threebirds_rules.mechanics.chair.procedure import table_obstacle
from threebirds_rules.mechanics.views import possible
from threebirds_rules.names import ChannelId, PersonId, RoleId
from threebirds_rules.procedure import (
    ANSWERS,
    ON_A_TEXT,
    kinds,
    obstacle,
    open_to,
    pass_obstacle,
    reopenable,
    replaceable,
    undrawn,
    unmuted,
)
from threebirds_rules.state import DELEGATION, PLENARY, Proposal, SeatState, State
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.table import shown_channel

OF_A_NEW_TEXT = ANSWERS | {"call_vote"}
"""What there is to do with a text that was just put forward."""


def legal_for(lens: Lens) -> tuple[Legal, ...]:
    return listed(legal_parts(lens))


def listed(parts: LegalParts) -> tuple[Legal, ...]:
    return tuple([one for one in parts.values() if one is not None])


def legal_parts(lens: Lens) -> LegalParts:
    if lens.facilitates:
        return {one.kind: one for one in _facilitator(lens)}
    seat = _occupied(lens)
    return {} if seat is None else {kind: _seat_action(lens, seat, kind) for kind in kinds(lens.rules, lens.state)}


def renewed(lens: Lens, parts: LegalParts, changed: Set[str]) -> LegalParts:
    """The parts as they are now, if no others than the kinds in `changed` can have changed for this seat."""
    seat = _occupied(lens)
    if seat is None:
        return parts
    return {kind: _seat_action(lens, seat, kind) if kind in changed else one for kind, one in parts.items()}


def open_with(lens: Lens, parts: LegalParts, text: Proposal) -> list[str]:
    """What the seat may do with a text that was just put forward."""
    role = lens.role
    if role is None or not text.seen_by(role):
        return []
    kinds = [kind for kind in parts if kind in OF_A_NEW_TEXT]
    return [kind for kind in kinds if obstacle(lens.rules, lens.state, role, kind, text) is None]


def _occupied(lens: Lens) -> SeatState | None:
    seat = None if lens.role is None else lens.state.seat(lens.role)
    return seat if seat is not None and seat.occupied else None


def procedure_of(state: State) -> tuple[object, ...]:
    """What everybody's possibilities hang on, but for texts and channels. Who attended is not among it."""
    seats = [(seat.role, seat.people, seat.head, seat.bot, seat.dropped, seat.passed) for seat in state.seats]
    ballot = None if state.ballot is None else state.ballot.proposal
    moment = (state.status, state.phase_index, state.round, ballot)
    return (*moment, state.people, state.muted, seats, state.progress, state.cards)


PROCEDURE = frozenset({"status", "phase_index", "round", "people", "muted", "ballot", "seats", "progress", "cards"})
"""The fields of the state that `procedure_of` looks at."""

DESK = PROCEDURE | {"cards"}
"""The fields on which the facilitator's possibilities hang, besides the standing of texts: votes and presence too."""


def standing_of(proposal: Proposal) -> tuple[object, ...]:
    """What of a text says who may do what with it; who may accept an amendment hangs on the open ones besides.

    Its package says who votes on it, but that does not change during a vote.
    """
    return (proposal.sponsor, proposal.to, proposal.status)


def _seat_action(lens: Lens, seat: SeatState, kind: str) -> Legal | None:
    if kind in ON_A_TEXT:
        return _on_a_text(lens, seat, kind)
    if kind in MECHANIC_OF:
        return possible(lens.rules, lens.state, seat.role, kind)
    return _plain(lens, seat, kind)


def _plain(lens: Lens, seat: SeatState, kind: str) -> Legal | None:
    match kind:
        case "say":
            return _say(lens, seat)
        case "circulate":
            others = tuple(role for role in _others(lens, seat.role) if _is_taken(lens, role))
            return Legal(kind=kind, roles=others) if others else None
        case "lead":
            people = _other_people(seat)
            return Legal(kind=kind, people=people) if people else None
        case "table":
            return Legal(kind=kind) if table_obstacle(lens.rules, lens.state, seat.role) is None else None
        case "take_back":
            return Legal(kind=kind) if seat.role in lens.state.undoable else None
        case "pass":
            return Legal(kind=kind) if pass_obstacle(lens.rules, lens.state, seat) is None else None
        case "attend":
            return None
        case _:
            return Legal(kind=kind)


def _on_a_text(lens: Lens, seat: SeatState, kind: str) -> Legal | None:
    texts = open_to(lens.rules, lens.state, seat.role, kind)
    if kind != "accept_amendment":
        return Legal(kind=kind, proposals=texts) if texts else None
    amended = [one for one in lens.state.proposals if one.amendments and one.id in texts]
    open_ones = tuple([one.id for text in amended for one in text.amendments if one.status == "open"])
    return Legal(kind=kind, proposals=texts, amendments=open_ones) if open_ones else None


def _say(lens: Lens, seat: SeatState) -> Legal:
    """A delegation of muted people only is left with its own channel."""
    if seat.people and not unmuted(lens.state, seat.people):
        return Legal(kind="say", channels=(DELEGATION,))
    others = _others(lens, seat.role) if lens.rules.confidential else ()
    return Legal(kind="say", channels=_channels(lens), roles=others)


def _channels(lens: Lens) -> tuple[ChannelId, ...]:
    seen = [shown_channel(one.id) for one in lens.state.channels if lens.sees_channel(one)]
    return tuple(dict.fromkeys((PLENARY, DELEGATION, *seen)))


def _others(lens: Lens, role: RoleId) -> tuple[RoleId, ...]:
    return tuple(seat.role for seat in lens.state.seats if seat.role != role and not seat.dropped)


def _is_taken(lens: Lens, role: RoleId) -> bool:
    seat = lens.state.seat(role)
    return seat is not None and seat.occupied


def _other_people(seat: SeatState) -> tuple[PersonId, ...]:
    return tuple(person for person in seat.people if person != seat.head)


def _facilitator(lens: Lens) -> tuple[Legal, ...]:
    status = lens.state.status
    if status == "new":
        return ()
    if status == "ended":
        return (Legal(kind="announce"), Legal(kind="correct"))
    roles = tuple(seat.role for seat in lens.state.seats if not seat.dropped)
    people = tuple(person.id for person in lens.state.people)
    clock = {
        "lobby": ("start",),
        "running": ("pause", "extend", "close_phase", "end"),
        "paused": ("resume", "extend", "end"),
    }[status]
    return (
        *(Legal(kind=kind) for kind in clock),
        *((Legal(kind="seat", roles=roles, people=people),) if people else ()),
        Legal(kind="hand_to_bot", roles=roles),
        *_order(lens),
    )


def _order(lens: Lens) -> tuple[Legal, ...]:
    """Any message can be hidden, and any news told; listed are the votes to reopen and the cards that are left."""
    state = lens.state
    here = tuple(person.id for person in state.people)
    choices = (
        Legal(kind="mute", people=unmuted(state, here)),
        Legal(kind="unmute", people=tuple(person for person in here if person in state.muted)),
        Legal(kind="rule_present", roles=unheard(lens.rules, state)),
    )
    return (
        Legal(kind="announce"),
        Legal(kind="correct", proposals=reopenable(state)),
        *([] if state.status == "lobby" else [_inject(lens)]),
        *([Legal(kind="replace_rules")] if replaceable(lens.rules, state) else []),
        *(one for one in choices if one.people or one.roles),
    )


def _inject(lens: Lens) -> Legal:
    return Legal(kind="inject", choices=tuple(card.id for card in undrawn(lens.rules, lens.state)))
