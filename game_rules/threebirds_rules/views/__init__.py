"""What each viewer may know: built field by field, so that nothing leaves by being forgotten."""

from collections.abc import Callable

from threebirds_rules.events import Event
from threebirds_rules.evolve import evolve
from threebirds_rules.play import seated
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views import table, texts, treaty
from threebirds_rules.views.changes import Change, built, difference
from threebirds_rules.views.legal import legal_for
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.shapes import Legal, View


def view(rules: RuleSet, state: State, viewer: Viewer) -> View:
    """Everything `viewer` may know of the table, and what it may do now."""
    lens = Lens(rules, state, viewer)
    return View(
        viewer=str(viewer),
        status=table.status(lens),
        treaty=treaty.treaty(lens),
        bodies=treaty.bodies(lens),
        clock=table.clock(lens),
        people=table.people(lens),
        seats=table.seats(lens),
        tracks=treaty.tracks(lens),
        cards=table.cards(lens),
        mandate=treaty.mandate(lens),
        draft=texts.draft(lens),
        proposals=texts.proposals(lens),
        ballot=texts.ballot(lens),
        channels=table.channels(lens),
        outcome=table.outcome(lens),
        legal=legal_for(lens),
    )


def legal(rules: RuleSet, state: State, viewer: Viewer) -> tuple[Legal, ...]:
    """What `viewer` may do now, with parameter choices: the same list as in its view."""
    return legal_for(Lens(rules, state, viewer))


def view_changes(rules: RuleSet, state: State, event: Event, viewer: Viewer) -> list[Change]:
    """The replacements that turn the view before `event` into the one after it, byte for byte."""
    return changes_between(rules, state, evolve(rules, state, event), viewer)


def changes_between(rules: RuleSet, before: State, after: State, viewer: Viewer) -> list[Change]:
    """The same for two states of one table. A section is built only if something it is built from changed."""
    old, new = Lens(rules, before, viewer), Lens(rules, after, viewer)
    return [
        change
        for name, build in SECTIONS.items()
        if SOURCES[name](old) != SOURCES[name](new)
        for change in difference(built(build(old)), built(build(new)), (name,))
    ]


Source = Callable[[Lens], tuple[object, ...]]

SECTIONS: dict[str, Callable[[Lens], object]] = {
    "status": table.status,
    "treaty": treaty.treaty,
    "bodies": treaty.bodies,
    "clock": table.clock,
    "people": table.people,
    "seats": table.seats,
    "tracks": treaty.tracks,
    "cards": table.cards,
    "mandate": treaty.mandate,
    "draft": texts.draft,
    "proposals": texts.proposals,
    "ballot": texts.ballot,
    "channels": table.channels,
    "outcome": table.outcome,
    "legal": legal_for,
}
"""Every field of a view but the viewer's name, with the function that builds it."""


def _scores(lens: Lens) -> tuple[object, ...]:
    state = lens.state
    here = (lens.role, seated(state), state.switches, state.woken)
    return (*here, state.tracks, state.shifts, state.offsets)


def _clock(lens: Lens) -> tuple[object, ...]:
    state = lens.state
    return (state.status, state.phase, state.closes_at, state.paused_at)


def _everything(lens: Lens) -> tuple[object, ...]:
    return (lens.state,)


SOURCES: dict[str, Source] = {
    "status": lambda lens: (lens.state.status,),
    "treaty": lambda lens: (lens.state.switches,),
    "bodies": lambda lens: (seated(lens.state), lens.state.offsets),
    "clock": _clock,
    "people": lambda lens: (lens.state.people,),
    "seats": lambda lens: (lens.state.seats,),
    "tracks": lambda lens: (lens.state.tracks,),
    "cards": lambda lens: (lens.role, lens.state.cards),
    "mandate": _scores,
    "draft": lambda lens: (lens.role, lens.role and lens.state.drafts.get(lens.role)),
    "proposals": lambda lens: (*_scores(lens), lens.state.proposals, lens.state.ballot),
    "ballot": lambda lens: (lens.state.ballot, lens.state.paused_at),
    "channels": lambda lens: (lens.role, lens.state.channels, lens.state.people),
    "outcome": lambda lens: (lens.state.outcome,),
    "legal": _everything,
}
"""What of the state each section is built from. A property test holds this against whole views."""
