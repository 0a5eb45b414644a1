"""Talk, the shared draft, and taking back."""

from threebirds_rules import actions as asked
from threebirds_rules import events as facts
from threebirds_rules.chance import token
from threebirds_rules.names import ChannelId, MessageId, ProposalId, RoleId
from threebirds_rules.play import channel_of, in_order
from threebirds_rules.refusals import RefusedError
from threebirds_rules.state import DELEGATION, PLENARY
from threebirds_rules.texts import checked_text
from threebirds_rules.turn import Turn
from threebirds_rules.wordings import checked_options


def act(turn: Turn, action: asked.Say | asked.Draft | asked.TakeBack) -> None:
    match action:
        case asked.Say():
            _say(turn, action)
        case asked.Draft():
            _draft(turn, action)
        case _:
            _take_back(turn)


def _say(turn: Turn, action: asked.Say) -> None:
    role = turn.role
    members = _members(turn, action.channel)
    if members != (turn.role,):
        turn.may_write("channel")
    text = checked_text(action.text, path="text", required=True)
    channel = channel_of(members, role)
    sent = sum([len(one.messages) for one in turn.state.channels if one.id == channel])
    turn.emit(
        facts.Said(
            at=turn.now,
            audience=members,
            message=MessageId("m" + token(turn.state.seed, "message", channel, sent)),
            channel=channel,
            role=role,
            person=turn.actor.person,
            text=text,
        )
    )


def _members(turn: Turn, channel: ChannelId) -> tuple[RoleId, ...] | None:
    """Who reads a channel; None is everybody."""
    if channel == PLENARY:
        return None
    if channel == DELEGATION:
        return (turn.role,)
    if not turn.rules.confidential:
        message = "Here everybody hears everything: talk in the plenary, or within your delegation."
        raise RefusedError("illegal_action", message, rule="say.confidential", path="channel")
    named = {RoleId(role) for role in channel.split("+")}
    here = {seat.role for seat in turn.state.seats if not seat.dropped}
    if turn.role not in named or len(named) < 2 or not named <= here:
        raise RefusedError(
            "invalid_action",
            "A channel is `plenary`, `delegation`, or delegations at this table joined by `+`, yours among them.",
            path="channel",
        )
    return in_order(turn.rules, named)


def _draft(turn: Turn, action: asked.Draft) -> None:
    options = checked_options(turn.rules, action.options)
    held = turn.state.drafts.get(turn.role, {})
    merged = options if action.fresh else {**held, **options}
    kept = {issue.id: merged[issue.id] for issue in turn.rules.issues if merged.get(issue.id, 0) != 0}
    if kept == held:
        return
    turn.emit(facts.Drafted(at=turn.now, audience=(turn.role,), role=turn.role, options=kept))


def _take_back(turn: Turn) -> None:
    last = turn.state.undoable.get(turn.role)
    if last is None:
        raise RefusedError(
            "illegal_action",
            "There is nothing to take back: your last action has been answered, or the phase is over.",
            rule="take_back.last",
        )
    turn.emit(
        facts.TakenBack(
            at=turn.now,
            audience=_audience(turn, last.channel, last.proposal),
            role=turn.role,
            undone=last.undone,
            ref=last.ref,
            channel=last.channel,
            proposal=last.proposal,
        )
    )


def _audience(turn: Turn, channel: ChannelId | None, proposal: ProposalId | None) -> tuple[RoleId, ...] | None:
    """Whoever could see what goes, sees it go."""
    if channel is not None:
        return next(one.members for one in turn.state.channels if one.id == channel)
    return None if proposal is None else turn.audience_of(turn.proposal(proposal))
