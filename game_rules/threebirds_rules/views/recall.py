"""What was last worked out for the viewers of one table, each with what it was worked out from.

An entry is used again only if it was made of the very same things, or of an equal position: never by age.
"""

from operator import is_

from threebirds_rules.legal import LegalParts
from threebirds_rules.mandate import Position
from threebirds_rules.names import ProposalId, RoleId
from threebirds_rules.play import position
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import Scorer, mandate
from threebirds_rules.state import Proposal, State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.shapes import BodyReading


class Recall:
    """One for each table and its rules, kept from event to event; without one everything is worked out again."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._scorers: dict[RoleId, tuple[tuple[object, ...], Position, Scorer]] = {}
        self._legal: dict[Viewer, tuple[State, LegalParts]] = {}
        self._readings: dict[ProposalId, tuple[tuple[object, ...], tuple[BodyReading, ...]]] = {}

    def scorer(self, role: RoleId, state: State) -> Scorer:
        """Few events move anything that touches scores."""
        sources = (
            state.seats,
            state.switches,
            state.rekey,
            state.woken,
            state.tracks,
            state.shifts,
            state.offsets,
        )
        last = self._scorers.get(role)
        if last is not None and all(map(is_, last[0], sources)):
            return last[2]
        now = position(state)
        scorer = Scorer(mandate(self._rules, role, now)) if last is None or last[1] != now else last[2]
        self._scorers[role] = (sources, now, scorer)
        return scorer

    def legal(self, state: State, viewer: Viewer) -> LegalParts | None:
        last = self._legal.get(viewer)
        return last[1] if last is not None and last[0] is state else None

    def keep_legal(self, state: State, viewer: Viewer, parts: LegalParts) -> None:
        self._legal[viewer] = (state, parts)

    def legal_stays(self, before: State, after: State) -> None:
        """What all viewers may do is what they might before."""
        for viewer, (state, parts) in self._legal.items():
            if state is before:
                self._legal[viewer] = (after, parts)

    def readings(self, state: State, proposal: Proposal) -> tuple[BodyReading, ...] | None:
        """How the bodies stand on a text."""
        last = self._readings.get(proposal.id)
        if last is None:
            return None
        return last[1] if all(map(is_, last[0], _read(state, proposal))) else None

    def keep_readings(self, state: State, proposal: Proposal, readings: tuple[BodyReading, ...]) -> None:
        self._readings[proposal.id] = (_read(state, proposal), readings)


def _read(state: State, proposal: Proposal) -> tuple[object, ...]:
    return (proposal.versions, proposal.opinions, proposal.counted, state.ballot, state.seats)
