"""Laying, showing and settling pledges."""

from msgspec.structs import replace

from threebirds_rules.mechanics.audits import deciding as audits
from threebirds_rules.mechanics.effects import move
from threebirds_rules.mechanics.pledges.procedure import are_shown, laid, matched, may_lay, owed, started
from threebirds_rules.mechanics.pledges.shapes import (
    HonourPledge,
    LayPledge,
    Pledge,
    PledgeLaid,
    PledgeSettled,
    PledgesShown,
    RenegePledge,
    Settled,
)
from threebirds_rules.mechanics.settings import Pledges
from threebirds_rules.play import current_phase, implementing
from threebirds_rules.refusals import RefusedError
from threebirds_rules.turn import Turn
from threebirds_rules.wordings import checked_options


def lay(turn: Turn, action: LayPledge) -> None:
    if not may_lay(turn.rules, turn.role):
        raise RefusedError("illegal_action", "Your delegation is on no side: it pledges nothing.", rule="pledge.side")
    if are_shown(turn.state):
        raise RefusedError("illegal_action", "The pledges of this round are shown already.", rule="pledge.shown")
    if action.issue is not None:
        checked_options(turn.rules, {action.issue: action.option})
        if action.option == 0:
            raise RefusedError("invalid_action", "The article as it stands needs no pledge.", path="option")
        if (action.issue, action.option) in started(turn.state, turn.role):
            raise RefusedError(
                "illegal_action",
                "You have started this already: pledge something else.",
                rule="pledge.started",
                path="option",
            )
    turn.emit(
        PledgeLaid(
            at=turn.now,
            audience=(turn.role,),
            role=turn.role,
            round=turn.state.round,
            issue=action.issue,
            option=action.option,
        )
    )


def answer(turn: Turn, action: HonourPledge | RenegePledge) -> None:
    for pledge in owed(turn.rules, turn.state, turn.role):
        if pledge.id == action.pledge:
            _settle(turn, pledge, "honoured" if isinstance(action, HonourPledge) else "broken")
            return
    raise RefusedError("illegal_action", "You owe no such pledge now.", rule="pledge.owed", path="pledge")


def closing(turn: Turn, played: Pledges) -> None:
    """As the phase in which pledges are laid closes: last round's fall due, this round's are shown.

    Once a text is adopted all that are outstanding have the implementation phase, and fall due with its end.
    """
    if implementing(turn.rules, turn.state):
        _fall_due(turn, turn.state.progress.pledges)
    elif "pledge" in current_phase(turn.rules, turn.state).actions:
        if turn.state.adoption is None:
            _fall_due(turn, laid(turn.state, turn.state.round - 1))
        _show(turn, played)


def _fall_due(turn: Turn, pledges: tuple[Pledge, ...]) -> None:
    for pledge in pledges:
        if pledge.standing == "due":
            seat = turn.state.seat(pledge.role)
            there = seat is not None and (seat.attended or seat.bot is not None)
            _settle(turn, pledge, "broken" if there else "lapsed")


def _show(turn: Turn, played: Pledges) -> None:
    pledges = laid(turn.state, turn.state.round)
    if not pledges:
        return
    both = matched(played, pledges)
    shown = tuple(replace(one, standing="due" if both else "unmatched") for one in pledges)
    turn.emit(PledgesShown(at=turn.now, round=turn.state.round, pledges=shown))
    if both:
        move(turn, "pledges", "matched", played.matched)


def _settle(turn: Turn, pledge: Pledge, standing: Settled) -> None:
    played = turn.rules.mechanics.pledges
    before = laid(turn.state, pledge.round)
    turn.emit(PledgeSettled(at=turn.now, pledge=pledge.id, role=pledge.role, standing=standing))
    if played is not None and not any(one.standing == "broken" for one in before):
        _come_to(turn, played, pledge, standing)
    audits.pledge_settled(turn, pledge, standing)
    told = turn.rules.mechanics.effect("pledges.article_broken")
    if standing == "broken" and told is not None and _is_adopted(turn, pledge):
        move(turn, "pledges", "article_broken", told, about=pledge.id)


def _is_adopted(turn: Turn, pledge: Pledge) -> bool:
    """Whether the pledged article stands in the adopted text."""
    adoption = turn.state.adoption
    if adoption is None:
        return False
    return (pledge.issue, pledge.option) in zip([one.id for one in turn.rules.issues], adoption.package, strict=True)


def _come_to(turn: Turn, played: Pledges, pledge: Pledge, standing: Settled) -> None:
    """What a round's pledges come to, they come to together: kept once the last is honoured, broken with the first."""
    after = laid(turn.state, pledge.round)
    if standing == "broken":
        move(turn, "pledges", "broken", played.broken, about=pledge.id)
    elif matched(played, tuple(one for one in after if one.standing == "honoured")) and _none_due(after):
        move(turn, "pledges", "kept", played.kept, about=pledge.id)


def _none_due(pledges: tuple[Pledge, ...]) -> bool:
    return not any(one.standing == "due" for one in pledges)
