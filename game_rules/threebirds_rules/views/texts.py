"""Proposals and the vote, as far as the viewer may see them, with the viewer's own score."""

from collections.abc import Mapping

from threebirds_rules.consent import polled, under_way, unheard
from threebirds_rules.events import BodyCount
from threebirds_rules.mechanics.chair.procedure import is_single
from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.play import convened
from threebirds_rules.state import Amendment, Ballot, Opinion, Proposal, Version
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.shapes import (
    AmendmentView,
    BallotView,
    BodyReading,
    MemberReading,
    OwnScore,
    ProposalView,
    Reading,
    SupportView,
    VersionView,
    VoteView,
)


def seen_proposals(lens: Lens) -> tuple[Proposal, ...]:
    return tuple(one for one in lens.state.proposals if lens.sees_proposal(one))


def proposals(lens: Lens) -> tuple[ProposalView, ...]:
    return tuple(proposal_view(lens, one) for one in seen_proposals(lens))


def proposal_view(lens: Lens, proposal: Proposal) -> ProposalView:
    return ProposalView(
        id=proposal.id,
        number=proposal.number,
        sponsor=proposal.sponsor,
        to=proposal.to,
        status=proposal.status,
        round=proposal.round,
        versions=tuple(map(version_view, versions(proposal))),
        amendments=tuple(map(amendment_view, proposal.amendments)),
        supports=tuple(map(support_view, supports(proposal))),
        bodies=readings(lens, proposal),
        single=is_single(lens.rules, proposal),
        own=own_score(lens, proposal),
    )


def versions(proposal: Proposal) -> tuple[tuple[int, Version], ...]:
    return tuple(enumerate(proposal.versions, start=1))


def version_view(numbered: tuple[int, Version]) -> VersionView:
    number, version = numbered
    return VersionView(
        version=number,
        package=version.package,
        digest=version.digest,
        at=version.at,
        note=version.note,
    )


def amendment_view(amendment: Amendment) -> AmendmentView:
    return AmendmentView(
        id=amendment.id,
        role=amendment.role,
        version=amendment.version,
        package=amendment.package,
        note=amendment.note,
        status=amendment.status,
    )


def supports(proposal: Proposal) -> tuple[tuple[RoleId, Opinion], ...]:
    return tuple(sorted(proposal.opinions.items()))


def support_view(held: tuple[RoleId, Opinion]) -> SupportView:
    role, opinion = held
    return SupportView(
        role=role,
        position=opinion.position,
        issue=opinion.issue,
        aspect=opinion.aspect,
        reason=opinion.reason,
    )


PLAIN = ("number", "sponsor", "to", "status", "round")
"""Parts of a proposal that are shown as they stand."""

READ = frozenset({"status", "versions", "opinions", "counted"})
"""The fields of a proposal from which its bodies are read."""


def readings(lens: Lens, proposal: Proposal) -> tuple[BodyReading, ...]:
    ballot = lens.state.ballot
    voted = ballot if ballot is not None and ballot.proposal == proposal.id else None
    seated = lens.recall.seated(lens.state)
    return lens.recall.again(
        ("readings", proposal.id),
        (proposal.package, proposal.sponsor, proposal.opinions, proposal.counted, voted, seated),
        lambda: tuple([_body(lens, count) for count in _counts(lens, proposal, voted)]),
    )


def _counts(lens: Lens, proposal: Proposal, voted: Ballot | None) -> tuple[BodyCount, ...]:
    """The straw poll before a vote, the votes during one, the count after it."""
    if proposal.counted:
        return proposal.counted
    package = proposal.package
    bodies = lens.recall.again(
        ("bodies", proposal.id),
        (package, lens.recall.seated(lens.state)),
        lambda: convened(lens.rules, lens.state, package),
    )
    return polled(bodies, proposal) if voted is None else under_way(bodies, voted)


def _body(lens: Lens, count: BodyCount) -> BodyReading:
    said: dict[RoleId, Reading] = {
        **dict.fromkeys(count.yes, "yes"),
        **dict.fromkeys(count.no, "no"),
        **dict.fromkeys(count.silent, "silent"),
        **dict.fromkeys(count.absent, "waiting"),
    }
    members = [MemberReading(role=role.id, reading=said[role.id]) for role in lens.rules.roles if role.id in said]
    return BodyReading(body=count.body, consents=count.consents, members=tuple(members))


def own_score(lens: Lens, proposal: Proposal) -> OwnScore | None:
    if lens.role is None:
        return None
    if not lens.alone:
        # For all who look at this table, in the time that two scorers of their own would take.
        return lens.recall.own_scores(lens.state, proposal)[lens.role]
    scorer = lens.recall.scorer(lens.role, lens.state)
    points, needed = scorer.score_and_need(proposal.package)
    return OwnScore(score=points, needed=needed, surplus=points - scorer.mandate.walk_away)


def ballot(lens: Lens) -> BallotView | None:
    state = lens.state
    if state.ballot is None:
        return None
    paused_at = state.paused_at
    closes_at = state.ballot.closes_at
    return BallotView(
        proposal=state.ballot.proposal,
        version=state.ballot.version,
        caller=state.ballot.caller,
        closes_at=closes_at if paused_at is None else None,
        left_ms=None if paused_at is None else max(0, closes_at - paused_at),
        closing=state.ballot.closing,
        votes=tuple(
            VoteView(role=role, choice=cast.choice, issue=cast.issue, reason=cast.reason)
            for role, cast in sorted(state.ballot.votes.items())
        ),
        ruled_present=state.ballot.ruled_present,
        absent=_absent(lens),
    )


def _absent(lens: Lens) -> tuple[RoleId, ...] | None:
    """Who is there is told to the table by the count, not before."""
    if not lens.facilitates or lens.state.ballot is None:
        return None
    ruled = lens.state.ballot.ruled_present
    return tuple(role for role in unheard(lens.rules, lens.state) if role not in ruled)


def draft(lens: Lens) -> Mapping[IssueId, int] | None:
    return None if lens.role is None else lens.state.drafts.get(lens.role, {})
