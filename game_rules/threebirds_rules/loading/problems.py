"""What is wrong with a document: every problem with its place, what was found there and what was expected."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

Path = tuple[str | int, ...]
"""Keys and places in lists, from the top of the document down."""


class Position(NamedTuple):
    """Line and column, both from 1."""

    line: int
    column: int


class Problem(Struct, frozen=True, kw_only=True):
    """`path` reads `issues[2].options[0].label`; it is empty for the document as a whole."""

    line: int
    column: int
    path: str
    found: str
    expected: str
    nearest: str | None = None

    def __str__(self) -> str:
        place = f"{self.line}:{self.column}: {self.path or 'document'}"
        hint = f"; did you mean {self.nearest}?" if self.nearest else ""
        return f"{place}: expected {self.expected}, found {self.found}{hint}"


class RuleSetError(ValueError):
    """A document that is no rule set, with all its problems in the order of their places."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems = tuple(sorted(problems, key=lambda one: (one.line, one.column, one.path, one.expected)))
        super().__init__("\n".join(f"{source}:{problem}" for problem in self.problems))


class Problems:
    """Collects problems and finds their places in the text. `sections` are the top-level keys that have any."""

    def __init__(self, values: Mapping[Path, Position], keys: Mapping[Path, Position]) -> None:
        self._values = values
        self._keys = keys
        self.found: list[Problem] = []
        self.sections: set[str | int] = set()

    def add(self, path: Path, *, found: object, expected: str, hint: str | None = None, at_key: bool = False) -> None:
        """A problem with the value at `path`, or with the key it stands under."""
        self.sections.update(path[:1])
        line, column = self._keys[path] if at_key and path in self._keys else self._place(path)
        self.found.append(
            Problem(line=line, column=column, path=written(path), found=shown(found), expected=expected, nearest=hint)
        )

    def _place(self, path: Path) -> Position:
        while path and path not in self._values:
            path = path[:-1]
        return self._values.get(path, Position(1, 1))


def written(path: Path) -> str:
    """`issues[2].label`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def shown(found: object) -> str:
    """A value as a person would name it."""
    match found:
        case None:
            return "nothing"
        case list():
            return "a list" if found else "an empty list"
        case dict():
            return "a mapping" if found else "an empty mapping"
        case bool():
            return str(found).lower()
        case str():
            return repr(found if len(found) <= 60 else f"{found[:57]}...")
        case _:
            return str(found)


def article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
