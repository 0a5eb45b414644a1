"""The time in which the service was away is nobody's: deadlines move by it, before any phase may close."""

from threebirds_rules import events as facts
from threebirds_rules.play import current_phase
from threebirds_rules.refusals import RefusedError
from threebirds_rules.turn import Turn

LEAST_MS = 1_000
"""Less is not worth a line in the log: a phase that opened in the moment of coming back has lost nothing."""


def give_back(turn: Turn, since: int, until: int) -> None:
    """Move each deadline by as much of this time as it has counted: once, however often it is asked."""
    if turn.state.status != "running":
        raise RefusedError("illegal_action", "No clock runs at this table.", rule="clock.running")
    ballot = turn.state.ballot
    of_phase = _lost_by_phase(turn, since, until)
    of_ballot = 0 if ballot is None else _lost(turn, since, until, ballot.counts_from)
    if not of_phase and not of_ballot:
        raise RefusedError("illegal_action", "No time was lost here that was not given back.", rule="clock.lost")
    turn.emit(
        facts.TimeGivenBack(
            at=turn.now,
            since=until - (of_phase or of_ballot),
            until=until,
            closes_at=turn.state.closes_at + of_phase,
            ballot_closes_at=None if ballot is None else ballot.closes_at + of_ballot,
        )
    )


def _lost_by_phase(turn: Turn, since: int, until: int) -> int:
    """People have planned for a date: it moves only if it passed while nobody could act."""
    by_date = current_phase(turn.rules, turn.state).deadline is not None
    if by_date and (until < since or turn.state.closes_at > until):
        return 0
    return _lost(turn, since, until, turn.state.counts_from)


def _lost(turn: Turn, since: int, until: int, counts_from: int) -> int:
    """How much of this time is lost to a deadline that counts from then; below 0 where the clock was set back."""
    if until < since:
        # What counts from a moment in between has begun since then, by the clock as it is now.
        return 0 if until <= counts_from <= turn.now else until - since
    lost = until - max(since, counts_from)
    return lost if lost >= LEAST_MS else 0
