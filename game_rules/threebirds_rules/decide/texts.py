"""Texts: circulate, table, amend, accept, withdraw, and the straw poll.

An id is drawn from the secret seed and from what its whole audience has seen, so that it tells nobody how many texts
went to others.
"""

from threebirds_rules import actions as asked
from threebirds_rules import events as facts
from threebirds_rules.chance import token
from threebirds_rules.mechanics import moments
from threebirds_rules.mechanics.chair.procedure import table_obstacle
from threebirds_rules.names import AmendmentId, Package, ProposalId
from threebirds_rules.play import digest_of, in_order
from threebirds_rules.procedure import obstacle
from threebirds_rules.refusals import RefusedError, no_obstacle
from threebirds_rules.state import Amendment, Proposal
from threebirds_rules.turn import Turn
from threebirds_rules.wordings import changed, checked_options, whole

TextAction = asked.Circulate | asked.Table | asked.Amend | asked.AcceptAmendment | asked.Withdraw | asked.Support


def act(turn: Turn, action: TextAction) -> None:
    match action:
        case asked.Circulate():
            _circulate(turn, action)
        case asked.Table():
            _table(turn, action)
        case asked.Amend():
            _amend(turn, action)
        case asked.AcceptAmendment():
            _accept(turn, action)
        case asked.Withdraw(proposal=proposal):
            text = turn.proposal(proposal)
            check(turn, "withdraw", text)
            turn.emit(facts.Withdrawn(at=turn.now, audience=turn.audience_of(text), proposal=text.id))
            moments.text_refused(turn, text.id, None)
        case _:
            _support(turn, action)


def check(turn: Turn, kind: str, proposal: Proposal) -> None:
    """Refuses what the rules of procedure do not allow on this text now."""
    no_obstacle(obstacle(turn.rules, turn.state, turn.role, kind, proposal))


def _circulate(turn: Turn, action: asked.Circulate) -> None:
    named = set(action.to) - {turn.role}
    if not named or not named <= turn.present():
        raise RefusedError("invalid_action", "Name at least one other delegation at this table.", path="to")
    audience = in_order(turn.rules, {turn.role, *named})
    before = sum(turn.audience_of(one) == audience for one in turn.state.proposals)
    proposal = ProposalId("p" + token(turn.state.seed, "circulated", *audience, before))
    package = whole(turn.rules, action.options)
    turn.emit(
        facts.Circulated(
            at=turn.now,
            audience=audience,
            proposal=proposal,
            sponsor=turn.role,
            to=in_order(turn.rules, named),
            package=package,
            digest=digest_of(proposal, 1, package),
            note=turn.note(action.note, "note"),
        )
    )


def _table(turn: Turn, action: asked.Table) -> None:
    no_obstacle(table_obstacle(turn.rules, turn.state, turn.role))
    number = turn.state.tabled + 1
    proposal = ProposalId("p" + token(turn.state.seed, "tabled", number))
    package = whole(turn.rules, action.options)
    if not any(package):
        raise RefusedError(
            "illegal_action",
            "This text changes nothing: choose a new wording in at least one article.",
            rule="table.change",
        )
    turn.emit(
        facts.Tabled(
            at=turn.now,
            proposal=proposal,
            number=number,
            sponsor=turn.role,
            package=package,
            digest=digest_of(proposal, 1, package),
            note=turn.note(action.note, "note"),
        )
    )
    moments.text_put(turn, proposal)


def _amend(turn: Turn, action: asked.Amend) -> None:
    text = turn.as_read(action.proposal)
    check(turn, "amend", text)
    package = changed(turn.rules, text.package, action.options)
    if package == text.package:
        raise RefusedError("illegal_action", "This amendment changes nothing in the text.", rule="amend.change")
    note = turn.note(action.note, "note")
    if text.sponsor == turn.role:
        _new_version(turn, text, package, None, note)
        return
    before = len(text.amendments)
    turn.emit(
        facts.AmendmentProposed(
            at=turn.now,
            audience=turn.audience_of(text),
            proposal=text.id,
            amendment=AmendmentId("a" + token(turn.state.seed, "amendment", text.id, before)),
            role=turn.role,
            version=text.version,
            package=package,
            note=note,
        )
    )


def _new_version(turn: Turn, text: Proposal, package: Package, amendment: Amendment | None, note: str) -> None:
    version = text.version + 1
    turn.emit(
        facts.VersionMade(
            at=turn.now,
            audience=turn.audience_of(text),
            proposal=text.id,
            version=version,
            package=package,
            digest=digest_of(text.id, version, package),
            role=turn.role,
            amendment=None if amendment is None else amendment.id,
            note=note,
        )
    )
    moments.text_put(turn, text.id)


def _accept(turn: Turn, action: asked.AcceptAmendment) -> None:
    text = turn.as_read(action.proposal)
    check(turn, "accept_amendment", text)
    for amendment in text.amendments:
        if amendment.id == action.amendment and amendment.status == "open":
            _new_version(turn, text, amendment.package, amendment, amendment.note)
            return
    raise RefusedError("invalid_action", "There is no such open amendment.", path="amendment")


def _support(turn: Turn, action: asked.Support) -> None:
    text = turn.as_read(action.proposal)
    check(turn, "support", text)
    if action.position == "no" and (action.issue is None or action.aspect is None):
        raise RefusedError(
            "invalid_action",
            "A no names the article that stands in the way, and why: its aspect.",
            rule="support.reason",
            path="issue" if action.issue is None else "aspect",
        )
    if action.issue is not None:
        checked_options(turn.rules, {action.issue: 0})
    if action.aspect is not None and action.aspect not in {one.id for one in turn.rules.aspects}:
        known = ", ".join(one.id for one in turn.rules.aspects)
        raise RefusedError("invalid_action", f"The aspects are {known}.", path="aspect")
    turn.emit(
        facts.Supported(
            at=turn.now,
            audience=turn.audience_of(text),
            proposal=text.id,
            version=text.version,
            role=turn.role,
            position=action.position,
            issue=action.issue,
            aspect=action.aspect,
            reason=turn.note(action.reason, "reason"),
        )
    )
