"""Numbers for every pair of a prefix and a suffix of packages, with equal rows kept once.

A package is a prefix (options of the first issues) and a suffix (options of the others). What a rule or a curve makes
of all suffixes is the same after many prefixes, so a table keeps the distinct rows and says which prefix has which.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.signedinteger[Any]]
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]


class Table(NamedTuple):
    """The entry of prefix p and suffix s is `rows[codes[p], s]`."""

    codes: Places
    rows: NDArray[Any]


class Sum(NamedTuple):
    """The entry of prefix p and suffix s is `base[p] + rows[codes[p], s]`."""

    base: Numbers
    codes: Places
    rows: Numbers

    def highest(self) -> Numbers:
        """By prefix, the highest entry of its suffixes."""
        return self.base + self.rows.max(axis=1)[self.codes]


def distinct(codes: Places, rows: NDArray[Any]) -> Table:
    """The same entries with every row once, in the order of their first codes."""
    places: dict[bytes, int] = {}
    renamed = np.array([places.setdefault(row.tobytes(), len(places)) for row in rows], np.intp)
    if len(places) == len(rows):
        return Table(codes, rows)
    _, first = np.unique(renamed, return_index=True)
    return Table(renamed[codes], rows[first])


def combined(operation: Callable[[Any, Any], Any], one: Table, two: Table) -> Table:
    """Entry by entry; each pair of rows that meet at some prefix is worked out once."""
    met, codes = np.unique(one.codes * len(two.rows) + two.codes, return_inverse=True)
    of_one, of_two = np.divmod(met, len(two.rows))
    return distinct(codes, operation(one.rows[of_one], two.rows[of_two]))


def fewest_first(operation: Callable[[Any, Any], Any], tables: Iterable[Table]) -> Table:
    """All of them together; those with few rows first, so that what is added often stays small."""
    return reduce(lambda one, two: combined(operation, one, two), sorted(tables, key=lambda table: len(table.rows)))


def total(base: Numbers, tables: Iterable[Table]) -> Sum:
    """The sum of the tables, and of `base` by prefix."""
    left: list[Table] = []
    for codes, rows in tables:
        # What a row adds to all its suffixes alike belongs to the prefix: then more rows are equal.
        base = base + rows[codes, 0]
        left.append(distinct(codes, rows - rows[:, :1]))
    return Sum(base, *fewest_first(np.add, left))
