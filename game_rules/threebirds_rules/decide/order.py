"""The facilitator keeps order at the table: words to everybody, muting, and putting right what went wrong."""

from threebirds_rules import actions as asked
from threebirds_rules import events as facts
from threebirds_rules.consent import unheard
from threebirds_rules.names import MessageId, PersonId, ProposalId
from threebirds_rules.procedure import reopenable
from threebirds_rules.refusals import RefusedError
from threebirds_rules.texts import checked_text
from threebirds_rules.turn import Turn

OrderAction = asked.Announce | asked.Mute | asked.Unmute | asked.Correct | asked.RulePresent


def act(turn: Turn, action: OrderAction) -> None:
    match action:
        case asked.Announce(text=text):
            turn.emit(facts.Announced(at=turn.now, text=checked_text(text, path="text", required=True)))
        case asked.Mute(person=person):
            _mute(turn, person, muted=True)
        case asked.Unmute(person=person):
            _mute(turn, person, muted=False)
        case asked.Correct():
            _correct(turn, action)
        case _:
            _rule_present(turn, action)


def _mute(turn: Turn, person: PersonId, *, muted: bool) -> None:
    turn.person_here(person)
    if (person in turn.state.muted) == muted:
        now = "is muted already" if muted else "may speak already"
        raise RefusedError("illegal_action", f"This person {now}.", rule="mute.once", path="person")
    turn.emit(facts.PersonMuted(at=turn.now, person=person, muted=muted))


def _correct(turn: Turn, action: asked.Correct) -> None:
    match action:
        case asked.Correct(message=str(message), proposal=None):
            _hide(turn, message)
        case asked.Correct(message=None, proposal=str(proposal)):
            _reopen(turn, proposal)
        case _:
            raise RefusedError(
                "invalid_action", "Name the message to hide, or the text whose vote is reopened: one of them."
            )


def _hide(turn: Turn, message: MessageId) -> None:
    for channel in turn.state.channels:
        for one in channel.messages:
            if one.id == message and not one.removed:
                turn.emit(
                    facts.MessageHidden(at=turn.now, audience=channel.members, message=message, channel=channel.id)
                )
                return
    raise RefusedError("invalid_action", "There is no such message, or it is gone already.", path="message")


def _reopen(turn: Turn, proposal: ProposalId) -> None:
    found = turn.state.proposal(proposal)
    if found is None or proposal not in reopenable(turn.state):
        raise RefusedError(
            "illegal_action",
            "A vote is reopened in the phase in which it was lost, while no other vote is under way.",
            rule="correct.vote",
            path="proposal",
        )
    turn.emit(
        facts.VoteReopened(
            at=turn.now,
            proposal=proposal,
            version=found.version,
            closes_at=turn.now + turn.rules.schedule.voting.seconds * 1000,
        )
    )


def _rule_present(turn: Turn, action: asked.RulePresent) -> None:
    ballot = turn.state.ballot
    if ballot is None or action.role not in unheard(turn.rules, turn.state):
        raise RefusedError(
            "illegal_action",
            "Ruled on is an absent seat that has not voted, in a body that decides by silence.",
            rule="silence.absent",
            path="role",
        )
    if (action.role in ballot.ruled_present) == action.present:
        raise RefusedError("illegal_action", "So it is ruled already.", rule="silence.ruled", path="present")
    turn.emit(facts.PresenceRuled(at=turn.now, proposal=ballot.proposal, role=action.role, present=action.present))
