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
from pathlib import Path
from typing import NamedTuple

import msgspec

from tests.simulation.history import write
from tests.simulation.world import COUNTED, Run, play

ROOT = Path(__file__).parents[2]
COLLECT_EVERY = 20
SHOWN = 8


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
        run = play(seed, kind)
        total.update(run.counts)
        digests.append(run.digest)
        if run.faults:
            return Sum(
                seeds=len(digests), counts=dict(total), digests=digests, failed=seed, faults=list(run.faults[:SHOWN])
            )
        if number % COLLECT_EVERY == 0:
            gc.collect()
    return Sum(seeds=len(digests), counts=dict(total), digests=digests)


class Lane(NamedTuple):
    first: int
    seeds: int


def side_by_side(count: int, *, lanes: int = 2, first: int = 0, kind: str = "") -> Sum:
    """The same in as many processes, each with its part of the seeds."""
    parts = [
        Lane(first + lane * count // lanes, (lane + 1) * count // lanes - lane * count // lanes)
        for lane in range(lanes)
    ]
    running = [started(lane, kind) for lane in parts]
    return joined(finished(process) for process in running)


def started(lane: Lane, kind: str = "", *, tree: Path = ROOT, hash_seed: str = "0") -> "subprocess.Popen[bytes]":
    """In a process of its own, with the code of this tree."""
    command = [sys.executable, "-m", "tests.simulation.runs", str(lane.first), str(lane.seeds), kind]
    packages = (".", "game_rules", "server", "client/python", "migrations")
    path = os.pathsep.join(str(tree / package) for package in packages)
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": hash_seed}  # noqa: TID251  # handed on
    return subprocess.Popen(command, cwd=tree, stdout=subprocess.PIPE, env=environment)


def finished(process: "subprocess.Popen[bytes]") -> Sum:
    said, _ = process.communicate()
    lines = said.splitlines()
    assert lines, "The runs ended without a word: what they wrote as errors is above."
    return msgspec.json.decode(lines[-1], type=Sum)


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
    total = played(range(asked.first, asked.first + asked.count), asked.kind)
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
