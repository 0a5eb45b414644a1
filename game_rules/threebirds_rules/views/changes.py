"""From one view to the next: replacements that a client applies without knowing a rule.

A change is `(path, value)`: the value at `path` (keys and indices from the root) becomes `value`; an index that equals
the list's length appends.
"""

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

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


def difference(old: Built, new: Built, path: tuple[Key, ...] = ()) -> list[Change]:
    """The replacements that turn `old` into `new`."""
    if old == new:
        return []
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        return [change for key in new for change in difference(old[key], new[key], (*path, key))]
    if isinstance(old, list) and isinstance(new, list) and len(old) <= len(new):
        return _grown(old, new, path)
    return [(path, new)]


def _grown(old: list[Built], new: list[Built], path: tuple[Key, ...]) -> list[Change]:
    kept = [
        change
        for index, (before, after) in enumerate(zip(old, new, strict=False))
        for change in difference(before, after, (*path, index))
    ]
    added: list[Change] = [((*path, index), new[index]) for index in range(len(old), len(new))]
    return kept + added


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
