"""Many runs, and what came of all of them: `python -m tests.simulation.runs FIRST [COUNT] [KIND]`.

One seed alone is played again with the same outcome, and its history is written down beside the faults. The last line
is the sum as JSON. It stops at the first run with a fault and ends with 1.
"""

import argparse
import gc
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from tests.simulation.batches import BATCH, in_batches
from tests.simulation.history import write
from tests.simulation.world import COUNTED, Run, play

ROOT = Path(__file__).parents[2]
SHOWN = 8


Told = TypeVar("Told")


class Sum(msgspec.Struct, kw_only=True):
    """`digest` covers every run; `failed` is the first seed with a fault."""

    seeds: int = 0
    counts: dict[str, int] = {}
    digests: list[str] = []
    failed: int | None = None
    faults: list[str] = []


def played(seeds: Sequence[int], kind: str = "") -> Sum:
    """Play until the first fault."""
    total: Counter[str] = Counter()
    digests: list[str] = []
    gc.disable()  # a run leaves circles behind, and looking for them all the time takes as long as playing
    for number, seed in enumerate(seeds):
        run = _one(seed, kind)
        total.update(run.counts)
        digests.append(run.digest)
        if run.faults:
            faults = list(run.faults[:SHOWN])
            return Sum(seeds=len(digests), counts=dict(total), digests=digests, failed=seed, faults=faults)
        if number and number % BATCH == 0:
            gc.collect()
    return Sum(seeds=len(digests), counts=dict(total), digests=digests)


def _one(seed: int, kind: str) -> Run:
    """A run that does not come to its end is a fault like any other."""
    try:
        return play(seed, kind)
    except Exception as error:  # noqa: BLE001  # whatever stopped it
        return Run(seed, (f"The run did not come to its end: {error!r}",), {}, "", ())


class Lane(NamedTuple):
    first: int
    seeds: int


def side_by_side(count: int) -> Sum:
    """The same in two processes."""
    running = [started(lane) for lane in lanes_of(count)]
    return joined(finished(process, Sum) for process in running)


def lanes_of(count: int, lanes: int = 2, first: int = 0) -> list[Lane]:
    """Parts of the seeds for as many processes."""
    ends = [lane * count // lanes for lane in range(lanes + 1)]
    return [Lane(first + begin, end - begin) for begin, end in pairwise(ends)]


def started(
    lane: Lane, kind: str = "", *, program: str = "runs", tree: Path = ROOT, hash_seed: str = "0"
) -> "subprocess.Popen[bytes]":
    """In a process of its own, with the code of this tree."""
    command = [sys.executable, "-m", f"tests.simulation.{program}", str(lane.first), str(lane.seeds), kind]
    environment = {**os.environ, "PYTHONPATH": paths(tree), "PYTHONHASHSEED": hash_seed}  # noqa: TID251  # handed on
    return subprocess.Popen(command, cwd=tree, stdout=subprocess.PIPE, env=environment)


def paths(tree: Path) -> str:
    """Where Python finds the packages of a checkout before those that are installed."""
    return os.pathsep.join(str(tree / part) for part in (".", "game_rules", "server", "client/python", "migrations"))


def finished(process: "subprocess.Popen[bytes]", of: type[Told]) -> Told:
    """The last line of what it says."""
    said, _ = process.communicate()
    lines = said.splitlines()
    assert lines, "The runs ended without a word: what they wrote as errors is above."
    return msgspec.json.decode(lines[-1], type=of)


def joined(sums: Iterator[Sum]) -> Sum:
    total = Sum()
    counts: Counter[str] = Counter()
    for one in sums:
        counts.update(one.counts)
        total.seeds += one.seeds
        total.digests += one.digests
        if total.failed is None:
            total.failed, total.faults = one.failed, one.faults
    total.counts = dict(counts)
    return total


def untried(total: Sum) -> list[str]:
    """What never happened in all these runs: then they have shown nothing about it."""
    return [name for name in COUNTED if not total.counts.get(name)]


def again(seed: int, kind: str = "") -> str:
    """How to play a run once more."""
    return f"python -m tests.simulation.runs {seed} {f'1 {kind}' if kind else ''}".rstrip()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=int)
    parser.add_argument("count", type=int, nargs="?", default=1)
    parser.add_argument("kind", nargs="?", default="", choices=["", "memory", "sqlite"])
    asked = parser.parse_args(arguments)
    seeds = range(asked.first, asked.first + asked.count)
    total = joined(in_batches(seeds, lambda batch: played(batch, asked.kind)))
    if asked.count == 1:
        _write_down(play(asked.first, asked.kind))
    sys.stdout.buffer.write(msgspec.json.encode(total) + b"\n")
    return 1 if total.faults else 0


def _write_down(run: Run) -> None:
    path = Path(f"seed-{run.seed}.jsonl")
    write(run.history, path)
    sys.stdout.write(f"{len(run.history)} records are in {path}.\n")


if __name__ == "__main__":
    sys.exit(main())
