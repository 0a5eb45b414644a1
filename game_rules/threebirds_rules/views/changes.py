"""From one view to the next: replacements that a client applies without knowing a rule.

A change is `(path, value)`: the value at `path` (keys and indices from the root) becomes `value`; an index that equals
the list's length appends.
"""

from collections.abc import Callable, Sequence
from itertools import compress
from operator import is_not
from typing import TypeAlias, TypeVar, cast

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from threebirds_rules.views.shapes import MessageView, OwnScore, SupportView, View, VoteView

Built: TypeAlias = "dict[str, Built] | list[Built] | str | int | bool | None"
Key: TypeAlias = str | int
Row = TypeVar("Row")
Change: TypeAlias = tuple[tuple[Key, ...], Built]

LISTS = (list, tuple)

FLAT = (MessageView, OwnScore, SupportView, VoteView)
"""Without a list inside."""


def built(value: object) -> Built:
    """Plain dicts, lists and scalars, as a client holds them (`msgspec.to_builtins` would leave tuples)."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, FLAT):
        return msgspec.to_builtins(value)
    return msgspec.json.decode(msgspec.json.encode(value))


def canonical(view: "View | Built") -> bytes:
    """JSON with sorted keys: two views are equal if and only if their bytes are."""
    return msgspec.json.encode(built(view), order="sorted")


def difference(old: object, new: object, path: tuple[Key, ...] = ()) -> list[Change]:
    """The replacements that turn `old` into `new`: views or parts of them. Only what differs is built."""
    if isinstance(old, Struct) and type(old) is type(new):
        return _fielded(old, cast("Struct", new), path)
    if isinstance(old, LISTS) and isinstance(new, LISTS):
        return _grown(cast("Sequence[object]", old), cast("Sequence[object]", new), path)
    if old == new:
        return []
    if isinstance(old, dict) and isinstance(new, dict):
        return _keyed(cast("dict[str, object]", old), cast("dict[str, object]", new), path)
    return [(path, built(new))]


def _fielded(old: Struct, new: Struct, path: tuple[Key, ...]) -> list[Change]:
    """Two of one type; one that leaves out what is empty may have other keys than before."""
    before, after = astuple(old), astuple(new)
    moved = list(compress(zip(old.__struct_fields__, before, after, strict=True), map(is_not, before, after)))
    if old.__struct_config__.omit_defaults and any((not was) != (not now) for _, was, now in moved):
        return [(path, built(new))]
    return [change for name, was, now in moved for change in difference(was, now, (*path, name))]


def _keyed(old: dict[str, object], new: dict[str, object], path: tuple[Key, ...]) -> list[Change]:
    if old.keys() != new.keys():
        return [(path, built(new))]
    return [change for key in new for change in difference(old[key], new[key], (*path, key))]


def _grown(old: Sequence[object], new: Sequence[object], path: tuple[Key, ...]) -> list[Change]:
    return row_changes(old, new, path, lambda row: row)


def row_changes(
    old: Sequence[Row], new: Sequence[Row], path: tuple[Key, ...], show: Callable[[Row], object]
) -> list[Change]:
    """The difference of two lists in which each row is shown by itself: only what differs is made.

    What was put in at the end is appended; what came in between, or went, makes another list.
    """
    count = len(old)
    if len(new) == count:
        pairs = [(at, was, now) for at, (was, now) in enumerate(zip(old, new, strict=True)) if was != now]
        return [change for at, was, now in pairs for change in difference(show(was), show(now), (*path, at))]
    if len(new) < count or new[:count] != old:
        return [(path, built([show(row) for row in new]))]
    return [((*path, at), built(show(new[at]))) for at in range(count, len(new))]


def moved(changes: list[Change], place: int) -> list[Change]:
    """The same changes of one thing in a list, for somebody in whose list it stands at `place`."""
    if not changes or changes[0][0][1] == place:
        return changes
    return [((path[0], place, *path[2:]), value) for path, value in changes]


def apply_changes(view: Built, changes: Sequence[tuple[Sequence[Key], Built]]) -> Built:
    """The view after these replacements; the one given stays as it is."""
    for path, value in changes:
        view = _replaced(view, tuple(path), value)
    return view


def _replaced(node: Built, path: tuple[Key, ...], value: Built) -> Built:
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(node, dict) and isinstance(key, str):
        return {**node, key: _replaced(node[key], rest, value)}
    if isinstance(node, list) and isinstance(key, int):
        if key == len(node):
            return [*node, value]
        return [*node[:key], _replaced(node[key], rest, value), *node[key + 1 :]]
    raise LookupError(f"no place called {key!r} in the view")
