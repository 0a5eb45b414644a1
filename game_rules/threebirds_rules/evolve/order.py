"""The facilitator keeps order: announcements, muted people, hidden messages."""

from msgspec.structs import replace

from threebirds_rules import events as facts
from threebirds_rules.evolve.edits import without_message
from threebirds_rules.state import Announcement, Replacement, State

OrderFact = facts.RulesReplaced | facts.Announced | facts.PersonMuted | facts.MessageHidden


def evolved(state: State, event: OrderFact) -> State:
    match event:
        case facts.RulesReplaced(at=at, digest=digest):
            replacement = Replacement(at=at, digest=digest)
            return replace(state, digest=digest, replacements=(*state.replacements, replacement))
        case facts.Announced(at=at, text=text):
            return replace(state, announcements=(*state.announcements, Announcement(at=at, text=text)))
        case facts.PersonMuted(person=person, muted=muted):
            others = tuple(one for one in state.muted if one != person)
            return replace(state, muted=(*others, person) if muted else others)
        case _:
            hidden = without_message(state, event.channel, event.message)
            kept = {role: last for role, last in state.undoable.items() if last.ref != event.message}
            return replace(hidden, undoable=kept)
