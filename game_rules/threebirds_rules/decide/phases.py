"""How time goes on: phases open and close, cards are dealt, votes are counted, the conference ends."""

from threebirds_rules import events as facts
from threebirds_rules.chance import shuffled
from threebirds_rules.consent import counted
from threebirds_rules.deadlines import closes_at
from threebirds_rules.endings import ending
from threebirds_rules.events import CloseReason, Result, RoleResult
from threebirds_rules.mechanics import moments
from threebirds_rules.names import RoleId
from threebirds_rules.play import implementing, next_due_at, phase_key, phases, position, seated, stages
from threebirds_rules.procedure import everybody_voted, last_text_due, on_the_table
from threebirds_rules.refusals import RefusedError
from threebirds_rules.ruleset import Card
from threebirds_rules.scoring import mandate, score, steps_within_bounds
from threebirds_rules.state import Adoption, Ballot, Proposal
from threebirds_rules.turn import Turn


def time_up(turn: Turn) -> None:
    due = next_due_at(turn.state)
    if due is None or turn.now < due:
        raise RefusedError("illegal_action", "It is not time yet.", rule="clock.due")
    ballot = turn.state.ballot
    if ballot is None:
        close(turn, "time")
        return
    _count(turn, ballot)
    if turn.state.status == "running" and turn.now >= turn.state.closes_at:
        close(turn, "time")
    else:
        settle(turn)


def open_phase(turn: Turn, round_number: int, index: int) -> None:
    phase = stages(turn.rules)[index]
    turn.emit(
        facts.PhaseOpened(
            at=turn.now,
            phase=phase_key(round_number, phase),
            round=round_number,
            index=index,
            closes_at=closes_at(phase, turn.now, turn.state.utc_offset_minutes),
        )
    )
    for _ in range(phase.draws):
        _deal(turn)


def close(turn: Turn, reason: CloseReason) -> None:
    """Close the phase and open the next; at the very end put the last text to the vote, or end without one."""
    if turn.state.ballot is not None:
        _count(turn, turn.state.ballot)
        if turn.state.adoption is not None:
            return
    if implementing(turn.rules, turn.state):
        _close_phase(turn, reason)
        end(turn, "adopted")
    elif last_text_due(turn.rules, turn.state):
        call_vote(turn, on_the_table(turn.state)[-1], None)
    else:
        leave(turn, reason)
        go_on(turn)


def leave(turn: Turn, reason: CloseReason) -> None:
    """Close a phase of the talks, and open no other."""
    _close_phase(turn, reason, last_of_round=turn.state.phase_index + 1 == len(phases(turn.rules)))


def go_on(turn: Turn) -> None:
    """To the next phase of the talks, if there is one."""
    following = turn.state.phase_index + 1
    if following < len(phases(turn.rules)):
        open_phase(turn, turn.state.round, following)
    elif turn.state.round < turn.rules.schedule.rounds:
        open_phase(turn, turn.state.round + 1, 0)
    else:
        end(turn, "no_agreement")


def _close_phase(turn: Turn, reason: CloseReason, *, last_of_round: bool = False) -> None:
    moments.phase_closing(turn)
    if last_of_round:
        moments.round_closing(turn)
    turn.emit(facts.PhaseClosed(at=turn.now, phase=turn.state.phase, reason=reason))


def settle(turn: Turn) -> None:
    """What follows of itself: the last moment of a vote once all have voted, the next phase once all have passed."""
    if turn.state.status != "running":
        return
    ballot = turn.state.ballot
    if ballot is not None:
        _begin_closing(turn, ballot)
    elif _everybody_passed(turn):
        close(turn, "passed")


def _everybody_passed(turn: Turn) -> bool:
    present = [seat for seat in turn.state.seats if seat.occupied]
    return bool(present) and all(seat.passed for seat in present)


def _begin_closing(turn: Turn, ballot: Ballot) -> None:
    if ballot.closing:
        return
    proposal = voted_text(turn, ballot)
    if not everybody_voted(turn.rules, turn.state, ballot, proposal):
        return
    closes_at = turn.now + turn.rules.schedule.voting.closing_seconds * 1000
    turn.emit(facts.ClosingBegan(at=turn.now, proposal=proposal.id, closes_at=min(closes_at, ballot.closes_at)))


def voted_text(turn: Turn, ballot: Ballot) -> Proposal:
    return next(one for one in turn.state.proposals if one.id == ballot.proposal)


def call_vote(turn: Turn, proposal: Proposal, role: RoleId | None) -> None:
    turn.emit(
        facts.VoteCalled(
            at=turn.now,
            proposal=proposal.id,
            version=proposal.version,
            role=role,
            closes_at=turn.now + turn.rules.schedule.voting.seconds * 1000,
        )
    )


def _count(turn: Turn, ballot: Ballot) -> None:
    proposal = voted_text(turn, ballot)
    bodies = counted(turn.rules, turn.state, proposal, ballot)
    adopted = bool(bodies) and all(body.consents for body in bodies)
    turn.emit(
        facts.VoteCounted(
            at=turn.now,
            proposal=proposal.id,
            version=ballot.version,
            adopted=adopted,
            bodies=bodies,
        )
    )
    moments.vote_counted(turn, proposal.id, ballot)
    if adopted:
        _go_on_from_adoption(turn)
    else:
        moments.text_refused(turn, proposal.id, ballot)


def _go_on_from_adoption(turn: Turn) -> None:
    """The talks are over: what was promised is carried out, if the rule set has time for it."""
    if turn.rules.schedule.implementation is None:
        end(turn, "adopted")
        return
    _close_phase(turn, "adopted")
    open_phase(turn, turn.state.round, len(phases(turn.rules)))


def stop(turn: Turn) -> None:
    """The facilitator ends the conference: what is adopted stays so."""
    if turn.state.adoption is None:
        end(turn, "stopped")
    else:
        close(turn, "facilitator")


def end(turn: Turn, result: Result) -> None:
    adoption = turn.state.adoption
    rejected = [one for one in turn.state.proposals if one.status == "rejected"]
    objective = {card.id for card in turn.rules.cards if card.kind == "objective"}
    epilogue = ending(
        turn.rules,
        adopted=None if adoption is None else adoption.package,
        last_rejected=rejected[-1].package if rejected else None,
        objective_cards=sum(drawn.card in objective for drawn in turn.state.cards),
        happened=frozenset(one.name for one in turn.state.progress.developments),
    )
    moments.ending(turn)
    turn.emit(
        facts.TableEnded(
            at=turn.now,
            result=result,
            proposal=None if adoption is None else adoption.proposal,
            ending=epilogue.ending,
            reservations=epilogue.reservations,
            results=tuple(_result(turn, role, adoption) for role in seated(turn.state)),
        )
    )


def _result(turn: Turn, role: RoleId, adoption: Adoption | None) -> RoleResult:
    """Points and surplus as they were when the text was adopted.

    Without a text nobody gains against walking away, and some things cost.
    """
    beside = moments.beside(turn.rules, turn.state, role)
    if adoption is None:
        away = mandate(turn.rules, role, position(turn.state)).walk_away
        costs = moments.no_deal_points(turn.rules, turn.state, role)
        points = sum(one.points for one in costs)
        return RoleResult(role=role, score=points, walk_away=away, surplus=points, adjustments=costs, beside=beside)
    own = mandate(turn.rules, role, adoption.position)
    points = score(own, adoption.package)
    return RoleResult(role=role, score=points, walk_away=own.walk_away, surplus=points - own.walk_away, beside=beside)


def _deal(turn: Turn) -> None:
    card = _next_card(turn)
    if card is not None:
        draw(turn, card)


def draw(turn: Turn, card: Card) -> None:
    """The card comes about, with all that it does."""
    here = seated(turn.state)
    turn.emit(
        facts.CardDrawn(
            at=turn.now,
            card=card.id,
            round=turn.state.round,
            shifts={role: points for role, points in card.shifts.items() if role in here},
            tracks=steps_within_bounds(turn.rules, turn.state.tracks, card.tracks),
            margins=card.margins,
            woken=card.wakes,
        )
    )
    moments.card_drawn(turn, card.id)


def _next_card(turn: Turn) -> Card | None:
    """The first card of the shuffled deck that is not drawn yet and breaks no deal limit."""
    drawn = {one.card for one in turn.state.cards}
    for card in shuffled(turn.rules.cards, turn.state.seed, "deck"):
        if card.id in drawn:
            continue
        limits = (limit for limit in turn.rules.deal_limits if card.id in limit.cards)
        if all(len(drawn & set(limit.cards)) < limit.at_most for limit in limits):
            return card
    return None
