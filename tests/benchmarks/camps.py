"""Domains of the size of a treaty, made up from a seed: parties in three camps."""

from itertools import combinations

import numpy as np
from numpy.random import Generator

from threebirds_rules.analysis.model import ALWAYS, Council, Model, Pair, Party
from threebirds_rules.names import BodyId, IssueId, RoleId


def camps(*, parties: int, issues: int, options: int, pairs: int, seed: int = 11) -> Model:
    """Three camps that want different things, each party with weights of its own, and pairs of issues that matter."""
    random = np.random.default_rng(seed)
    wanted: list[list[list[float]]] = random.normal(0, 1, (3, issues, options)).tolist()
    possible = list(combinations(range(issues), 2))
    order: list[int] = random.permutation(len(possible)).tolist()
    joined = [possible[at] for at in sorted(order[:pairs])]
    return Model(
        issues=tuple(IssueId(f"issue{at}") for at in range(issues)),
        sizes=(options,) * issues,
        parties=tuple(_party(random, at, wanted[at % 3], joined) for at in range(parties)),
        councils=(_everybody(parties),),
        gauges={},
    )


def _everybody(parties: int) -> Council:
    members = tuple(range(parties))
    return Council(BodyId("all"), ALWAYS, members, 0, (1,) * parties, threshold=parties, vetoes=(), quorum=0)


def _party(random: Generator, at: int, wanted: list[list[float]], joined: list[tuple[int, int]]) -> Party:
    values = tuple(_row(random, row) for row in wanted)
    options = range(len(wanted[0]))
    return Party(
        id=RoleId(f"P{at}"),
        votes=True,
        walk_away=sum(map(max, values)) * 11 // 20,
        offset=0,
        values=values,
        pairs=tuple(
            Pair(i, j, tuple(tuple(int(random.choice((0, 0, 0, -4, 4))) for _ in options) for _ in options))
            for i, j in joined
            if random.random() < 0.5
        ),
    )


def _row(random: Generator, wanted: list[float]) -> tuple[int, ...]:
    own = [one + random.normal(0, 0.7) for one in wanted]
    weight = int(random.choice((0, 0, 2, 4, 6, 8, 10)))
    return tuple(round(weight * (one - min(own)) / (max(own) - min(own))) for one in own)
