"""A view's sections, what of the state each is built from, and so which of them an event can have changed.

A property test holds these declarations against whole views.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from msgspec import Struct

from threebirds_rules.play import seated
from threebirds_rules.state import Channel, Proposal
from threebirds_rules.views import table, texts, treaty
from threebirds_rules.views.changes import Change, built, difference
from threebirds_rules.views.legal import legal_for
from threebirds_rules.views.lens import Lens

Item = TypeVar("Item")
Sources = tuple[object, ...]


class Section(Struct, frozen=True):
    """One field of the view; built anew only if its `sources` differ."""

    build: Callable[[Lens], object]
    sources: Callable[[Lens], Sources]


class Listing(Struct, Generic[Item], frozen=True):
    """A field that is a list which only grows, of things that change one by one: each has sources of its own."""

    items: Callable[[Lens], tuple[Item, ...]]
    build: Callable[[Lens, Item], object]
    sources: Callable[[Lens, Item], Sources]


def _scores(lens: Lens) -> Sources:
    """What a seat's points hang on."""
    state = lens.state
    here = (lens.role, seated(state), state.switches, state.woken)
    return (*here, state.tracks, state.shifts, state.offsets)


def _clock(lens: Lens) -> Sources:
    state = lens.state
    return (state.status, state.phase, state.closes_at, state.paused_at)


def _draft(lens: Lens) -> Sources:
    return (lens.role, None if lens.role is None else lens.state.drafts.get(lens.role))


def _proposal(lens: Lens, proposal: Proposal) -> Sources:
    ballot = lens.state.ballot
    voted = ballot is not None and ballot.proposal == proposal.id
    return (proposal, ballot if voted else None, *_scores(lens))


def _channel(lens: Lens, channel: Channel) -> Sources:
    return (channel, lens.state.people)


SECTIONS: dict[str, Section] = {
    "status": Section(table.status, lambda lens: (lens.state.status,)),
    "treaty": Section(treaty.treaty, lambda lens: (lens.state.switches,)),
    "bodies": Section(treaty.bodies, lambda lens: (seated(lens.state), lens.state.offsets)),
    "clock": Section(table.clock, _clock),
    "people": Section(table.people, lambda lens: (lens.state.people,)),
    "seats": Section(table.seats, lambda lens: (lens.state.seats,)),
    "tracks": Section(treaty.tracks, lambda lens: (lens.state.tracks,)),
    "cards": Section(table.cards, lambda lens: (lens.role, lens.state.cards)),
    "mandate": Section(treaty.mandate, _scores),
    "draft": Section(texts.draft, _draft),
    "ballot": Section(texts.ballot, lambda lens: (lens.state.ballot, lens.state.paused_at)),
    "outcome": Section(table.outcome, lambda lens: (lens.state.outcome,)),
    "legal": Section(legal_for, lambda lens: (lens.state,)),
}

PROPOSALS = Listing(texts.seen_proposals, texts.proposal_view, _proposal)
CHANNELS = Listing(table.seen_channels, table.channel_view, _channel)


def section_changes(old: Lens, new: Lens) -> list[Change]:
    """The replacements that turn the view through `old` into the one through `new`."""
    single = [
        change
        for name, section in SECTIONS.items()
        if section.sources(old) != section.sources(new)
        for change in difference(built(section.build(old)), built(section.build(new)), (name,))
    ]
    return [
        *single,
        *_listing_changes("proposals", PROPOSALS, old, new),
        *_listing_changes("channels", CHANNELS, old, new),
    ]


def _listing_changes(name: str, listing: Listing[Item], old: Lens, new: Lens) -> list[Change]:
    before, after = listing.items(old), listing.items(new)
    if len(before) > len(after):
        return [((name,), built([listing.build(new, item) for item in after]))]
    changed = [
        change
        for place, (was, now) in enumerate(zip(before, after, strict=False))
        if listing.sources(old, was) != listing.sources(new, now)
        for change in difference(built(listing.build(old, was)), built(listing.build(new, now)), (name, place))
    ]
    added: list[Change] = [
        ((name, place), built(listing.build(new, after[place]))) for place in range(len(before), len(after))
    ]
    return [*changed, *added]
