"""The engine in one place: decide, evolve, and what each viewer sees of it. No I/O, clock, chance or logging."""

from threebirds_rules.decide import advance, decide, exchange
from threebirds_rules.evolve import evolve
from threebirds_rules.play import next_due_at
from threebirds_rules.steps import Step, steps
from threebirds_rules.views import Exchange, Passage, Recall, changes_between, legal, view, view_changes
from threebirds_rules.views.changes import apply_changes, canonical
from threebirds_rules.views.seat_events import may_see, seat_event

__all__ = [
    "Exchange",
    "Passage",
    "Recall",
    "Step",
    "advance",
    "apply_changes",
    "canonical",
    "changes_between",
    "decide",
    "evolve",
    "exchange",
    "legal",
    "may_see",
    "next_due_at",
    "seat_event",
    "steps",
    "view",
    "view_changes",
]
