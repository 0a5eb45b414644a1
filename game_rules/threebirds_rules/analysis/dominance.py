"""Which vectors of points no other beats. Equal vectors do not beat each other, so all of them are kept."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from threebirds_rules.analysis.tables import Mask, Places

try:
    import moocore  # pyright: ignore[reportMissingTypeStubs]
except ImportError:
    moocore = None

Vectors = NDArray[np.signedinteger[Any]]
"""One row for every package, one column for every party that counts."""

_FEW = 128
_COMPARED_AT_ONCE = 1 << 22
_IN_BITS = range(512, 1 << 13)
_MOST_BITS = 1 << 25


def undominated(vectors: Vectors) -> Mask:
    """The rows to which no other row is at least equal in every column and above it in one."""
    if len(vectors) in _IN_BITS and (found := undominated_in_bits(vectors)) is not None:
        return found
    if moocore is None or len(vectors) <= _FEW:
        return undominated_by_numpy(vectors)
    return moocore.is_nondominated(vectors.astype(np.float64), maximise=True, keep_weakly=True)


def undominated_in_bits(vectors: Vectors) -> Mask | None:
    """The same where columns hold few different values, as points do; None where they hold many.

    By column and value, one bit for every row says whether it reaches the value: a row is beaten by those whose bits
    are set for all its values and whose sum is greater. Rows are looked at by falling sums, so these come before it.
    """
    sums = vectors.sum(axis=1, dtype=np.int64)
    order = np.argsort(-sums, kind="stable")
    columns = [np.unique(column, return_inverse=True) for column in (*vectors[order].T, sums[order])]
    if sum(len(values) for values, _ in columns) * len(vectors) > _MOST_BITS:
        return None
    codes = [code for _, code in columns]
    steps = [np.arange(len(values))[:, np.newaxis] for values, _ in columns]
    reached = [np.packbits(code >= step, axis=1) for code, step in zip(codes[:-1], steps, strict=False)]
    reached.append(np.packbits(codes[-1] > steps[-1], axis=1))
    kept = np.zeros(len(vectors), np.bool_)
    for at in range(0, len(order), _FEW):
        rows, before = slice(at, at + _FEW), (at + _FEW) // 8
        above = (bits[:, :before][code[rows]] for bits, code in zip(reached, codes, strict=True))
        kept[order[rows]] = ~reduce(np.bitwise_and, above).any(axis=1)
    return kept


def undominated_by_numpy(vectors: Vectors) -> Mask:
    """The same without moocore. What beats a row has a greater sum, so the greatest sums are settled first."""
    different, codes = np.unique(vectors, axis=0, return_inverse=True)
    kept = np.zeros(0, np.intp)
    order = np.argsort(-different.sum(axis=1, dtype=np.int64), kind="stable")
    for at in range(0, len(order), _FEW):
        chunk = order[at : at + _FEW]
        chunk = chunk[~_beaten(different[chunk], different[kept])]
        kept = np.concatenate([kept, chunk[~_beaten(different[chunk], different[chunk])]])
    return np.isin(np.arange(len(different)), kept)[codes.reshape(-1)]


def survivors(columns: Sequence[Vectors], strong: Vectors) -> Places:
    """Places of vectors, given by column, without most of those that a row of `strong` dominates."""
    left = np.arange(len(columns[0]))
    columns = list(columns)
    sums = np.add.reduce(columns, dtype=np.int64)
    for row in strong:
        worse = sums < row.sum(dtype=np.int64)
        for column, value in zip(columns, row, strict=True):
            worse &= column <= value
        # To take a few away costs more than to carry them along.
        if 8 * np.count_nonzero(worse) > len(left):
            kept = ~worse
            left, sums, columns = left[kept], sums[kept], [column[kept] for column in columns]
    return left


def _beaten(vectors: Vectors, by: Vectors) -> Mask:
    """The rows of `vectors` that some row of `by` dominates."""
    beaten = np.zeros(len(vectors), np.bool_)
    sums = vectors.sum(axis=1, dtype=np.int64)[:, np.newaxis]
    step = max(1, _COMPARED_AT_ONCE // max(1, len(vectors)))
    for at in range(0, len(by), step):
        some = by[at : at + step]
        worse = sums < some.sum(axis=1, dtype=np.int64)
        for column in range(vectors.shape[1]):
            worse &= vectors[:, column, np.newaxis] <= some[:, column]
        beaten |= worse.any(axis=1)
    return beaten
