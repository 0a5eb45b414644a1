"""What has become of the proposals."""

from collections.abc import Iterator
from typing import cast

from threebirds_rules.state import Proposal
from threebirds_rules.views import texts
from threebirds_rules.views.between import Between
from threebirds_rules.views.changes import Built, Change, built, difference
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.sections import PROPOSALS, listing_changes
from threebirds_rules.views.shapes import BodyReading


class TextChanges:
    """`touched` are the texts of which something is other than before: their places, as they were, as they are."""

    def __init__(self, between: Between) -> None:
        self._between = between
        self.touched = _touched(between)
        self.added = range(len(between.before.proposals), len(between.after.proposals))
        self.any = between.scoring or bool(self.touched) or bool(self.added)
        self._again = between.scoring or any(was.to != now.to for _, was, now in self.touched)
        self._alike = [] if self._again else [list(self._answers(was, now)) for _, was, now in self.touched]
        self._added_alike = [] if self._again else [_whole(between, index) for index in self.added]
        self._all_tabled = self.any and all(proposal.to is None for proposal in between.after.proposals)

    def seen(self, new: Lens) -> list[Change]:
        if self._again:
            return listing_changes("proposals", PROPOSALS, self._between.old(new.viewer), new)
        return [*self._answered(new), *self._put_forward(new)]

    def _answered(self, new: Lens) -> Iterator[Change]:
        for (index, was, now), alike in zip(self.touched, self._alike, strict=True):
            if new.sees_proposal(now):
                path = ("proposals", self._place(new, index))
                for rest, value in alike:
                    yield path + rest, value
                if was.package != now.package:
                    own = texts.own_score(self._between.old(new.viewer), was), texts.own_score(new, now)
                    yield from difference(*own, (*path, "own"))

    def _put_forward(self, new: Lens) -> Iterator[Change]:
        for index, alike in zip(self.added, self._added_alike, strict=True):
            proposal = self._between.after.proposals[index]
            if new.sees_proposal(proposal):
                own = built(texts.own_score(new, proposal))
                yield ("proposals", self._place(new, index)), {**alike, "own": own}

    def _answers(self, was: Proposal, now: Proposal) -> Iterator[Change]:
        """But for the viewer's own score: part by part, since mostly one part is another."""
        for name in texts.PLAIN:
            yield from difference(getattr(was, name), getattr(now, name), (name,))
        for name, (field, build) in texts.PARTS.items():
            if getattr(was, field) is not getattr(now, field):
                yield from difference(build(was), build(now), (name,))
        if was is now or any(getattr(was, field) is not getattr(now, field) for field in texts.READ):
            before, after = self._readings(self._between.was, was), self._readings(self._between.now, now)
            yield from difference(before, after, ("bodies",))

    def _readings(self, lens: Lens, proposal: Proposal) -> tuple[BodyReading, ...]:
        known = self._between.recall.readings(lens.state, proposal)
        if known is None:
            known = texts.readings(lens, proposal)
            self._between.recall.keep_readings(lens.state, proposal, known)
        return known

    def _place(self, new: Lens, index: int) -> int:
        """In the viewer's list, which lacks what it may not see."""
        return index if self._all_tabled else sum(map(new.sees_proposal, self._between.after.proposals[:index]))


def _whole(between: Between, index: int) -> dict[str, Built]:
    """But for the viewer's own score."""
    return cast("dict[str, Built]", built(texts.proposal_view(between.now, between.after.proposals[index])))


def _touched(between: Between) -> list[tuple[int, Proposal, Proposal]]:
    voted = set[str]()
    if "ballot" in between.moved:
        voted = {one.ballot.proposal for one in (between.before, between.after) if one.ballot is not None}
    if not voted and "proposals" not in between.moved:
        return []
    pairs = zip(between.before.proposals, between.after.proposals, strict=False)
    return [(at, was, now) for at, (was, now) in enumerate(pairs) if was is not now or now.id in voted]
