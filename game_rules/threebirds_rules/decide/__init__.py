"""Decide what an action leads to: events, or a coded refusal. Changes nothing."""

from typing import assert_never

from threebirds_rules import actions as asked
from threebirds_rules.actions import Action, Actor, Given
from threebirds_rules.decide import absence, facilitator, lobby, phases, seats
from threebirds_rules.events import Event
from threebirds_rules.refusals import Refused, RefusedError
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.steps import Step
from threebirds_rules.turn import Turn

NO_CONDITIONS = Given()


def decide(
    rules: RuleSet,
    state: State,
    actor: Actor,
    action: Action,
    now: int,
    *,
    given: Given = NO_CONDITIONS,
) -> tuple[Event, ...] | Refused:
    """The events that `action` leads to at `now` (milliseconds since 1970, UTC), or why it is refused.

    A refusal is a function of what the actor can see: it never tells of a text or a note that is not its own.
    """
    taken = advance(rules, state, actor, action, now, given=given)
    return taken if isinstance(taken, Refused) else tuple([step.event for step in taken])


def advance(
    rules: RuleSet,
    state: State,
    actor: Actor,
    action: Action,
    now: int,
    *,
    given: Given = NO_CONDITIONS,
) -> tuple[Step, ...] | Refused:
    """The same, each event with the states around it: for whoever goes on from there."""
    return _taken(Turn(rules, state, actor, given, now), action)


def exchange(rules: RuleSet, state: State, actor: Actor, replacement: RuleSet, now: int) -> tuple[Step, ...] | Refused:
    """What `ReplaceRules` leads to, for whoever has the rule set that it names; the others are refused it.

    What follows `RulesReplaced` goes by the other rules: `State.digest` always names those that hold.
    """
    turn = Turn(rules, state, actor, NO_CONDITIONS, now)
    turn.replacement = replacement
    return _taken(turn, asked.ReplaceRules(digest=replacement.digest))


def _taken(turn: Turn, action: Action) -> tuple[Step, ...] | Refused:
    try:
        _dispatch(turn, action)
    except RefusedError as refusal:
        return refusal.refused
    return tuple(turn.steps)


def _dispatch(turn: Turn, action: Action) -> None:
    if turn.state.status == "new" and not isinstance(action, asked.Open):
        raise RefusedError("illegal_action", "This table is not open yet.", rule="table.open")
    match turn.actor.kind:
        case "seat":
            seats.act(turn, action)
        case "facilitator":
            facilitator.act(turn, action)
        case "host":
            lobby.act(turn, action)
        case "clock":
            _tell_time(turn, action)
        case _:
            assert_never(turn.actor.kind)


def _tell_time(turn: Turn, action: Action) -> None:
    match action:
        case asked.TimeUp():
            phases.time_up(turn)
        case asked.GiveTimeBack(since=since, until=until):
            absence.give_back(turn, since, until)
        case _:
            raise RefusedError("forbidden", "The clock only tells the time.")
