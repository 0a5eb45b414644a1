"""How fast analysis is beside NegMAS 0.16: `python -m tests.benchmarks.negmas` prints both, and how many times faster.

NegMAS runs in a process and an environment of its own, made for this run and thrown away (or `--python PATH`, one that
has it): nothing of it comes into the project. Both answer the same questions about the same domains, and an answer
that is not the same is a failure. Seconds are of processor time, the quickest of several runs.
"""

import subprocess
import sys
import venv
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec
import numpy as np

from tests.benchmarks.camps import camps
from tests.benchmarks.measuring import say, seconds
from threebirds_rules.analysis import Model
from threebirds_rules.analysis.blocks import blocks
from threebirds_rules.analysis.dominance import Vectors, undominated
from threebirds_rules.analysis.elimination import eliminate, plan_of

WANTED = "negmas==0.16.*"
SIDE = Path(__file__).with_name("negmas_side.py")
RUNS = 7

Points = list[list[float]]


class Theirs(msgspec.Struct):
    """Of one domain, in seconds and in points; see `negmas_side`."""

    evaluation: float
    whole: float
    of_points: float
    utilities: Points
    frontier: Points
    frontier_of_points: Points


class Answer(msgspec.Struct):
    version: str
    domains: list[Theirs]


class Row(NamedTuple):
    """`floor`: how many times faster we mean to be."""

    name: str
    ours: float
    theirs: float
    floor: float

    @property
    def times(self) -> float:
        return self.theirs / self.ours


def domains() -> dict[str, Model]:
    """4^7 packages and 8 parties: as in a treaty, where camps form, and where nobody wants what another wants."""
    treaty = camps(parties=8, issues=7, options=4, pairs=0)
    drawn: list[list[list[int]]] = np.random.default_rng(5).integers(0, 11, (8, 7, 4)).tolist()
    parties = (
        replace(party, values=tuple(map(tuple, tables))) for party, tables in zip(treaty.parties, drawn, strict=True)
    )
    return {"camps": treaty, "everybody apart": replace(treaty, parties=tuple(parties))}


def answered(python: Path, models: Sequence[Model]) -> Answer:
    asked = [[party.values for party in model.parties] for model in models]
    done = subprocess.run([python, "-I", SIDE], input=msgspec.json.encode(asked), stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(done.stdout, type=Answer)


def evaluated(model: Model) -> Vectors:
    """The scores of all parties for all packages, in the order of the packages."""
    walk_aways = [party.walk_away for party in model.parties]
    tiles = (tile for block in blocks(model) for tile in block.tiles())
    parties = range(len(walk_aways))
    rows = [np.stack([tile.surpluses(party).reshape(-1) for party in parties], axis=1) for tile in tiles]
    return np.concatenate(rows) + np.array(walk_aways, rows[0].dtype)


def frontier(model: Model) -> Vectors:
    plan = plan_of(model)
    assert plan is not None
    vectors, _ = eliminate(model, plan)
    return vectors + [party.walk_away for party in model.parties]


def compared(name: str, model: Model, theirs: Theirs) -> list[Row]:
    """The rows of one domain; fails where the answers differ."""
    evaluation, scores = seconds(lambda: evaluated(model), runs=RUNS)
    whole, found = seconds(lambda: frontier(model), runs=RUNS)
    of_points, best = seconds(lambda: undominated(scores), runs=RUNS)
    assert np.array_equal(scores, np.array(theirs.utilities)), "the utilities differ"
    vectors = different(found)
    for other in (scores[best], theirs.frontier, theirs.frontier_of_points):
        assert np.array_equal(vectors, different(np.array(other))), "the frontiers differ"
    say(f"{name}: {len(scores):,} packages, {len(found):,} on the frontier with {len(vectors):,} vectors, as in NegMAS")
    return [
        Row(f"{name}: utility of all packages", evaluation, theirs.evaluation, 30),
        Row(f"{name}: frontier", whole, theirs.whole, 50),
        Row(f"{name}: frontier of given utilities", of_points, theirs.of_points, 0),
    ]


def different(vectors: Vectors) -> Vectors:
    """NegMAS keeps one of several packages with the same utilities."""
    return np.unique(vectors, axis=0)


def main() -> int:
    options = ArgumentParser(description="How fast analysis is beside NegMAS 0.16.")
    options.add_argument("--python", type=Path, help="a Python that has NegMAS; one is made otherwise")
    asked: Path | None = options.parse_args().python
    models = domains()
    with TemporaryDirectory() as folder:
        answer = answered(asked or made(Path(folder)), list(models.values()))
    say(f"NegMAS {answer.version}")
    rows = [
        row
        for (name, model), theirs in zip(models.items(), answer.domains, strict=True)
        for row in compared(name, model, theirs)
    ]
    say(f"{'':48}{'NegMAS':>12}{'ours':>12}{'times':>8}{'at least':>10}")
    for row in rows:
        say(f"{row.name:48}{row.theirs * 1e3:9.2f} ms{row.ours * 1e3:9.2f} ms{row.times:8.0f}{row.floor:10}")
    return int(any(row.times < row.floor for row in rows))


def made(folder: Path) -> Path:
    """An environment with NegMAS and nothing of ours."""
    say(f"Installing {WANTED} into an environment of its own ...")
    venv.create(folder, with_pip=True, symlinks=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", WANTED], check=True)
    return python


if __name__ == "__main__":
    sys.exit(main())
