"""What has become of the proposals."""

from collections.abc import Iterator, Mapping, Set
from operator import attrgetter
from typing import NamedTuple, cast

from threebirds_rules.names import RoleId
from threebirds_rules.state import Proposal
from threebirds_rules.viewers import Viewer
from threebirds_rules.views import texts
from threebirds_rules.views.between import Between, moved_fields, replaced
from threebirds_rules.views.changes import Built, Change, built, difference, moved, row_changes
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.sections import PROPOSALS, listing_changes
from threebirds_rules.views.shapes import OwnScore

OwnScores = Mapping[RoleId, OwnScore]


class Touched(NamedTuple):
    """A text of which something is other than before: its place among all, as it was, as it is."""

    place: int
    was: Proposal
    now: Proposal


class TextChanges:
    def __init__(self, between: Between) -> None:
        self._between = between
        self.touched = _touched(between)
        self.added = between.after.proposals[len(between.before.proposals) :]
        self.alike: list[Change] = []
        self.roles: Set[RoleId | None] | None = set()
        self._again = between.scoring or any(was.to != now.to for _, was, now in self.touched)
        if self._again:
            self.roles = None
        elif self.touched or self.added:
            self._look_closer()

    def _look_closer(self) -> None:
        between = self._between
        answers = [(one, list(_answers(between, one))) for one in self.touched]
        self._all_tabled = not any(map(attrgetter("to"), between.after.proposals))
        if self._all_tabled and not self.added and all(was.package == now.package for _, was, now in self.touched):
            self.alike = [change for _, alike in answers for change in alike]
            return
        self.roles = None
        self._answers = [(one, alike, self._worth(one)) for one, alike in answers]
        worth = between.recall.own_scores
        self._wholes = [(one, _whole(between, one), worth(between.after, one)) for one in self.added]

    def _worth(self, one: Touched) -> tuple[OwnScores, OwnScores] | None:
        """To each seat, before and after; None if it is the same."""
        if one.was.package == one.now.package:
            return None
        between, worth = self._between, self._between.recall.own_scores
        return worth(between.before, one.was), worth(between.after, one.now)

    def seen(self, viewer: Viewer) -> list[Change]:
        if self._again:
            return listing_changes("proposals", PROPOSALS, self._between.old(viewer), self._between.new(viewer))
        new = self._between.new(viewer)
        changes: list[Change] = []
        for one, alike, worth in self._answers:
            if new.sees_proposal(one.now):
                place = self._place(new, one.place)
                changes += moved(alike, place)
                if new.role is not None and worth is not None:
                    own, own_now = worth[0][new.role], worth[1][new.role]
                    changes += difference(own, own_now, ("proposals", place, "own"))
        first = len(self._between.before.proposals)
        for index, (proposal, whole, worth) in enumerate(self._wholes, start=first):
            if new.sees_proposal(proposal):
                own = None if new.role is None else built(worth[new.role])
                changes.append((("proposals", self._place(new, index)), {**whole, "own": own}))
        return changes

    def _place(self, new: Lens, index: int) -> int:
        """In the viewer's list, which lacks what it may not see."""
        return index if self._all_tabled else sum(map(new.sees_proposal, self._between.after.proposals[:index]))


def _answers(between: Between, one: Touched) -> Iterator[Change]:
    """But for the viewer's own score: part by part, since mostly one part is another."""
    path, was, now = ("proposals", one.place), one.was, one.now
    moved_parts = moved_fields(was, now)
    for name in texts.PLAIN:
        if name in moved_parts:
            yield from difference(getattr(was, name), getattr(now, name), (*path, name))
    if "versions" in moved_parts:
        yield from row_changes(texts.versions(was), texts.versions(now), (*path, "versions"), texts.version_view)
    if "amendments" in moved_parts:
        yield from row_changes(was.amendments, now.amendments, (*path, "amendments"), texts.amendment_view)
    if "opinions" in moved_parts:
        yield from row_changes(texts.supports(was), texts.supports(now), (*path, "supports"), texts.support_view)
    if was is now or not moved_parts.isdisjoint(texts.READ):
        yield from difference(texts.readings(between.was, was), texts.readings(between.now, now), (*path, "bodies"))


def _whole(between: Between, proposal: Proposal) -> dict[str, Built]:
    """But for the viewer's own score."""
    return cast("dict[str, Built]", built(texts.proposal_view(between.now, proposal)))


def _touched(between: Between) -> list[Touched]:
    """A text that is voted on changes with its ballot."""
    if between.moved.isdisjoint({"ballot", "proposals"}):
        return []
    texts = between.before.proposals, between.after.proposals
    if "ballot" not in between.moved:
        return [Touched(*one) for one in replaced(*texts)]
    voted = {one.ballot.proposal for one in (between.before, between.after) if one.ballot is not None}
    pairs = enumerate(zip(*texts, strict=False))
    return [Touched(at, was, now) for at, (was, now) in pairs if was is not now or now.id in voted]
