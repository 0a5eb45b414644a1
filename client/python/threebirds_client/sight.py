"""Questions that a strategy asks of its view."""

from threebirds_rules.actions import Given
from threebirds_rules.names import Package, ProposalId, RoleId
from threebirds_rules.views.shapes import (
    AmendmentView,
    Legal,
    ProposalView,
    SeatView,
    SupportView,
    VersionView,
    View,
)


def own_seat(view: View) -> SeatView | None:
    """The seat whose view it is; None if nobody sits there (an observer, the facilitator)."""
    return next((seat for seat in view.seats if view.viewer == f"seat:{seat.role}"), None)


def may(view: View, kind: str) -> Legal | None:
    """What `legal` says of this kind of action; None if it is not possible now."""
    return next((legal for legal in view.legal if legal.kind == kind), None)


def texts_for(view: View, kind: str) -> tuple[ProposalView, ...]:
    """The texts on which this kind of action is possible now, in the order in which they came."""
    legal = may(view, kind)
    return () if legal is None else tuple(text for text in view.proposals if text.id in legal.proposals)


def text_named(view: View, proposal: ProposalId) -> ProposalView | None:
    return next((text for text in view.proposals if text.id == proposal), None)


def latest(text: ProposalView) -> VersionView:
    return text.versions[-1]


def package_of_text(text: ProposalView) -> Package:
    return latest(text).package


def as_read(text: ProposalView) -> Given:
    """That this very version was read: what an answer to a text is sent with."""
    version = latest(text)
    return Given(proposal=text.id, version=version.version, digest=version.digest)


def opinion_of(text: ProposalView, role: RoleId) -> SupportView | None:
    return next((support for support in text.supports if support.role == role), None)


def open_amendments(text: ProposalView) -> tuple[AmendmentView, ...]:
    return tuple(amendment for amendment in text.amendments if amendment.status == "open")


def phase_began_at(view: View) -> int:
    """When the phase opened; 0 without a clock."""
    return 0 if view.clock is None else view.clock.opened_at
