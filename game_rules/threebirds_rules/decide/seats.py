"""What a delegation does: checked for seat, head, phase and moment, then handed to talk, texts or votes."""

from threebirds_rules import actions as asked
from threebirds_rules import events as facts
from threebirds_rules.actions import Action
from threebirds_rules.decide import phases, talk, texts, votes
from threebirds_rules.mechanics import moments
from threebirds_rules.mechanics.asked import MechanicAction
from threebirds_rules.names import PersonId
from threebirds_rules.procedure import FOR_THE_HEAD, check_kind, other_phase, pass_obstacle
from threebirds_rules.refusals import RefusedError, no_obstacle
from threebirds_rules.state import SeatState
from threebirds_rules.turn import Turn


def act(turn: Turn, action: Action) -> None:
    seat = _own_seat(turn)
    kind = action.__struct_config__.tag
    if not isinstance(action, asked.SeatAction):
        raise RefusedError("forbidden", "Only the facilitator can do that.")
    given = turn.given.phase
    if given is not None and given != turn.state.phase and turn.state.status != "ended":
        raise RefusedError("wrong_phase", other_phase(turn.rules, turn.state, given))
    check_kind(turn.rules, turn.state, str(kind))
    if kind in FOR_THE_HEAD and turn.actor.person not in {seat.head, None}:
        raise RefusedError(
            "forbidden",
            "Only the head of your delegation does that; you can speak and edit the draft.",
            rule="seat.head",
        )
    if isinstance(action, MechanicAction):
        moments.act(turn, action)
    else:
        _carry_out(turn, seat, action)
    phases.settle(turn)


def _own_seat(turn: Turn) -> SeatState:
    seat = turn.state.seat(turn.role)
    person = turn.actor.person
    if seat is None or seat.dropped:
        raise RefusedError("not_your_seat", "You have no seat at this table.")
    holds = seat.bot is not None if person is None else person in seat.people
    if not holds:
        raise RefusedError("not_your_seat", "This seat is not yours.")
    return seat


def _carry_out(turn: Turn, seat: SeatState, action: asked.PlainAction) -> None:
    match action:
        case asked.Say() | asked.Draft() | asked.TakeBack():
            talk.act(turn, action)
        case asked.CallVote() | asked.Vote() | asked.BreakSilence():
            votes.act(turn, action)
        case asked.Pass():
            no_obstacle(pass_obstacle(turn.rules, turn.state, seat))
            turn.emit(facts.Passed(at=turn.now, role=seat.role))
        case asked.Attend():
            if not seat.attended:
                turn.emit(facts.Attended(at=turn.now, audience=(seat.role,), role=seat.role))
        case asked.Lead(person=person):
            _lead(turn, seat, person)
        case _:
            texts.act(turn, action)


def _lead(turn: Turn, seat: SeatState, person: PersonId) -> None:
    if person not in seat.people or person == seat.head:
        raise RefusedError(
            "invalid_action",
            "Name another member of your delegation.",
            rule="lead.other",
            path="person",
        )
    turn.emit(facts.HeadChanged(at=turn.now, role=seat.role, person=person))
