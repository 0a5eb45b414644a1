"""From one state of a table to the next, as every viewer may see it.

Most events touch little: one message, one opinion. What they cannot have touched is not looked at, and what all
viewers see alike is worked out once. A property test compares the outcome with whole views.
"""

from collections.abc import Mapping, Sequence

from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.between import ANYBODY, Between
from threebirds_rules.views.changes import Change, difference
from threebirds_rules.views.legal_changes import LegalChanges
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.recall import Recall
from threebirds_rules.views.sections import ALIKE, ALIKE_FIELDS, BUT_FOR_THE_DESK, OWN, Section
from threebirds_rules.views.talk_changes import TalkChanges
from threebirds_rules.views.text_changes import TextChanges

DESK = Viewer("facilitator")


class Passage:
    """For the viewers of one table, one after the other; a `recall` of these rules may be kept for the next one."""

    def __init__(self, rules: RuleSet, before: State, after: State, recall: Recall | None = None) -> None:
        self._between = Between(rules, before, after, Recall(rules) if recall is None else recall)
        texts, talk = TextChanges(self._between), TalkChanges(self._between)
        legal = LegalChanges(self._between, texts, talk)
        alike = self._sections(ALIKE, ANYBODY)
        public = alike + self._sections(BUT_FOR_THE_DESK, ANYBODY) + texts.alike
        desk = alike + self._sections(BUT_FOR_THE_DESK, DESK) + texts.alike + talk.heard
        self._inside = public + talk.heard
        self._elsewhere = {"public": public, "facilitator": desk}
        self._own = self._own_sections()
        self._parts = [part for part in (texts, talk, legal) if part.roles is None or part.roles]

    def changes(self, viewer: Viewer) -> Sequence[Change]:
        """The replacements that turn the viewer's view before into the one after.

        Those who see nothing of their own get the very same list.
        """
        own = self._own_changes(viewer) if self._own else []
        for part in self._parts:
            if part.roles is None or viewer.role in part.roles:
                own += part.seen(viewer)
        alike = self._elsewhere.get(viewer.kind, self._inside)
        return [*alike, *own] if own else alike

    def _own_changes(self, viewer: Viewer) -> list[Change]:
        old, new = self._between.old(viewer), self._between.new(viewer)
        return [
            change for name in self._own for change in difference(OWN[name].build(old), OWN[name].build(new), (name,))
        ]

    def _sections(self, sections: Mapping[str, Section], viewer: Viewer) -> list[Change]:
        """As this viewer sees them, and others with it."""
        moved = self._between.moved
        if moved.isdisjoint(ALIKE_FIELDS):
            return []
        old, new = self._between.old(viewer), self._between.new(viewer)
        changed = {name: section for name, section in sections.items() if not moved.isdisjoint(section.fields)}
        return [
            change
            for name, section in changed.items()
            for change in difference(_built(name, section, old), _built(name, section, new), (name,))
        ]

    def _own_sections(self) -> list[str]:
        if self._between.scoring:
            return list(OWN)
        return [name for name, section in OWN.items() if not self._between.moved.isdisjoint(section.fields)]


def _built(name: str, section: Section, lens: Lens) -> object:
    sources = tuple([getattr(lens.state, field) for field in section.fields])
    return lens.recall.again((name, lens.facilitates), sources, lambda: section.build(lens))
