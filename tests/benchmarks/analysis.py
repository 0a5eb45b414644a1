"""How fast analysis is: `python -m tests.benchmarks.analysis` prints each figure beside what it may be.

Not a part of the suite: a figure says something only on a machine that does nothing else. Seconds are of processor
time. The plain evaluation is the arrays of `tests.claims.space`: every score of every package, and nothing else.
"""

import sys
from collections.abc import Callable
from itertools import combinations
from resource import RUSAGE_SELF, getrusage
from time import process_time
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.random import Generator

from tests.claims.space import Space
from threebirds_rules.analysis import blocks, first_look, model_of
from threebirds_rules.analysis.elimination import eliminate, floors_of, plan_of
from threebirds_rules.analysis.frontier import FrontierSearch, search
from threebirds_rules.analysis.model import ALWAYS, Council, Model, Pair, Party
from threebirds_rules.analysis.tallies import Tally
from threebirds_rules.analysis.telling import told
from threebirds_rules.loading import load_scenario
from threebirds_rules.names import BodyId, IssueId, RoleId
from threebirds_rules.scoring import mandate, opening

SCENARIO = "european-security-treaty"
MEGABYTES = 512

Result = TypeVar("Result")


class Figure(NamedTuple):
    """`limit` and `measured` in seconds."""

    name: str
    measured: float
    limit: float


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def seconds(work: Callable[[], Result]) -> tuple[float, Result]:
    began = process_time()
    done = work()
    return process_time() - began, done


def passed(model: Model, *, collects: bool) -> Tally:
    """One pass without the frontier of all."""
    tally = Tally(model, collects=collects)
    for block in blocks.blocks(model):
        tally.add_block(block)
        for tile in block.tiles():
            tally.add(tile)
    return tally


def searched(model: Model) -> FrontierSearch:
    frontier = FrontierSearch(model)
    for block in blocks.blocks(model):
        search(block, frontier)
    return frontier


def of_the_flagship() -> list[Figure]:
    rules = load_scenario(SCENARIO)
    position = opening(rules)
    model = model_of(rules, position)
    look, _ = seconds(lambda: first_look(rules, position))
    once, tally = seconds(lambda: passed(model, collects=True))
    solved, _ = seconds(lambda: told(tally, tally.zone.best.points(), FrontierSearch(model).points()))
    everything, frontier = seconds(lambda: searched(model))
    highest_so_far = memory()
    plain, _ = seconds(lambda: Space({role: mandate(rules, role, position) for role in position.seated}))
    say(f"{tally.zone.packages:,} packages in the ZOPA, {len(frontier.points()):,} on the frontier of all")
    say(f"{highest_so_far:.0f} MB at most (may be {MEGABYTES})")
    return [
        Figure("a first look", look, 0.3),
        Figure("plain evaluation of all scores", plain, float("inf")),
        Figure("one pass with all counts", once, 1.5 * plain),
        Figure("frontier of the ZOPA, solution points", solved, 1.0),
        Figure("frontier of all", everything, 10.0),
    ]


def of_a_large_domain() -> list[Figure]:
    model = camps(parties=8, issues=12, options=4, pairs=12)
    plan, floors = plan_of(model), floors_of(model)
    assert plan is not None
    once, tally = seconds(lambda: passed(model, collects=False))
    zone, (inside, _) = seconds(lambda: eliminate(model, plan, floors))
    everything, (vectors, _) = seconds(lambda: eliminate(model, plan))
    efficient = f"{len(inside):,} of them and {len(vectors):,} of all efficient"
    say(f"{model.packages:,} packages, {tally.zone.packages:,} in the ZOPA; {efficient}")
    return [
        Figure("one pass over 16.7 million packages", once, 2.0),
        Figure("frontier of their ZOPA", zone, 2.0),
        Figure("frontier of all of them", everything, 15.0),
    ]


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
        councils=(Council(BodyId("all"), ALWAYS, tuple(range(parties)), 0, majority=False, vetoes=(), quorum=0),),
        gauges={},
    )


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


def memory() -> float:
    """Megabytes that this process has used at its highest."""
    unit = 1 if sys.platform == "darwin" else 1024
    return getrusage(RUSAGE_SELF).ru_maxrss * unit / 1e6


def main() -> int:
    figures = [*of_the_flagship(), *of_a_large_domain()]
    for figure in figures:
        say(f"{figure.name:40}  {figure.measured:6.2f} s  (may be {figure.limit:.2f})")
    return int(any(figure.measured > figure.limit for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
