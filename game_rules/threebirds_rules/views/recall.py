"""What was last worked out for the viewers of one table, each with what it was worked out from.

An entry is used again only if it was made of equal things: never by age.
"""

from collections.abc import Callable, Hashable, Mapping
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import to_builtins

from threebirds_rules.legal import Legal, LegalParts
from threebirds_rules.mandate import Mandate, Position
from threebirds_rules.names import Package, RoleId
from threebirds_rules.play import SCORING_FIELDS, position, seated
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import Panel, Scorer, mandate
from threebirds_rules.state import Proposal, State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.changes import Built, built
from threebirds_rules.views.shapes import OwnScore

Made = TypeVar("Made")

_scoring = attrgetter(*SCORING_FIELDS)


class Recall:
    """One for each table and its rules, kept from event to event; without one everything is worked out again."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._kept: dict[Hashable, tuple[tuple[object, ...], Any]] = {}
        self._legal: tuple[State | None, dict[Viewer, LegalParts]] = (None, {})
        self._plain: dict[tuple[Viewer, str], tuple[Legal, Built]] = {}

    def again(self, name: Hashable, sources: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What `make` gives, which looks at nothing but the `sources` and the rules."""
        last = self._kept.get(name)
        if last is not None and last[0] == sources:
            return last[1]
        made = make()
        self._kept[name] = (sources, made)
        return made

    def seated(self, state: State) -> tuple[RoleId, ...]:
        return self.again("seated", (state.seats,), lambda: seated(state))

    def position(self, state: State) -> Position:
        return self.again("position", _scoring(state), lambda: position(state))

    def mandate(self, role: RoleId, state: State) -> Mandate:
        return self._mandate(role, self.position(state))

    def _mandate(self, role: RoleId, now: Position) -> Mandate:
        return self.again(("mandate", role), (now,), lambda: mandate(self._rules, role, now))

    def scorer(self, role: RoleId, state: State) -> Scorer:
        """Takes ten times as long to make as the mandate alone."""
        own = self.mandate(role, state)
        return self.again(("scorer", role), (own,), lambda: Scorer(own))

    def own_scores(self, state: State, proposal: Proposal) -> Mapping[RoleId, OwnScore]:
        """What a text is worth to each who sits here, for its own eyes."""
        now, package = self.position(state), proposal.package
        return self.again(("own", proposal.id), (now, package), lambda: self._worth(now, package))

    def _worth(self, now: Position, package: Package) -> Mapping[RoleId, OwnScore]:
        panel = self.again("panel", (now,), lambda: Panel([self._mandate(role, now) for role in now.seated]))
        return {
            own.role: OwnScore(score=points, needed=needed, surplus=points - own.walk_away)
            for own, (points, needed) in zip(panel.mandates, panel.scores_and_needs(package), strict=True)
        }

    def legal(self, state: State) -> dict[Viewer, LegalParts]:
        """What viewers may do, as far as it is known."""
        return self._legal[1] if self._legal[0] is state else {}

    def keep_legal(self, state: State, known: dict[Viewer, LegalParts]) -> None:
        """It may still be completed."""
        self._legal = (state, known)

    def plain(self, viewer: Viewer, one: Legal) -> Built:
        """As `built` has it; most of what a viewer may do is the very same as before."""
        key = (viewer, one.kind)
        last = self._plain.get(key)
        if last is None or last[0] is not one:
            self._plain[key] = last = (one, _plain(one))
        return last[1]


def _plain(one: Legal) -> Built:
    """As `built` has it, in half of the time."""
    shown: dict[str, Built] = to_builtins(one)
    return {
        name: value if name == "kind" else [*value] if isinstance(value, tuple) else built(value)
        for name, value in shown.items()
    }
