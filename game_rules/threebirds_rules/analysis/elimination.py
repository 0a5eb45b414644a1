"""The Pareto frontier issue by issue, without visiting every package.

A part of a package that another part beats stays beaten, whatever is chosen on the issues that are left: so after each
issue only the undominated parts go on. A term that joins issues (a pair, a rule) breaks this while it waits for its
last issue; parts are then compared only with those that chose alike on the issues it waits with.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import NamedTuple, assert_never

import numpy as np

from threebirds_rules.analysis.blocks import Options
from threebirds_rules.analysis.dominance import Vectors, undominated
from threebirds_rules.analysis.model import ALWAYS, Model, Party
from threebirds_rules.analysis.tables import Mask
from threebirds_rules.conditions import AllOf, AnyOf, Condition, GaugeWithin, IssueIn, NoneOf, holds
from threebirds_rules.names import IssueId

WIDEST = 1_000
"""The most ways to choose on the issues that terms wait with: beyond that, visiting every package is quicker."""


class Term(NamedTuple):
    """Points by the options of `issues`: one axis for each, and a last one for the parties that count."""

    issues: tuple[int, ...]
    points: Vectors


class Plan(NamedTuple):
    """An order of the issues with what can be added at each, and which issues have to stay apart after it."""

    order: tuple[int, ...]
    added: tuple[tuple[Term, ...], ...]
    waiting: tuple[tuple[int, ...], ...]


def plan_of(model: Model) -> Plan | None:
    """How to eliminate; None where a gauge or a rule over many issues joins too much."""
    voters = [model.parties[voter] for voter in model.voters]
    if any(party.curves for party in voters):
        return None
    scopes = {_scope(model, condition) for party in voters for condition, _ in party.rules}
    scopes |= {tuple(sorted((pair.first, pair.second))) for party in voters for pair in party.pairs}
    if None in scopes:
        return None
    known = [scope for scope in scopes if scope is not None]
    order = _order(model.sizes, known)
    waiting = tuple(_waiting(order[: at + 1], known) for at in range(len(order)))
    if any(prod(model.sizes[issue] for issue in apart) > WIDEST for apart in waiting):
        return None
    terms = [_term(model, voters, scope) for scope in sorted(known)]
    added = tuple(
        tuple(term for term in terms if issue in term.issues and set(term.issues) <= set(order[: at + 1]))
        for at, issue in enumerate(order)
    )
    return Plan(order, added, waiting)


def floors_of(model: Model) -> list[int] | None:
    """The surplus that each party with a vote needs, if the ZOPA is the packages where all of them reach theirs."""
    floors: dict[int, int] = {}
    for council in model.councils:
        if council.when != ALWAYS or not council.needs_all:
            return None
        for member in council.members:
            floors[member] = max(council.margin, floors.get(member, council.margin))
    return [floors[voter] for voter in model.voters] if sorted(floors) == list(model.voters) else None


def eliminate(model: Model, plan: Plan, floors: Sequence[int] | None = None) -> tuple[Vectors, Options]:
    """Surpluses and packages of the frontier: of all packages, or of those that reach the floors."""
    voters = [model.parties[voter] for voter in model.voters]
    values = [np.array([party.values[issue] for party in voters], np.int64).T for issue in range(len(model.sizes))]
    vectors = np.array([[party.offset - party.walk_away for party in voters]], np.int64)
    packages: Options = np.zeros((1, len(model.sizes)), np.uint8)
    rest = list(_still_possible(values, plan))
    for at, issue in enumerate(plan.order):
        count = len(values[issue])
        vectors = (vectors[:, np.newaxis] + values[issue]).reshape(-1, len(voters))
        packages = np.repeat(packages, count, axis=0)
        packages[:, issue] = np.tile(np.arange(count, dtype=np.uint8), len(packages) // count)
        for term in plan.added[at]:
            vectors += term.points[tuple(packages[:, joined] for joined in term.issues)]
        if floors is not None:
            within = (vectors + rest[at] >= floors).all(axis=1)
            vectors, packages = vectors[within], packages[within]
        kept = _undominated_apart(vectors, packages[:, plan.waiting[at]])
        vectors, packages = vectors[kept], packages[kept]
    return vectors, packages


def _undominated_apart(vectors: Vectors, apart: Options) -> Mask:
    """Compared only with rows of the same choices on the issues that terms wait with."""
    kept = np.zeros(len(vectors), np.bool_)
    _, groups = np.unique(apart, axis=0, return_inverse=True)
    order = np.argsort(groups.reshape(-1), kind="stable")
    for group in np.split(order, np.cumsum(np.bincount(groups.reshape(-1)))[:-1]):
        kept[group] = undominated(vectors[group])
    return kept


def _still_possible(values: Sequence[Vectors], plan: Plan) -> Iterator[Vectors]:
    """By step, the most that the later issues and their terms can add for each party."""
    for at in range(len(plan.order)):
        later = plan.order[at + 1 :]
        most = sum((values[issue].max(axis=0) for issue in later), np.zeros(values[0].shape[1], np.int64))
        terms = [term for some in plan.added[at + 1 :] for term in some]
        yield sum((term.points.max(axis=tuple(range(len(term.issues)))) for term in terms), most)


def _order(sizes: Sequence[int], scopes: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Next comes the issue after which the fewest ways of choosing have to be kept apart."""
    order: list[int] = []
    while len(order) < len(sizes):
        left = [issue for issue in range(len(sizes)) if issue not in order]
        order.append(min(left, key=lambda issue: prod(sizes[one] for one in _waiting((*order, issue), scopes))))
    return tuple(order)


def _waiting(chosen: Sequence[int], scopes: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Issues of `chosen` that share a term with an issue outside."""
    unfinished = [scope for scope in scopes if not set(scope) <= set(chosen)]
    return tuple(sorted({issue for scope in unfinished for issue in scope if issue in chosen}))


def _term(model: Model, voters: Sequence[Party], scope: tuple[int, ...]) -> Term:
    """All pairs and rules of one scope together."""
    points = np.zeros((*(model.sizes[issue] for issue in scope), len(voters)), np.int64)
    for chosen in product(*(range(model.sizes[issue]) for issue in scope)):
        options = {model.issues[issue]: option for issue, option in zip(scope, chosen, strict=True)}
        points[chosen] = [_points(model, party, scope, options) for party in voters]
    return Term(scope, points)


def _points(model: Model, party: Party, scope: tuple[int, ...], options: dict[IssueId, int]) -> int:
    rules = sum(
        points
        for condition, points in party.rules
        if _scope(model, condition) == scope and holds(condition, options, {})
    )
    return rules + sum(
        pair.points[options[model.issues[pair.first]]][options[model.issues[pair.second]]]
        for pair in party.pairs
        if tuple(sorted((pair.first, pair.second))) == scope
    )


def _scope(model: Model, condition: Condition) -> tuple[int, ...] | None:
    """The issues that a condition looks at (the first, if it looks at none); None if it looks at a gauge."""
    found = set(_looked_at(condition))
    return None if None in found else tuple(sorted(model.issues.index(issue) for issue in found if issue)) or (0,)


def _looked_at(condition: Condition) -> Iterator[IssueId | None]:
    match condition:
        case IssueIn(issue=issue):
            yield issue
        case GaugeWithin():
            yield None
        case AllOf(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts):
            for part in parts:
                yield from _looked_at(part)
        case _:
            assert_never(condition)
