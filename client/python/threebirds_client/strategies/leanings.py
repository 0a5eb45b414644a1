"""What the other delegations seem to want, learned from what they tabled, amended and answered in public.

Each act is a piece of evidence: this text (or this wording) is better for them than that one. For each delegation a
weight for every wording is fitted to its evidence by a few passes of the perceptron's rule (Rosenblatt 1958).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from threebirds_client.sight import latest
from threebirds_rules.names import IssueId, Package, RoleId
from threebirds_rules.views.shapes import ProposalView, SupportView, View

Wording = tuple[int, int]
"""An article's place and the option chosen there."""

PASSES = 8
CONTENT = 3.0
"""What a text is worth to a delegation that likes it; more is not counted, or the easily pleased would decide all."""
PREFERS = 3.0
COMPLAINS = 2.0
DISLIKES = 1.0
LETS_PASS = 1.0
"""For a version that a delegation answered without asking for a change."""


class Evidence(NamedTuple):
    """The wordings of `better` weigh at least `by` more than those of `worse`."""

    role: RoleId
    better: tuple[Wording, ...]
    worse: tuple[Wording, ...]
    by: float


class Leanings:
    """`worth` is what a package seems to be worth to all the other delegations with a vote together."""

    def __init__(self, view: View, role: RoleId) -> None:
        sizes = [len(issue.options) for issue in view.treaty.issues]
        others = [seat.role for seat in view.seats if seat.vote and not seat.dropped and seat.role != role]
        known = tuple(_evidence(view, others))
        self._weights = [_fitted([one for one in known if one.role == other], sizes) for other in others]

    def worth(self, package: Package) -> float:
        total = 0.0
        for rows in self._weights:
            seems = sum(row[option] for row, option in zip(rows, package, strict=True))
            total += min(seems, CONTENT)
        return total


def _fitted(evidence: Sequence[Evidence], sizes: Sequence[int]) -> list[list[float]]:
    weights = [[0.0] * size for size in sizes]
    for _ in range(PASSES):
        if not sum(_corrected(weights, one) for one in evidence):
            break
    return weights


def _corrected(weights: list[list[float]], evidence: Evidence) -> bool:
    """Move the weights just so far that this piece of evidence fits; whether they had to move."""
    _, better, worse, by = evidence
    difference = sum(weights[at][option] for at, option in better) - sum(weights[at][option] for at, option in worse)
    if difference >= by:
        return False
    step = (by - difference) / (len(better) + len(worse))
    for at, option in better:
        weights[at][option] += step
    for at, option in worse:
        weights[at][option] -= step
    return True


def _evidence(view: View, others: Sequence[RoleId]) -> Iterator[Evidence]:
    issues = [issue.id for issue in view.treaty.issues]
    for text in view.proposals:
        yield from _of_sponsor(text)
        yield from _of_amenders(text)
        yield from _of_the_silent(text, others)
        for support in text.supports:
            yield from _of_opinion(latest(text).package, support, issues)


def _of_sponsor(text: ProposalView) -> Iterator[Evidence]:
    for version in text.versions:
        yield Evidence(text.sponsor, _wordings(version.package), (), CONTENT)


def _of_amenders(text: ProposalView) -> Iterator[Evidence]:
    for amendment in text.amendments:
        before = text.versions[amendment.version - 1].package
        wanted, unwanted = _differences(amendment.package, before), _differences(before, amendment.package)
        yield Evidence(amendment.role, _wordings(amendment.package), (), CONTENT)
        yield Evidence(amendment.role, (), _wordings(before), DISLIKES)
        yield Evidence(amendment.role, wanted, unwanted, PREFERS)


def _of_the_silent(text: ProposalView, others: Sequence[RoleId]) -> Iterator[Evidence]:
    """Whoever did not amend a version that others amended could perhaps live with it."""
    for version in text.versions[:-1]:
        amenders = {one.role for one in text.amendments if one.version == version.version}
        if amenders:
            for role in others:
                if role not in amenders and role != text.sponsor:
                    yield Evidence(role, _wordings(version.package), (), LETS_PASS)


def _of_opinion(package: Package, support: SupportView, issues: Sequence[IssueId]) -> Iterator[Evidence]:
    if support.position == "yes":
        yield Evidence(support.role, _wordings(package), (), CONTENT)
    if support.position == "no":
        yield Evidence(support.role, (), _wordings(package), DISLIKES)
    if support.position == "no" and support.issue is not None:
        at = issues.index(support.issue)
        yield Evidence(support.role, (), ((at, package[at]),), COMPLAINS)


def _wordings(package: Package) -> tuple[Wording, ...]:
    return tuple(enumerate(package))


def _differences(package: Package, other: Package) -> tuple[Wording, ...]:
    return tuple(
        (at, option) for at, (option, another) in enumerate(zip(package, other, strict=True)) if option != another
    )
