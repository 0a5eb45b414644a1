"""The hash chain of a log: the link of an event covers the link before it and all that its own row says.

Whoever changes, swaps or takes out a row breaks it. The first link covers the id of the table, and not its epoch: a
restored backup has another epoch and the same log. Words stand in `text`, under a hash that is in the row.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, Protocol, TypeVar

import msgspec

from threebirds_server.ports import DamagedLogError

LINKED = ("seq", "at", "kind", "kind_version", "actor", "audience", "body", "cid")
LINK_BYTES = 16


class Row(Protocol):
    """Values by the name of their column."""

    def __getitem__(self, name: str, /) -> Any: ...


AnyRow = TypeVar("AnyRow", bound=Row)

# Of each value it is said where it ends: no two rows have the same text.
_spelt = msgspec.json.Encoder().encode


def first_link(table: str) -> str:
    """What the first event of this table is chained to."""
    return _hash(_spelt((table,)))


def next_link(previous: str, row: Row) -> str:
    return _hash(_spelt((previous, *[row[name] for name in LINKED])))


def unbroken(table: Row, after: int, rows: Sequence[AnyRow]) -> Sequence[AnyRow]:
    """The rows after number `after`, if they are those that were written.

    `rows` are in order and begin with number `after` itself if there is one; `table` is the row of the table. Raise
    `DamagedLogError`, which names the first event that is not right.
    """
    name, head = table["id"], table["head"]
    if after > head:
        return ()
    link = first_link(name)
    if after:
        _expect(rows[0]["seq"] if rows else head + 1, after, name)
        link, rows = rows[0]["chain"], rows[1:]
    for seq, row in enumerate(rows, after + 1):
        _expect(row["seq"], seq, name)
        link = next_link(link, row)
        if link != row["chain"]:
            raise DamagedLogError(f"Event {seq} of table {name} is not what was written.")
    if (end := after + len(rows)) != head:
        raise DamagedLogError(f"The log of table {name} ends with event {end} and not with event {head}.")
    if link != table["chain"]:
        raise DamagedLogError(f"Event {head} of table {name} is not the last one that was written.")
    return rows


def _expect(found: int, seq: int, table: str) -> None:
    if found != seq:
        raise DamagedLogError(f"Event {seq} of table {table} is missing.")


def _hash(text: bytes) -> str:
    return blake2b(text, digest_size=LINK_BYTES).hexdigest()
