"""The vote on one text, from the call to the count."""

from collections.abc import Callable

from msgspec.structs import replace

from threebirds_rules import events as facts
from threebirds_rules.evolve.edits import acted, answered, with_proposal
from threebirds_rules.names import ProposalId, RoleId
from threebirds_rules.play import position
from threebirds_rules.state import Adoption, Ballot, Cast, State

BallotFact = (
    facts.VoteCalled
    | facts.VoteCast
    | facts.ClosingBegan
    | facts.VoteCounted
    | facts.VoteReopened
    | facts.PresenceRuled
)


def evolved(
    state: State,
    event: BallotFact,
) -> State:
    match event:
        case facts.VoteReopened():
            return _reopened(state, event)
        case facts.PresenceRuled(role=role, present=present):
            return _with_ballot(state, lambda one: replace(one, ruled_present=_ruled(one, role, present=present)))
        case facts.VoteCalled():
            return _called(state, event)
        case facts.VoteCast():
            return _cast(state, event)
        case facts.ClosingBegan(closes_at=closes_at, at=at):
            return _with_ballot(state, lambda one: replace(one, closing=True, closes_at=closes_at, counts_from=at))
        case _:
            return _counted(state, event)


def _with_ballot(state: State, change: Callable[[Ballot], Ballot]) -> State:
    return state if state.ballot is None else replace(state, ballot=change(state.ballot))


def _called(state: State, event: facts.VoteCalled) -> State:
    ballot = Ballot(
        proposal=event.proposal,
        version=event.version,
        caller=event.role,
        closes_at=event.closes_at,
        counts_from=event.at,
    )
    put = with_proposal(state, event.proposal, lambda one: replace(one, status="voting"))
    called = answered(
        replace(put, ballot=ballot, last_call=state.last_call or event.role is None),
        None,
        event.proposal,
    )
    return called if event.role is None else acted(called, event.role, None)


def _cast(state: State, event: facts.VoteCast) -> State:
    cast = Cast(choice=event.choice, issue=event.issue, reason=event.reason)
    voted = _with_ballot(state, lambda one: replace(one, votes={**one.votes, event.role: cast}))
    return acted(voted, event.role, None)


def _counted(state: State, event: facts.VoteCounted) -> State:
    status = "adopted" if event.adopted else "rejected"
    closed = with_proposal(
        state,
        event.proposal,
        lambda one: replace(one, status=status, counted=event.bodies, counted_in=state.phase),
    )
    adoption = _adoption(state, event.proposal) if event.adopted else None
    return replace(closed, ballot=None, adoption=adoption)


def _adoption(state: State, proposal: ProposalId) -> Adoption:
    package = next(one.package for one in state.proposals if one.id == proposal)
    return Adoption(proposal=proposal, package=package, position=position(state))


def _reopened(state: State, event: facts.VoteReopened) -> State:
    again = with_proposal(state, event.proposal, lambda one: replace(one, status="voting", counted=(), counted_in=None))
    ballot = Ballot(
        proposal=event.proposal,
        version=event.version,
        caller=None,
        closes_at=event.closes_at,
        counts_from=event.at,
    )
    return replace(again, ballot=ballot)


def _ruled(ballot: Ballot, role: RoleId, *, present: bool) -> tuple[RoleId, ...]:
    others = tuple(one for one in ballot.ruled_present if one != role)
    return (*others, role) if present else others
