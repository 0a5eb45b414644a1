"""Talk, drafts, and what a seat takes back."""

from msgspec.structs import replace

from threebirds_rules import events as facts
from threebirds_rules.evolve.edits import acted, with_proposal, with_seat, without_message
from threebirds_rules.names import RoleId
from threebirds_rules.play import in_order
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import (
    Amendment,
    Channel,
    Message,
    Opinion,
    Proposal,
    State,
    Undoable,
)


def evolved(rules: RuleSet, state: State, event: facts.Said | facts.Drafted) -> State:
    match event:
        case facts.Said():
            return _said(rules, state, event)
        case _:
            return replace(state, drafts={**state.drafts, event.role: event.options})


def _said(rules: RuleSet, state: State, event: facts.Said) -> State:
    message = Message(id=event.message, at=event.at, role=event.role, person=event.person, text=event.text)
    kept = {role: last for role, last in state.undoable.items() if last.channel != event.channel}
    return replace(
        state,
        channels=_spoken_in(rules, state, event, message),
        undoable={**kept, event.role: Undoable(undone="say", ref=event.message, channel=event.channel)},
    )


def _spoken_in(rules: RuleSet, state: State, event: facts.Said, message: Message) -> tuple[Channel, ...]:
    for at, channel in enumerate(state.channels):
        if channel.id == event.channel:
            longer = replace(channel, messages=(*channel.messages, message))
            return (*state.channels[:at], longer, *state.channels[at + 1 :])
    members = None if event.audience is None else in_order(rules, set(event.audience))
    return (*state.channels, Channel(id=event.channel, members=members, messages=(message,)))


def taken_back(state: State, event: facts.TakenBack) -> State:
    """Undo the last action of a seat; nobody has answered it, so nothing else hangs on it."""
    before = state.undoable[event.role].before
    return acted(_undone(state, event, before), event.role, None)


def _undone(state: State, event: facts.TakenBack, before: Opinion | None) -> State:
    if event.undone == "say":
        return without_message(state, event.channel, event.ref)
    if event.undone == "pass":
        return with_seat(state, event.role, lambda seat: replace(seat, passed=False))

    def undo(proposal: Proposal) -> Proposal:
        match event.undone:
            case "support":
                return replace(proposal, opinions=_opinions(proposal, event.role, before))
            case "amend":
                return replace(proposal, amendments=_without(proposal.amendments, event.ref))
            case _:
                return replace(proposal, status="taken_back")

    return state if event.proposal is None else with_proposal(state, event.proposal, undo)


def _opinions(proposal: Proposal, role: RoleId, before: Opinion | None) -> dict[RoleId, Opinion]:
    kept = {other: one for other, one in proposal.opinions.items() if other != role}
    return kept if before is None else {**kept, role: before}


def _without(amendments: tuple[Amendment, ...], ref: str) -> tuple[Amendment, ...]:
    return tuple(replace(one, status="taken_back") if one.id == ref else one for one in amendments)
