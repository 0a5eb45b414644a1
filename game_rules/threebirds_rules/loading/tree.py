"""From text to plain data, safely: nothing of a document is built before its size, depth and shape are known.

The parser's events are taken one by one with a stack of our own, so that no nesting, however deep, recurses.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from threebirds_rules.loading.problems import Path, Position, Problem, RuleSetError, written
from threebirds_rules.loading.scalars import resolved
from threebirds_rules.loading.vocabulary import MAX_BYTES, MAX_DEPTH, MAX_NODES

_DEPTH = f"at most {MAX_DEPTH} lists and mappings within each other"


@dataclass
class Tree:
    """`data` is made of dict, list, str, int, float, bool and None; keys are always text."""

    data: object = None
    values: dict[Path, Position] = field(default_factory=dict[Path, Position])
    keys: dict[Path, Position] = field(default_factory=dict[Path, Position])
    problems: list[Problem] = field(default_factory=list[Problem])


class Mark(Protocol):
    """Where the parser was: line and column from 0."""

    line: int
    column: int


@dataclass
class _Open:
    """A list or mapping that is not closed yet; in a mapping, `key` may wait for its value."""

    node: list[object] | dict[str, object]
    path: Path
    key: str = ""
    waits: bool = False


def read_tree(document: str | bytes, *, source: str) -> Tree:
    """The document's data and positions; raises RuleSetError for what makes the rest unreadable."""
    reading = _Reading(source)
    data = document if isinstance(document, bytes) else document.encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        reading.refuse(Position(1, 1), "more", f"at most {MAX_BYTES:,} bytes")
    try:
        text = document if isinstance(document, str) else document.decode()
    except UnicodeDecodeError as error:
        place = _place_of_byte(data, error.start)
        reading.refuse(place, f"the byte {data[error.start]:#04x}", "text in UTF-8")
    try:
        for event in _events(text):
            reading.take(event)
    except yaml.MarkedYAMLError as error:
        reading.refuse(*_fault(error))
    except yaml.reader.ReaderError as error:
        place = _place_of_byte(data, error.position)
        reading.refuse(place, f"character {error.character:#06x}", "characters that can be printed")
    except UnicodeEncodeError as error:
        place = _place_of_byte(data, len(text[: error.start].encode()))
        reading.refuse(place, "half of a surrogate pair", "characters that can be printed")
    return reading.tree


def _events(text: str) -> Iterator[Event]:
    yield from yaml.parse(text, Loader=yaml.CSafeLoader)  # pyright: ignore[reportUnknownMemberType]  # stubs say no type


def _fault(error: yaml.MarkedYAMLError) -> tuple[Position, str, str]:
    problem = error.problem or "unknown"
    # libyaml counts the open brackets itself and may look so far ahead that its limit is met before ours.
    return marked(error.problem_mark), f"a fault: {problem}", _DEPTH if "nesting" in problem else "well-formed YAML"


def marked(mark: Mark | None) -> Position:
    return Position(1, 1) if mark is None else Position(mark.line + 1, mark.column + 1)


def _place_of_byte(data: bytes, offset: int) -> Position:
    before = data[:offset].decode("utf-8", "ignore")
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))


class _Reading:
    """Turns events into a tree."""

    def __init__(self, source: str) -> None:
        self.tree = Tree()
        self._source = source
        self._open: list[_Open] = []
        self._nodes = 0
        self._documents = 0

    def refuse(self, place: Position, found: str, expected: str, path: Path = ()) -> NoReturn:
        """What cannot be gone on from."""
        self._note(place, found, expected, path)
        raise RuleSetError(self._source, self.tree.problems)

    def take(self, event: Event) -> None:
        place = marked(event.start_mark)
        match event:
            case DocumentStartEvent():
                self._start(event, place)
            case NodeEvent():
                self._node(event, place)
            case SequenceEndEvent() | MappingEndEvent():
                self._open.pop()
            case _:
                pass

    def _start(self, event: DocumentStartEvent, place: Position) -> None:
        self._documents += 1
        if self._documents > 1:
            self.refuse(place, "another document", "one document")
        if event.version or event.tags:
            self._note(place, "a directive", "no directives", ())

    def _node(self, event: NodeEvent, place: Position) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self.refuse(place, "more", f"at most {MAX_NODES:,} values")
        top = self._open[-1] if self._open else None
        if top is not None and isinstance(top.node, dict) and not top.waits:
            self._key(top, event, place)
        else:
            self._value(top, event, place)

    def _key(self, top: _Open, event: NodeEvent, place: Position) -> None:
        if not isinstance(event, ScalarEvent):
            self.refuse(place, "something else", "a name as the key", top.path)
        self._check_plain(event, place, top.path)
        top.key, top.waits = event.value, True
        path = (*top.path, event.value)
        if event.value in top.node:
            self._note(place, f"'{event.value}' for the second time", "every key once", path)
        else:
            self.tree.keys[path] = place

    def _value(self, top: _Open | None, event: NodeEvent, place: Position) -> None:
        path = self._path(top)
        self._check_plain(event, place, path)
        match event:
            case ScalarEvent():
                self._place(top, path, resolved(event.value) if event.implicit[0] else event.value, place)
            case SequenceStartEvent():
                self._begin(_Open([], path), top, place)
            case MappingStartEvent():
                self._begin(_Open({}, path), top, place)
            case _:
                self._place(top, path, None, place)

    def _path(self, top: _Open | None) -> Path:
        if top is None:
            return ()
        return (*top.path, top.key if top.waits else len(top.node))

    def _place(self, top: _Open | None, path: Path, value: object, place: Position) -> None:
        if top is None:
            self.tree.data = value
        elif isinstance(top.node, list):
            top.node.append(value)
        else:
            top.node.setdefault(top.key, value)  # a key that comes twice keeps its first value
            top.waits = False
        self.tree.values.setdefault(path, place)

    def _begin(self, opened: _Open, top: _Open | None, place: Position) -> None:
        self._place(top, opened.path, opened.node, place)
        self._open.append(opened)
        if len(self._open) > MAX_DEPTH:
            self.refuse(place, f"level {len(self._open)}", _DEPTH, opened.path)

    def _check_plain(self, event: NodeEvent, place: Position, path: Path) -> None:
        if isinstance(event, AliasEvent):
            self._note(place, f"the alias *{event.anchor}", "the value itself", path)
        elif event.anchor is not None:
            self._note(place, f"the anchor &{event.anchor}", "the value alone", path)
        elif isinstance(event, (ScalarEvent, SequenceStartEvent, MappingStartEvent)) and event.tag is not None:
            self._note(place, f"the tag {event.tag}", "the value alone", path)

    def _note(self, place: Position, found: str, expected: str, path: Path) -> None:
        line, column = place
        self.tree.problems.append(Problem(line=line, column=column, path=written(path), found=found, expected=expected))
