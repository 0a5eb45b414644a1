"""What has become of what a viewer may do.

Another moment asks for all of it anew, anything else for a few kinds: what a seat does with texts that stand open, what
it may take back, and where it speaks. The vote hangs on the moment alone, since a text does not change during it.
"""

from collections.abc import Sequence, Set
from typing import cast

from msgspec.structs import replace

from threebirds_rules.legal import Legal, LegalParts
from threebirds_rules.names import ProposalId, RoleId
from threebirds_rules.procedure import ANSWERS
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.between import Between
from threebirds_rules.views.changes import Change, difference
from threebirds_rules.views.legal import (
    DESK,
    PROCEDURE,
    legal_parts,
    listed,
    open_with,
    procedure_of,
    renewed,
    standing_of,
)
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
        self._texts = len(texts.added) > 1 or any(standing_of(one.was) != standing_of(one.now) for one in texts.touched)
        self._reworded = any(one.was.package != one.now.package for one in texts.touched)
        self._added = texts.added[0] if len(texts.added) == 1 and not self._texts else None
        self._amended = {one.now.sponsor for one in texts.touched if one.was.amendments is not one.now.amendments}
        # A text on the table is put to the vote by the last phase, which the desk then cannot close by other rules.
        self._desk = self._texts or self._added is not None or not between.moved.isdisjoint(DESK)
        self.roles = self._concerned()
        self._before = self._after = between.recall.legal(before)
        if self.roles is None:
            self._after = dict[Viewer, LegalParts]()
        elif self.roles:
            roles = self.roles
            self._after = {viewer: parts for viewer, parts in self._before.items() if viewer.role not in roles}
        between.recall.keep_legal(after, self._after)

    def _concerned(self) -> Set[RoleId | None] | None:
        if self._moment:
            return None
        desk = {None} if self._desk else set[RoleId | None]()
        opened = [one.members for one in self._talk.opened]
        if self._texts or self._reworded or self._added is not None or None in opened:
            return desk.union([seat.role for seat in self._between.after.seats])
        return desk.union(self._back, self._amended, *(members for members in opened if members is not None))

    def seen(self, viewer: Viewer) -> list[Change]:
        """Who neither has a seat nor is the facilitator may do nothing, whatever happens."""
        if viewer.kind in ("observer", "public"):
            return []
        new = self._between.new(viewer)
        before = self._before.get(viewer)
        if before is None:
            before = legal_parts(self._between.old(viewer))
        self._after[viewer], changes = self._moved(new, before)
        return changes

    def _moved(self, new: Lens, before: LegalParts) -> tuple[LegalParts, list[Change]]:
        if self._moment or new.facilitates:
            after = legal_parts(new)
        else:
            kinds, added = self._kinds(new), self._added
            more = [] if added is None else open_with(new, before, added)
            if added is not None and not kinds and all(before[kind] for kind in more):
                return _extended(before, more, added.id)
            kinds.update(more)
            after = renewed(new, before, kinds) if kinds else before
        return after, self._difference(new.viewer, listed(before), listed(after))

    def _difference(self, viewer: Viewer, before: tuple[Legal, ...], after: tuple[Legal, ...]) -> list[Change]:
        """As of any list; but of this one mostly something is gone, or new in the middle."""
        if len(after) != len(before) and after[: len(before)] != before:
            recall = self._between.recall
            return [(("legal",), [recall.plain(viewer, one) for one in after])]
        return difference(before, after, ("legal",))

    def _kinds(self, new: Lens) -> set[str]:
        """What of a seat's actions may be other than before, while the moment is the same and but for new texts."""
        role = new.role
        kinds = {"take_back"} if role in self._back else set[str]()
        if self._texts:
            kinds.update(ANSWERS, ("call_vote", "table"))
        if self._reworded:
            kinds.add("call_vote")
        if self._added is not None and self._added.sponsor == role:
            kinds.add("table")
        if role in self._amended:
            kinds.add("accept_amendment")
        if self._talk.opened_for(new):
            kinds.add("say")
        return kinds


def _extended(before: LegalParts, kinds: Sequence[str], text: ProposalId) -> tuple[LegalParts, list[Change]]:
    """A text that is new stands at the end of every list in which it stands."""
    after, shown = dict(before), [kind for kind, one in before.items() if one is not None]
    changes: list[Change] = []
    for kind in kinds:
        held = cast("Legal", before[kind])
        after[kind] = replace(held, proposals=(*held.proposals, text))
        changes.append((("legal", shown.index(kind), "proposals", len(held.proposals)), text))
    return after, changes
