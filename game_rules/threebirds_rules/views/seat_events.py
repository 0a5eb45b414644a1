"""An event as one viewer may see it: an allow-list of fields for every kind."""

from collections.abc import Mapping

from threebirds_rules import events as facts
from threebirds_rules.events import Event
from threebirds_rules.mechanics.facts import SHOWN as MECHANICS_SHOWN
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.tagged import Fact
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.changes import Built, built
from threebirds_rules.views.table import shown_channel

SHOWN: Mapping[type[Fact], tuple[str, ...]] = {
    facts.TableOpened: ("roles", "switches", "variant"),
    facts.PersonJoined: ("person", "name"),
    facts.PersonSeated: ("person", "role"),
    facts.PersonLeft: ("person",),
    facts.HeadChanged: ("role", "person"),
    facts.SeatHandedToBot: ("role", "bot"),
    facts.SeatDropped: ("role",),
    facts.TableStarted: (),
    facts.PhaseOpened: ("phase", "round", "closes_at"),
    facts.PhaseClosed: ("phase", "reason"),
    facts.CardDrawn: ("card", "round"),
    facts.Said: ("message", "channel", "role", "person", "text"),
    facts.Drafted: ("role", "options"),
    facts.Circulated: ("proposal", "sponsor", "to", "package", "digest", "note"),
    facts.Tabled: ("proposal", "number", "sponsor", "package", "digest", "note"),
    facts.AmendmentProposed: ("proposal", "amendment", "role", "version", "package", "note"),
    facts.VersionMade: ("proposal", "version", "package", "digest", "role", "amendment", "note"),
    facts.Withdrawn: ("proposal",),
    facts.Supported: ("proposal", "version", "role", "position", "issue", "aspect", "reason"),
    facts.VoteCalled: ("proposal", "version", "role", "closes_at"),
    facts.VoteCast: ("proposal", "role", "choice", "issue", "reason"),
    facts.ClosingBegan: ("proposal", "closes_at"),
    facts.VoteCounted: ("proposal", "version", "adopted", "bodies"),
    facts.Passed: ("role",),
    facts.Attended: ("role",),
    facts.TakenBack: ("role", "undone", "ref", "channel", "proposal"),
    facts.TablePaused: (),
    facts.TableResumed: ("closes_at", "ballot_closes_at"),
    facts.PhaseExtended: ("seconds", "closes_at", "ballot_closes_at"),
    facts.TimeGivenBack: ("since", "until", "closes_at", "ballot_closes_at"),
    facts.RulesReplaced: (),
    facts.Injected: ("card", "round", "title", "text"),
    facts.Announced: ("text",),
    facts.PersonMuted: ("person", "muted"),
    facts.MessageHidden: ("message", "channel"),
    facts.VoteReopened: ("proposal", "version", "closes_at"),
    facts.PresenceRuled: ("proposal", "role", "present"),
    facts.TableEnded: ("result", "proposal", "ending", "reservations", "results"),
    **MECHANICS_SHOWN,
}
"""What leaves of each kind. A card's shifts stay: each seat finds its own in its view.

A digest stays, too: it covers everybody's numbers.
"""

TALK = (facts.Said, facts.TakenBack, facts.MessageHidden)


def seat_event(
    rules: RuleSet,  # noqa: ARG001  # the five functions of the engine share one shape
    state: State,  # noqa: ARG001
    event: Event,
    viewer: Viewer,
) -> dict[str, Built] | None:
    """`kind`, `at` and the fields that `viewer` may see; None if it may not know that anything happened.

    Two viewers of one kind who may know of it see the same.
    """
    if not may_see(event, viewer):
        return None
    fields: dict[str, Built] = {"kind": str(event.__struct_config__.tag), "at": event.at}
    for name in SHOWN[type(event)]:
        fields[name] = built(getattr(event, name))
    if isinstance(event, TALK) and event.channel is not None and viewer.kind != "facilitator":
        fields["channel"] = shown_channel(event.channel)
    return fields


def may_see(event: Event, viewer: Viewer) -> bool:
    """Whether a viewer may know that it happened. The wall shows no talk, whoever may read it at the table."""
    if viewer.kind == "facilitator":
        return True
    if viewer.kind == "public" and isinstance(event, TALK) and event.channel is not None:
        return False
    return event.audience is None or viewer.role in event.audience
