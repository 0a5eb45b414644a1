"""What has become of what a viewer may do.

Another moment asks for all of it anew, anything else for a few kinds: what a seat does with texts that stand open, what
it may take back, and where it speaks. The vote hangs on the moment alone, since a text does not change during it.
"""

from collections.abc import Set

from threebirds_rules.legal import LegalParts
from threebirds_rules.names import RoleId
from threebirds_rules.procedure import ANSWERS
from threebirds_rules.views.between import Between
from threebirds_rules.views.changes import Change, difference
from threebirds_rules.views.legal import DESK, PROCEDURE, legal_parts, listed, procedure_of, renewed, standing_of
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.talk_changes import TalkChanges
from threebirds_rules.views.text_changes import TextChanges


class LegalChanges:
    def __init__(self, between: Between, texts: TextChanges, talk: TalkChanges) -> None:
        before, after = between.before, between.after
        self._between = between
        self._talk = talk
        self._moment = not between.moved.isdisjoint(PROCEDURE) and procedure_of(before) != procedure_of(after)
        self._back: Set[RoleId] = before.undoable.keys() ^ after.undoable.keys()
        self._texts = bool(texts.added) or any(standing_of(was) != standing_of(now) for _, was, now in texts.touched)
        self._amended = {now.sponsor for _, was, now in texts.touched if was.amendments is not now.amendments}
        self._desk = not between.moved.isdisjoint(DESK)
        self.any = self._desk or bool(self._back) or bool(talk.opened)
        if not self.any:
            between.recall.legal_stays(before, after)

    def seen(self, new: Lens) -> list[Change]:
        recall, viewer = self._between.recall, new.viewer
        before = recall.legal(self._between.before, viewer)
        if before is None:
            before = legal_parts(self._between.old(viewer))
        anew = self._moment or (self._desk and new.facilitates)
        after = legal_parts(new) if anew else self._renewed(new, before)
        recall.keep_legal(new.state, viewer, after)
        return [] if after is before else difference(listed(before), listed(after), ("legal",))

    def _renewed(self, new: Lens, before: LegalParts) -> LegalParts:
        """Of what a seat does, only some kinds may be other than before while the moment is the same."""
        role = new.role
        if role is None:
            return before
        changed = {"take_back"} if role in self._back else set[str]()
        if self._texts:
            changed.update(ANSWERS, ("call_vote", "table"))
        elif role in self._amended:
            changed.add("accept_amendment")
        if self._talk.opened_for(new):
            changed.add("say")
        return renewed(new, before, changed) if changed else before
