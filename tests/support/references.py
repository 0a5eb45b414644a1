"""Documents that point into themselves, and what they say of others."""

import json
from collections.abc import Callable, Iterator
from typing import Any, cast

from jsonschema import Draft202012Validator


def references(part: Any) -> Iterator[str]:
    """Every `$ref` anywhere in a document."""
    match part:
        case {"$ref": str(reference)}:
            yield reference
        case dict() | list():
            inside = cast("dict[str, Any] | list[Any]", part)
            for inner in inside.values() if isinstance(inside, dict) else inside:
                yield from references(inner)
        case _:
            pass


def found(document: Any, reference: str) -> Any:
    """What it points at; raise `LookupError` if there is nothing."""
    for step in reference.removeprefix("#/").split("/"):
        document = document[step]
    return document


def validity(schema: dict[str, Any]) -> Callable[[str], bool]:
    """Whether a text is what this schema describes; the schema has to be one itself."""
    Draft202012Validator.check_schema(schema)
    is_valid = Draft202012Validator(schema).is_valid  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    check = cast("Callable[[Any], bool]", is_valid)
    return lambda text: check(json.loads(text))
