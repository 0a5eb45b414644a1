"""The facilitator's hand on the table: start, clock, seats, end."""

from threebirds_rules import actions as asked
from threebirds_rules import events as facts
from threebirds_rules.actions import Action
from threebirds_rules.decide import injections, lobby, order, phases, replacement
from threebirds_rules.refusals import RefusedError
from threebirds_rules.turn import Turn

LONGEST_EXTENSION_S = 24 * 60 * 60
LONGEST_EXTENSION_IN_DAYS_S = 14 * LONGEST_EXTENSION_S
"""Of a table whose phases close at dates."""


def act(turn: Turn, action: Action) -> None:
    match action:
        case asked.Start():
            lobby.start(turn, action)
        case asked.Seat(person=person, role=role):
            lobby.seat(turn, person, role)
        case asked.HandToBot(role=role, bot=bot):
            lobby.hand_to_bot(turn, role, bot)
        case asked.Pause() | asked.Resume() | asked.Extend() | asked.ClosePhase() | asked.End():
            _clock(turn, action)
        case asked.ReplaceRules(digest=digest):
            replacement.replace_rules(turn, digest)
        case asked.Inject():
            _started(turn)
            injections.inject(turn, action)
        case asked.Announce() | asked.Mute() | asked.Unmute() | asked.Correct() | asked.RulePresent():
            order.act(turn, action)
        case _:
            raise RefusedError("forbidden", "The facilitator has no seat: only a delegation can do that.")


def _clock(
    turn: Turn,
    action: asked.Pause | asked.Resume | asked.Extend | asked.ClosePhase | asked.End,
) -> None:
    match action:
        case asked.Pause():
            _running(turn)
            turn.emit(facts.TablePaused(at=turn.now))
        case asked.Resume():
            _resume(turn)
        case asked.Extend(seconds=seconds):
            _extend(turn, seconds)
        case asked.ClosePhase():
            _running(turn)
            phases.close(turn, "facilitator")
        case _:
            _started(turn)
            phases.stop(turn)


def _started(turn: Turn) -> None:
    if turn.state.status == "ended":
        raise RefusedError("game_over", "The conference at this table is already over.")
    if turn.state.status not in {"running", "paused"}:
        raise RefusedError("illegal_action", "The table has not started.", rule="table.start")


def _running(turn: Turn) -> None:
    _started(turn)
    if turn.state.status == "paused":
        raise RefusedError("paused", "The table is paused: resume it first.")


def _resume(turn: Turn) -> None:
    """Deadlines move by exactly the time that was paused."""
    _started(turn)
    if turn.state.paused_at is None:
        raise RefusedError("illegal_action", "The table is not paused.", rule="table.paused")
    paused_ms = turn.now - turn.state.paused_at
    ballot = turn.state.ballot
    turn.emit(
        facts.TableResumed(
            at=turn.now,
            closes_at=turn.state.closes_at + paused_ms,
            ballot_closes_at=None if ballot is None else ballot.closes_at + paused_ms,
        )
    )


def _extend(turn: Turn, seconds: int) -> None:
    _started(turn)
    longest = LONGEST_EXTENSION_IN_DAYS_S if _in_days(turn) else LONGEST_EXTENSION_S
    if not 1 <= seconds <= longest:
        raise RefusedError(
            "invalid_action",
            f"Extend by 1 to {longest:,} seconds, not {seconds:,}.",
            path="seconds",
        )
    ballot = turn.state.ballot
    turn.emit(
        facts.PhaseExtended(
            at=turn.now,
            seconds=seconds,
            closes_at=turn.state.closes_at + seconds * 1000,
            ballot_closes_at=None if ballot is None else ballot.closes_at + seconds * 1000,
        )
    )


def _in_days(turn: Turn) -> bool:
    return any(phase.deadline is not None for phase in turn.rules.schedule.phases)
