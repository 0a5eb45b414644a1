"""A whole view, built field by field, so that nothing leaves by being forgotten."""

from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views import table, texts, treaty
from threebirds_rules.views.legal import legal_for
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.recall import Recall
from threebirds_rules.views.shapes import View


def view(rules: RuleSet, state: State, viewer: Viewer, recall: Recall | None = None) -> View:
    """Everything `viewer` may know of the table, and what it may do now. Looks at one table may share a `recall`."""
    lens = Lens(rules, state, viewer, recall)
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
        announcements=table.announcements(lens),
        replacements=treaty.replacements(lens),
        outcome=table.outcome(lens),
        mechanics=table.mechanics(lens),
        legal=legal_for(lens),
    )
