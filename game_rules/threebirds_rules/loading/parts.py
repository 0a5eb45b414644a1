"""From plain data to the document's models, section by section, with every complaint of pydantic in our words."""

from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from threebirds_rules.loading.document import Document
from threebirds_rules.loading.hints import Hints
from threebirds_rules.loading.known import Known
from threebirds_rules.loading.plain import mapping
from threebirds_rules.loading.problems import Path, Problems
from threebirds_rules.loading.vocabulary import MAX_TRANSLATIONS

_KEYS = {field.alias or name: name for name, field in Document.model_fields.items()}
"""The document's keys and the names of their fields."""

_EXPECTED = {
    "string_type": "text (a number needs quotes to be text)",
    "string_too_short": "some text",
    "string_too_long": "at most {max_length} characters",
    "string_pattern_mismatch": "a name of letters, digits, - and _ that begins with a letter",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "too_short": "at least {min_length} entries",
    "too_long": "at most {max_length} entries",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "literal_error": "{expected}",
    "fault": "{expected}",
}


def document_of(data: Mapping[str, object], known: Known, problems: Problems) -> Document:
    """The document, of which only the sections without problems may be read; the others' are noted."""
    for key in data:
        if key not in _KEYS:
            hint = known.hints.nearest(key, _KEYS)
            problems.add((key,), found=key, expected="a key of the document", hint=hint, at_key=True)
    sections: dict[str, Any] = {}
    for key, name in _KEYS.items():
        if key not in data:
            if Document.model_fields[name].is_required():
                problems.add((), found=None, expected=f"the key {key}")
            continue
        for raw, context in _pieces(name, data[key], known):
            read = _read(key, raw, context, problems)
            sections[name] = {**sections[name], **read} if name in sections else read
    return Document.model_construct(**sections)


def _read(key: str, raw: object, context: Known, problems: Problems) -> Any:
    """The section, or nothing that may be read."""
    try:
        return _adapters()[_KEYS[key]].validate_python(raw, strict=True, context=context)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _complain((key, *details["loc"]), details, context.hints, problems)
        return {}


def _pieces(name: str, raw: object, known: Known) -> list[tuple[object, Known]]:
    """What is read at once: a section, but of the translations each for itself, because each has its own names."""
    if name != "translations" or not 0 < len(mapping(raw)) <= MAX_TRANSLATIONS:
        return [(raw, known)]
    return [({language: texts}, known.speaking(texts)) for language, texts in mapping(raw).items()]


@cache
def _adapters() -> dict[str, TypeAdapter[Any]]:
    return {name: TypeAdapter(field.rebuild_annotation()) for name, field in Document.model_fields.items()}


def _complain(path: Path, details: ErrorDetails, hints: Hints, problems: Problems) -> None:
    at_key = path[-1] == "[key]"
    path = path[:-1] if at_key else path
    if details["type"] == "missing":
        problems.add(path[:-1], found=None, expected=f"the key {path[-1]}")
    elif details["type"] == "extra_forbidden":
        keys = _keys_at(path[:-1])
        hint = hints.nearest(str(path[-1]), keys)
        expected = f"one of the keys {', '.join(keys)}"
        problems.add(path, found=str(path[-1]), expected=expected, hint=hint, at_key=True)
    else:
        context = details.get("ctx", {})
        expected = _EXPECTED[details["type"]].format(**context)
        # A mapping that is too long is not counted to its end by pydantic.
        found = len(details["input"]) if "actual_length" in context else context.get("found", details["input"])
        problems.add(path, found=found, expected=expected, hint=context.get("nearest"), at_key=at_key)


def _keys_at(path: Path) -> list[str]:
    """The keys of the part that stands at `path`."""
    found: Any = Document
    for step in path:
        found = found.model_fields[step].annotation if _is_model(found) else get_args(found)[-1]
        while get_origin(found) in {Annotated, Union, UnionType}:
            found = get_args(found)[0]
    return list(found.model_fields)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
