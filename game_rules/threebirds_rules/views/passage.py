"""From one state of a table to the next, as every viewer may see it.

Most events touch little: one message, one opinion. What they cannot have touched is not looked at, and what all
viewers see alike is worked out once. A property test compares the outcome with whole views.
"""

from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.between import Between
from threebirds_rules.views.changes import Change, difference
from threebirds_rules.views.legal_changes import LegalChanges
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.recall import Recall
from threebirds_rules.views.sections import ALIKE, OWN
from threebirds_rules.views.talk_changes import TalkChanges
from threebirds_rules.views.text_changes import TextChanges


class Passage:
    """For the viewers of one table, one after the other; a `recall` of these rules may be kept for the next one."""

    def __init__(self, rules: RuleSet, before: State, after: State, recall: Recall | None = None) -> None:
        self._between = Between(rules, before, after, Recall(rules) if recall is None else recall)
        self._alike = self._sections_alike()
        self._own = self._own_sections()
        self._texts = TextChanges(self._between)
        self._talk = TalkChanges(self._between)
        self._legal = LegalChanges(self._between, self._texts, self._talk)

    def changes(self, viewer: Viewer) -> list[Change]:
        """The replacements that turn the viewer's view before into the one after."""
        new = self._between.new(viewer)
        changes = self._alike.copy()
        if self._own:
            changes += self._own_changes(new)
        if self._texts.any:
            changes += self._texts.seen(new)
        if self._talk.any:
            changes += self._talk.seen(new)
        if self._legal.any:
            changes += self._legal.seen(new)
        return changes

    def _own_changes(self, new: Lens) -> list[Change]:
        old = self._between.old(new.viewer)
        return [
            change for name in self._own for change in difference(OWN[name].build(old), OWN[name].build(new), (name,))
        ]

    def _sections_alike(self) -> list[Change]:
        between = self._between
        return [
            change
            for name, section in ALIKE.items()
            if not between.moved.isdisjoint(section.fields)
            for change in difference(section.build(between.was), section.build(between.now), (name,))
        ]

    def _own_sections(self) -> list[str]:
        if self._between.scoring:
            return list(OWN)
        return [name for name, section in OWN.items() if not self._between.moved.isdisjoint(section.fields)]
