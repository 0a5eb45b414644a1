"""From one view to the next: replacements that a client applies without knowing a rule.

A change is `(path, value)`: the value at `path` (keys and indices from the root) becomes `value`; an index that equals
the list's length appends.
"""

from collections.abc import Sequence
from typing import TypeAlias, cast

import msgspec
from msgspec import Struct

from threebirds_rules.views.shapes import View

Built: TypeAlias = "dict[str, Built] | list[Built] | str | int | bool | None"
Key: TypeAlias = str | int
Change: TypeAlias = tuple[tuple[Key, ...], Built]


def built(value: object) -> Built:
    """Plain dicts, lists and scalars, as a client holds them (`msgspec.to_builtins` would leave tuples)."""
    return msgspec.json.decode(msgspec.json.encode(value))


def canonical(view: "View | Built") -> bytes:
    """JSON with sorted keys: two views are equal if and only if their bytes are."""
    return msgspec.json.encode(built(view), order="sorted")


def difference(old: object, new: object, path: tuple[Key, ...] = ()) -> list[Change]:
    """The replacements that turn `old` into `new`: views or parts of them. Only what differs is built."""
    if old == new:
        return []
    if isinstance(old, Struct) and type(old) is type(new):
        return _fielded(old, cast("Struct", new), path)
    if isinstance(old, dict) and isinstance(new, dict):
        return _keyed(cast("dict[str, object]", old), cast("dict[str, object]", new), path)
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        return _grown(cast("Sequence[object]", old), cast("Sequence[object]", new), path)
    return [(path, built(new))]


def _fielded(old: Struct, new: Struct, path: tuple[Key, ...]) -> list[Change]:
    """Two of one type; one that leaves out what is empty may have other keys than before."""
    pairs = [(name, getattr(old, name), getattr(new, name)) for name in old.__struct_fields__]
    moved = [pair for pair in pairs if pair[1] is not pair[2]]
    if old.__struct_config__.omit_defaults and any((not was) != (not now) for _, was, now in moved):
        return [(path, built(new))]
    return [change for name, was, now in moved for change in difference(was, now, (*path, name))]


def _keyed(old: dict[str, object], new: dict[str, object], path: tuple[Key, ...]) -> list[Change]:
    if old.keys() != new.keys():
        return [(path, built(new))]
    return [change for key in new for change in difference(old[key], new[key], (*path, key))]


def _grown(old: Sequence[object], new: Sequence[object], path: tuple[Key, ...]) -> list[Change]:
    """What was put in at the end is appended; what came in between, or went, makes another list."""
    count = len(old)
    if len(new) == count:
        pairs = enumerate(zip(old, new, strict=True))
        return [change for at, (was, now) in pairs if was is not now for change in difference(was, now, (*path, at))]
    if len(new) < count or new[:count] != old:
        return [(path, built(new))]
    return [((*path, at), built(new[at])) for at in range(count, len(new))]


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
