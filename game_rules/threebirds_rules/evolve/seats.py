"""People, seats, bots: who is at the table."""

from msgspec.structs import replace

from threebirds_rules import events as facts
from threebirds_rules.evolve.edits import with_person, with_seat
from threebirds_rules.names import PersonId, RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import PLENARY, Channel, Person, SeatState, State

SeatFact = (
    facts.TableOpened
    | facts.PersonJoined
    | facts.PersonSeated
    | facts.PersonLeft
    | facts.HeadChanged
    | facts.SeatHandedToBot
    | facts.SeatDropped
    | facts.Attended
)


def evolved(rules: RuleSet, state: State, event: SeatFact) -> State:
    match event:
        case facts.TableOpened():
            return _opened(rules, event)
        case facts.PersonJoined(person=person, name=name):
            return replace(state, people=(*state.people, Person(id=person, name=name, role=None)))
        case facts.PersonSeated(person=person, role=role):
            return _seated(_stood_up(state, person), person, role)
        case facts.PersonLeft(person=person):
            stood = _stood_up(state, person)
            return replace(stood, people=tuple(one for one in stood.people if one.id != person))
        case facts.SeatHandedToBot(role=role, bot=bot):
            return _handed_to_bot(state, role, bot)
        case _:
            return with_seat(state, event.role, lambda seat: _changed(seat, event))


def _changed(seat: SeatState, event: facts.HeadChanged | facts.SeatDropped | facts.Attended) -> SeatState:
    match event:
        case facts.HeadChanged(person=person):
            return replace(seat, head=person)
        case facts.SeatDropped():
            return replace(seat, dropped=True)
        case _:
            return replace(seat, attended=True)


def _opened(rules: RuleSet, event: facts.TableOpened) -> State:
    return State(
        status="lobby",
        digest=event.digest,
        seed=event.seed,
        switches=event.switches,
        variant=event.variant,
        utc_offset_minutes=event.utc_offset_minutes,
        rekey=event.rekey,
        seats=tuple(SeatState(role=role) for role in event.roles),
        tracks={track.id: 0 for track in rules.tracks},
        channels=(Channel(id=PLENARY, members=None),),
    )


def _stood_up(state: State, person: PersonId) -> State:
    """The person leaves its seat; the next one of that delegation leads it."""
    seats = tuple(_without(seat, person) for seat in state.seats)
    return with_person(replace(state, seats=seats), person, lambda one: replace(one, role=None))


def _without(seat: SeatState, person: PersonId) -> SeatState:
    if person not in seat.people:
        return seat
    people = tuple(one for one in seat.people if one != person)
    head = seat.head if seat.head != person else next(iter(people), None)
    return replace(seat, people=people, head=head)


def _seated(state: State, person: PersonId, role: RoleId | None) -> State:
    if role is None:
        return state

    def sit(seat: SeatState) -> SeatState:
        return replace(seat, people=(*seat.people, person), head=seat.head or person, bot=None)

    return with_person(with_seat(state, role, sit), person, lambda one: replace(one, role=role))


def _handed_to_bot(state: State, role: RoleId, bot: str) -> State:
    """People and a bot never hold a seat at once: the people go back to the waiting room."""
    people = tuple(replace(one, role=None) if one.role == role else one for one in state.people)
    return with_seat(
        replace(state, people=people),
        role,
        lambda seat: replace(seat, people=(), head=None, bot=bot),
    )
