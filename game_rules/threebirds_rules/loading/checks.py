"""Checks that look at several parts of a document at once. Each needs its sections well formed, and is left out else."""

from collections.abc import Callable

from threebirds_rules.loading.document import Document, EndingPart
from threebirds_rules.loading.known import Known
from threebirds_rules.loading.problems import Path, Problems
from threebirds_rules.loading.reach import Reaches
from threebirds_rules.loading.vocabulary import MAX_GAUGE, MECHANICS

Check = Callable[[Document, Known, Problems], None]


def check_whole(document: Document, known: Known, problems: Problems) -> None:
    """All the checks whose sections are there."""
    for sections, check in _CHECKS:
        if all(hasattr(document, section) for section in sections):
            check(document, known, problems)


def _chairs(document: Document, known: Known, problems: Problems) -> None:
    chairs = [at for at, role in enumerate(document.roles) if role.chair]
    for at in chairs[1:]:
        problems.add(("roles", at, "chair"), found=True, expected="at most one role in the chair")


def _callers(document: Document, known: Known, problems: Problems) -> None:
    callers = document.schedule.voting.callers
    if "chair" in callers and not any(role.chair for role in document.roles):
        path = ("schedule", "voting", "callers", callers.index("chair"))
        problems.add(path, found="chair", expected="a caller who is there (no role is in the chair)")


def _phases(document: Document, known: Known, problems: Problems) -> None:
    _once([phase.id for phase in document.schedule.phases], ("schedule", "phases"), "phase", problems, "id")


def _seating(document: Document, known: Known, problems: Problems) -> None:
    _once(document.fill_order, ("fill_order",), "role", problems)


def _once(names: list[str], path: Path, kind: str, problems: Problems, *below: str) -> None:
    for at, name in enumerate(names):
        if name in names[:at]:
            problems.add((*path, at, *below), found=name, expected=f"every {kind} once")


def _voters(document: Document, known: Known, problems: Problems) -> None:
    votes = {role.id: role.vote for role in document.roles}
    for at, body in enumerate(document.bodies):
        members = known.expanded(body.members)
        for role in members:
            if not votes.get(role, True):
                problems.add(("bodies", at, "members"), found=role, expected="members that have a vote")
        for place, word in enumerate(body.vetoes):
            if not set(known.members(word)) <= set(members):
                problems.add(("bodies", at, "vetoes", place), found=word, expected="members of the body")
        if body.quorum > len(members):
            problems.add(("bodies", at, "quorum"), found=body.quorum, expected=f"at most {len(members)} members")


def _formulas(document: Document, known: Known, problems: Problems) -> None:
    reaches = Reaches(document.gauges, document.issues)
    for at, gauge in enumerate(document.gauges):
        reach = reaches.of(gauge.id)
        if reach is None:
            problems.add(("gauges", at, "formula"), found=gauge.id, expected="a formula that is no circle")
        elif max(map(abs, reach)) > MAX_GAUGE:
            expected = f"values within {MAX_GAUGE:,} of 0"
            problems.add(("gauges", at), found="{:,} to {:,}".format(*reach), expected=expected)


def _endings(document: Document, known: Known, problems: Problems) -> None:
    for at, ending in enumerate(document.endings):
        if ending.tag is not None and ending.adopted is False:
            problems.add(("endings", at, "tag"), found=ending.tag, expected="no tag, as it is for adopted texts only")
    played = [one for one in document.endings if one.mechanic is None or one.mechanic in MECHANICS]
    with_text = [one for one in played if one.adopted is not False]
    if not any(one.tag is not None or _always(one) for one in with_text):
        problems.add(
            ("endings",), found="none", expected="an ending for every adopted text: one without `when`, or with a `tag`"
        )
    without = [one for one in played if one.adopted is not True and one.when is None]
    uncovered = [count for count in range(len(document.cards) + 1) if not any(_counts(one, count) for one in without)]
    if uncovered:
        expected = f"an ending without `when` for no agreement and {uncovered[0]} objective cards"
        problems.add(("endings",), found="none", expected=expected)


def _always(ending: EndingPart) -> bool:
    return ending.when is None and ending.objective_cards is None


def _counts(ending: EndingPart, cards: int) -> bool:
    allowed = ending.objective_cards
    return allowed is None or allowed.at_least <= cards <= allowed.at_most


_CHECKS: tuple[tuple[tuple[str, ...], Check], ...] = (
    (("roles",), _chairs),
    (("roles", "schedule"), _callers),
    (("schedule",), _phases),
    (("fill_order",), _seating),
    (("roles", "bodies"), _voters),
    (("gauges", "issues"), _formulas),
    (("endings", "cards"), _endings),
)
