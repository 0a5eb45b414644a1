"""Pairs of games that differ in one seat's secrets, compared: `python -m tests.simulation.pairs FIRST [COUNT]`.

Everybody who shares none of the secrets has to get the same bytes in both, until the end reveals what each text was
worth. The last line is the sum as JSON.
"""

import argparse
import gc
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tests.simulation.batches import in_batches
from tests.simulation.secrecy import CASTS, PHASES, Cast, Game, game
from threebirds_rules.names import RoleId

SLICE = 8


class Sum(msgspec.Struct, kw_only=True):
    """`cells` counts frames by keeper, other viewer, kind and phase."""

    pairs: int = 0
    frames: int = 0
    secrets: int = 0
    cells: dict[str, int] = {}
    failed: int | None = None
    faults: list[str] = []


def compared(seeds: Sequence[int]) -> Sum:
    """Until the first difference."""
    total = Sum()
    cells: Counter[str] = Counter()
    gc.disable()
    for seed in seeds:
        cast = CASTS[seed % len(CASTS)]
        one, other = game(seed, cast, 0), game(seed, cast, 1)
        total.pairs += 1
        total.secrets += len(one.tokens) + len(other.tokens)
        for viewer in strangers(cast, one):
            cells.update(cells_of(cast, viewer, one.seen[viewer].before))
            total.frames += len(one.seen[viewer].before)
        total.faults = list(faults(cast, one, other))
        if total.faults:
            total.failed = seed
            break
    total.cells = dict(cells)
    return total


def joined(sums: Iterable[Sum]) -> Sum:
    total = Sum()
    cells: Counter[str] = Counter()
    for one in sums:
        total.pairs += one.pairs
        total.frames += one.frames
        total.secrets += one.secrets
        cells.update(one.cells)
        total.failed, total.faults = one.failed, one.faults
    total.cells = dict(cells)
    return total


def strangers(cast: Cast, one: Game) -> list[RoleId]:
    return [viewer for viewer in one.seen if viewer not in {cast.keeper, cast.confidant}]


def faults(cast: Cast, one: Game, other: Game) -> Iterator[str]:
    yield from (*one.faults, *other.faults)
    if one.seen[cast.keeper].before == other.seen[cast.keeper].before:
        yield f"{cast.keeper} kept the same in both games: nothing was compared."
    for viewer in strangers(cast, one):
        yield from differences(viewer, one, other)
        if one.seen[viewer].after == other.seen[viewer].after:
            yield f"The end told {viewer} the same in both games: it reveals nothing, and nothing was compared."


def differences(viewer: RoleId, one: Game, other: Game) -> Iterator[str]:
    seen, again = one.seen[viewer], other.seen[viewer]
    if seen.before != again.before:
        pairs = zip((*seen.before, "nothing"), (*again.before, "nothing"), strict=False)
        first, second = next(pair for pair in pairs if pair[0] != pair[1])
        yield f"{viewer} got {first[:200]} in one game and {second[:200]} in the other."
    if seen.lists != again.lists:
        yield f"{viewer} is listed as {seen.lists} in one game and as {again.lists} in the other."
    for played in (one, other):
        found = [token for token in played.tokens if leaked(token, "".join(played.seen[viewer].before))]
        if found:
            yield f"{viewer} could read {found[0]}."


def leaked(token: str, text: str) -> bool:
    """In any form, and in pieces."""
    raw = token.encode()
    pieces = [token[at : at + SLICE] for at in range(0, len(token), SLICE)]
    return any(
        form in text for form in (*pieces, b64encode(raw).decode(), b64encode(bytes.fromhex(token)).decode(), raw.hex())
    )


def cells_of(cast: Cast, viewer: RoleId, texts: Sequence[str]) -> Iterator[str]:
    phase = PHASES[0]
    for text in texts:
        frame = msgspec.json.decode(text)
        if frame.get("kind") == "phase_opened":
            phase = frame["phase"]
        yield f"{cast.keeper} {viewer} {frame.get('kind', frame['type'])} {phase}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=int)
    parser.add_argument("count", type=int, nargs="?", default=1)
    parser.add_argument("kind", nargs="?", default="", choices=[""])
    asked = parser.parse_args(arguments)
    total = joined(in_batches(range(asked.first, asked.first + asked.count), compared))
    sys.stdout.buffer.write(msgspec.json.encode(total) + b"\n")
    return 1 if total.faults else 0


if __name__ == "__main__":
    sys.exit(main())
