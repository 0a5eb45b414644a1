"""Texts: circulated, tabled, amended, supported, withdrawn."""

from msgspec.structs import replace

from threebirds_rules import events as facts
from threebirds_rules.evolve.edits import acted, answered, with_proposal
from threebirds_rules.names import RoleId
from threebirds_rules.state import Amendment, Opinion, Proposal, State, Undoable, Version

ProposalFact = (
    facts.Circulated | facts.Tabled | facts.AmendmentProposed | facts.VersionMade | facts.Withdrawn | facts.Supported
)


def evolved(state: State, event: ProposalFact) -> State:
    match event:
        case facts.Circulated() | facts.Tabled():
            return _put_forward(state, event)
        case facts.AmendmentProposed():
            return _amendment_proposed(state, event)
        case facts.VersionMade():
            return _version_made(state, event)
        case facts.Withdrawn():
            return _withdrawn(state, event)
        case _:
            return _supported(state, event)


def _put_forward(state: State, event: facts.Circulated | facts.Tabled) -> State:
    tabled = isinstance(event, facts.Tabled)
    proposal = Proposal(
        id=event.proposal,
        number=event.number if tabled else None,
        sponsor=event.sponsor,
        to=None if isinstance(event, facts.Tabled) else event.to,
        status="tabled" if tabled else "circulated",
        round=state.round,
        versions=(Version(package=event.package, digest=event.digest, at=event.at, note=event.note),),
    )
    made = replace(
        state,
        proposals=(*state.proposals, proposal),
        tabled=event.number if isinstance(event, facts.Tabled) else state.tabled,
    )
    undoable = Undoable(undone="table" if tabled else "circulate", ref=event.proposal, proposal=event.proposal)
    return acted(made, event.sponsor, undoable)


def _amendment_proposed(state: State, event: facts.AmendmentProposed) -> State:
    amendment = Amendment(
        id=event.amendment,
        role=event.role,
        version=event.version,
        package=event.package,
        note=event.note,
    )
    amended = with_proposal(
        state,
        event.proposal,
        lambda one: replace(one, amendments=(*one.amendments, amendment)),
    )
    return acted(
        answered(amended, event.role, event.proposal),
        event.role,
        Undoable(undone="amend", ref=event.amendment, proposal=event.proposal),
    )


def _version_made(state: State, event: facts.VersionMade) -> State:
    """A new text: opinions and amendments were about the old one."""
    version = Version(package=event.package, digest=event.digest, at=event.at, note=event.note)

    def settle(amendment: Amendment) -> Amendment:
        if amendment.status != "open":
            return amendment
        accepted = amendment.id == event.amendment
        return replace(amendment, status="accepted" if accepted else "lapsed")

    renewed = with_proposal(
        state,
        event.proposal,
        lambda one: replace(
            one,
            versions=(*one.versions, version),
            opinions={},
            amendments=tuple(settle(amendment) for amendment in one.amendments),
        ),
    )
    return acted(answered(_agreed(renewed, event), None, event.proposal), event.role, None)


def _agreed(state: State, event: facts.VersionMade) -> State:
    """Two delegations made an article theirs before everybody: what they do in confidence tells nobody."""
    if event.amendment is None or event.audience is not None:
        return state
    return replace(state, progress=replace(state.progress, agreed_in=state.round))


def _withdrawn(state: State, event: facts.Withdrawn) -> State:
    sponsor = next(one.sponsor for one in state.proposals if one.id == event.proposal)
    gone = with_proposal(state, event.proposal, lambda one: replace(one, status="withdrawn"))
    return acted(answered(gone, None, event.proposal), sponsor, None)


def _supported(state: State, event: facts.Supported) -> State:
    opinion = Opinion(position=event.position, issue=event.issue, aspect=event.aspect, reason=event.reason)
    before = _opinion(state, event, event.role)
    noted = with_proposal(
        state,
        event.proposal,
        lambda one: replace(one, opinions={**one.opinions, event.role: opinion}),
    )
    return acted(
        answered(noted, event.role, event.proposal),
        event.role,
        Undoable(undone="support", ref=event.proposal, proposal=event.proposal, before=before),
    )


def _opinion(state: State, event: facts.Supported, role: RoleId) -> Opinion | None:
    text = state.proposal(event.proposal)
    return None if text is None else text.opinions.get(role)
