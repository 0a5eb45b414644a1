"""A view's sections: what each is built from, of which fields of the state, and whether all viewers see the same.

A property test holds these declarations against whole views.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from msgspec import Struct

from threebirds_rules.state import Channel, Proposal
from threebirds_rules.views import table, texts, treaty
from threebirds_rules.views.between import scoring_of
from threebirds_rules.views.changes import Change, built, difference
from threebirds_rules.views.lens import Lens

Item = TypeVar("Item")
Sources = tuple[object, ...]


class Section(Struct, frozen=True):
    """One field of the view; it can differ only if one of these `fields` of the state does."""

    build: Callable[[Lens], object]
    fields: frozenset[str]


class Listing(Struct, Generic[Item], frozen=True):
    """A field that is a list which mostly grows, of things that change one by one: each has sources of its own."""

    items: Callable[[Lens], tuple[Item, ...]]
    build: Callable[[Lens, Item], object]
    sources: Callable[[Lens, Item], Sources]


def _of(*fields: str) -> frozenset[str]:
    return frozenset(fields)


ALIKE: dict[str, Section] = {
    "status": Section(table.status, _of("status")),
    "treaty": Section(treaty.treaty, _of("switches")),
    "bodies": Section(treaty.bodies, _of("seats", "offsets")),
    "clock": Section(table.clock, _of("status", "phase", "opened_at", "closes_at", "paused_at")),
    "people": Section(table.people, _of("people", "muted")),
    "seats": Section(table.seats, _of("seats")),
    "tracks": Section(treaty.tracks, _of("tracks")),
    "announcements": Section(table.announcements, _of("announcements")),
    "outcome": Section(table.outcome, _of("outcome")),
}
"""The same for every viewer."""

BUT_FOR_THE_DESK: dict[str, Section] = {"ballot": Section(texts.ballot, _of("ballot", "paused_at", "seats"))}
"""The same for every viewer but the facilitator, who sees more."""

ALIKE_FIELDS = frozenset[str]().union(*(one.fields for one in (*ALIKE.values(), *BUT_FOR_THE_DESK.values())))

OWN: dict[str, Section] = {
    "cards": Section(table.cards, _of("cards")),
    "mandate": Section(treaty.mandate, _of()),
    "replacements": Section(treaty.replacements, _of("replacements")),
    "draft": Section(texts.draft, _of("drafts")),
    "mechanics": Section(table.mechanics, _of("progress", "round", "phase", "status", "cards")),
}
"""As the viewer sees it: each may differ besides whenever scores do, which is also when a seat is taken or lost."""


def _proposal(lens: Lens, proposal: Proposal) -> Sources:
    ballot = lens.state.ballot
    voted = ballot is not None and ballot.proposal == proposal.id
    return (proposal, ballot if voted else None, lens.role, *scoring_of(lens.state))


def _channel(lens: Lens, channel: Channel) -> Sources:
    return (channel, lens.state.people)


PROPOSALS = Listing(texts.seen_proposals, texts.proposal_view, _proposal)
CHANNELS = Listing(table.seen_channels, table.channel_view, _channel)


def listing_changes(name: str, listing: Listing[Item], old: Lens, new: Lens) -> list[Change]:
    """Item by item: right whatever has changed."""
    before, after = listing.items(old), listing.items(new)
    if len(before) > len(after):
        return [((name,), built([listing.build(new, item) for item in after]))]
    changed = [
        change
        for place, (was, now) in enumerate(zip(before, after, strict=False))
        if listing.sources(old, was) != listing.sources(new, now)
        for change in difference(listing.build(old, was), listing.build(new, now), (name, place))
    ]
    added: list[Change] = [
        ((name, place), built(listing.build(new, after[place]))) for place in range(len(before), len(after))
    ]
    return [*changed, *added]
