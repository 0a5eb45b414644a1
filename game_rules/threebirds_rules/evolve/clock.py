"""Phases, cards, pauses, and the end."""

from msgspec.structs import replace

from threebirds_rules import events as facts
from threebirds_rules.evolve.edits import acted, with_seat
from threebirds_rules.mandate import Offset
from threebirds_rules.mechanics.chair.folding import phase_opened
from threebirds_rules.scoring import added
from threebirds_rules.state import Drawn, News, Outcome, State, Undoable

ClockFact = (
    facts.TableStarted
    | facts.PhaseOpened
    | facts.PhaseClosed
    | facts.CardDrawn
    | facts.Injected
    | facts.Passed
    | facts.TablePaused
    | facts.TableResumed
    | facts.PhaseExtended
    | facts.TimeGivenBack
    | facts.TableEnded
)


def evolved(state: State, event: ClockFact) -> State:
    match event:
        case facts.TablePaused() | facts.TableResumed() | facts.PhaseExtended() | facts.TimeGivenBack():
            return _clock_set(state, event)
        case facts.TableStarted():
            return replace(state, status="running")
        case facts.PhaseOpened():
            return _phase_opened(state, event)
        case facts.PhaseClosed():
            return replace(state, undoable={})
        case facts.CardDrawn():
            return _card_drawn(state, event)
        case facts.Injected():
            return _injected(state, event)
        case facts.Passed(role=role):
            gone = with_seat(state, role, lambda seat: replace(seat, passed=True))
            return acted(gone, role, Undoable(undone="pass", ref=""))
        case _:
            return _ended(state, event)


def _phase_opened(state: State, event: facts.PhaseOpened) -> State:
    return replace(
        state,
        round=event.round,
        phase_index=event.index,
        phase=event.phase,
        opened_at=event.at,
        closes_at=event.closes_at,
        counts_from=event.at,
        progress=phase_opened(state.progress),
        seats=tuple(replace(seat, passed=False, attended=False) for seat in state.seats),
    )


def _card_drawn(state: State, event: facts.CardDrawn) -> State:
    margins = tuple(Offset(points=points, body=body) for body, points in sorted(event.margins.items()))
    drawn = Drawn(card=event.card, round=event.round, at=event.at, shifts=event.shifts)
    return replace(
        state,
        cards=(*state.cards, drawn),
        shifts=added(state.shifts, event.shifts),
        tracks=added(state.tracks, event.tracks),
        woken=(*state.woken, *(rule for rule in event.woken if rule not in state.woken)),
        offsets=(*state.offsets, *margins),
    )


def _injected(state: State, event: facts.Injected) -> State:
    news = News(title=event.title, text=event.text)
    drawn = Drawn(card=event.card, round=event.round, at=event.at, shifts=event.shifts, news=news)
    return replace(
        state,
        cards=(*state.cards, drawn),
        shifts=added(state.shifts, event.shifts),
        tracks=added(state.tracks, event.tracks),
    )


Moved = facts.TableResumed | facts.PhaseExtended | facts.TimeGivenBack


def _clock_set(state: State, event: facts.TablePaused | Moved) -> State:
    match event:
        case facts.TablePaused(at=at):
            return replace(state, status="paused", paused_at=at)
        case facts.TableResumed(at=at):
            return _due(replace(state, status="running", paused_at=None), event, counts_from=at)
        case facts.TimeGivenBack(until=until):
            return _due(state, event, counts_from=until)
        case _:
            return _due(state, event, counts_from=None)


def _due(state: State, event: Moved, *, counts_from: int | None) -> State:
    """The deadlines of the event; they count from another moment, or from the same as before."""
    ballot = state.ballot
    if ballot is not None and event.ballot_closes_at is not None:
        began = ballot.counts_from if counts_from is None else counts_from
        ballot = replace(ballot, closes_at=event.ballot_closes_at, counts_from=began)
    began = state.counts_from if counts_from is None else counts_from
    return replace(state, closes_at=event.closes_at, counts_from=began, ballot=ballot)


def _ended(state: State, event: facts.TableEnded) -> State:
    outcome = Outcome(
        result=event.result,
        proposal=event.proposal,
        ending=event.ending,
        reservations=event.reservations,
        results=event.results,
    )
    return replace(state, status="ended", paused_at=None, ballot=None, undoable={}, outcome=outcome)
