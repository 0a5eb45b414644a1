"""Variants of a document: whether they fit the schedule that they change, and what the rule set makes of them."""

from collections.abc import Collection, Sequence

from threebirds_rules.loading.document import Document
from threebirds_rules.loading.hints import Hints
from threebirds_rules.loading.problems import Path, Problems
from threebirds_rules.loading.variant_parts import VariantPart
from threebirds_rules.mechanics.settings import MECHANICS
from threebirds_rules.names import VariantId
from threebirds_rules.ruleset import Deadline, Variant
from threebirds_rules.variants import FEATURES


def variants_of(parts: Sequence[VariantPart]) -> tuple[Variant, ...]:
    return tuple(
        Variant(
            id=VariantId(one.id),
            name=one.name,
            minutes=one.minutes,
            rounds=one.rounds,
            pace=one.pace,
            seconds=one.seconds,
            draws=one.draws,
            without=tuple(one.without),
            from_round=one.from_round,
            vote_seconds=one.vote_seconds,
            closes={phase: Deadline(date.days, _minute(date.at)) for phase, date in one.closes.items()},
        )
        for one in parts
    )


def _minute(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def check_variants(document: Document, hints: Hints, problems: Problems) -> None:
    for at, variant in enumerate(document.variants):
        _Check(document, variant, ("variants", at), hints, problems).all()
    for first in document.variants[:1]:
        plain = VariantPart.model_construct(id=first.id, name=first.name, minutes=document.minutes)
        if first != plain:
            expected = f"first the game as it stands, with {document.minutes} minutes and no changes"
            problems.add(("variants", 0), found=first.id, expected=expected)


class _Check:
    """One variant against the schedule."""

    def __init__(self, document: Document, variant: VariantPart, path: Path, hints: Hints, problems: Problems) -> None:
        self._schedule = document.schedule
        after = document.schedule.implementation
        self._phases = [phase.id for phase in document.schedule.phases]
        self._after = [] if after is None else [after.id]
        self._variant = variant
        self._path = path
        self._hints = hints
        self._problems = problems

    def all(self) -> None:
        variant = self._variant
        stages = (*self._phases, *self._after)
        left = [phase for phase in stages if phase not in variant.without]
        for key, names in {"seconds": variant.seconds, "draws": variant.draws, "closes": variant.closes}.items():
            for name in names:
                self._known((*self._path, key, name), name, left, "a phase of this variant", at_key=True)
        words = (*stages, *FEATURES, *MECHANICS)
        for place, name in enumerate(variant.without):
            self._known((*self._path, "without", place), name, words, "a phase, a mechanic, cards or confidential")
        if set(self._phases) <= set(variant.without):
            self._problems.add((*self._path, "without"), found="every phase", expected="a phase that is left")
        self._vote_in_time()
        for phase in left:
            if variant.clock == "days" and phase not in variant.closes:
                self._problems.add((*self._path, "closes"), found=None, expected=f"a date for the phase {phase}")

    def _vote_in_time(self) -> None:
        rounds = self._schedule.rounds if self._variant.rounds is None else self._variant.rounds
        voting = self._schedule.voting.from_round if self._variant.from_round is None else self._variant.from_round
        if voting > rounds:
            expected = f"voting from a round up to {rounds}"
            self._problems.add((*self._path, "from_round"), found=voting, expected=expected)

    def _known(self, path: Path, name: str, among: Collection[str], expected: str, *, at_key: bool = False) -> None:
        if name not in among:
            self._problems.add(
                path, found=name, expected=expected, hint=self._hints.nearest(name, among), at_key=at_key
            )
