"""Calling a vote, voting, and breaking silence."""

from threebirds_rules import actions as asked
from threebirds_rules import events as facts
from threebirds_rules.actions import Choice
from threebirds_rules.decide import phases
from threebirds_rules.decide.texts import check
from threebirds_rules.names import IssueId, ProposalId
from threebirds_rules.procedure import silence_bodies
from threebirds_rules.refusals import RefusedError
from threebirds_rules.texts import checked_text
from threebirds_rules.turn import Turn
from threebirds_rules.wordings import checked_options


def act(turn: Turn, action: asked.CallVote | asked.Vote | asked.BreakSilence) -> None:
    match action:
        case asked.CallVote(proposal=proposal):
            text = turn.as_read(proposal)
            check(turn, "call_vote", text)
            phases.call_vote(turn, text, turn.role)
        case asked.Vote(proposal=proposal, choice=choice):
            text = turn.as_read(proposal)
            check(turn, "vote", text)
            if choice == "no" and silence_bodies(turn.rules, turn.state, turn.role, text):
                raise RefusedError(
                    "illegal_action",
                    "Your body decides by silence: break it, with the article and the reason.",
                    rule="vote.silence",
                )
            _cast(turn, proposal, choice, None, "")
        case _:
            check(turn, "break_silence", turn.as_read(action.proposal))
            checked_options(turn.rules, {action.issue: 0})
            reason = checked_text(action.reason, path="reason", required=True)
            _cast(turn, action.proposal, "no", action.issue, reason)


def _cast(turn: Turn, proposal: ProposalId, choice: Choice, issue: IssueId | None, reason: str) -> None:
    turn.emit(
        facts.VoteCast(
            at=turn.now,
            proposal=proposal,
            role=turn.role,
            choice=choice,
            issue=issue,
            reason=reason,
        )
    )
