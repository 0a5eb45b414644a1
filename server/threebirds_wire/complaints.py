"""What is wrong with a frame, in a sentence: what was found, where, what was expected, and the nearest name."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec
from msgspec import inspect

from threebirds_rules.nearest import nearest
from threebirds_wire.spots import Json, Spot, spot_at


class Complaint(NamedTuple):
    """`path` is written `action.options.frame`; None is the whole frame."""

    sentence: str
    path: str | None


def complaint(fault: msgspec.ValidationError, raw: Json, expected: inspect.Type) -> Complaint:
    """Msgspec's message about `raw`, which should have been of the type `expected`, for a person to read."""
    what, _, where = str(fault).partition(" - at `$")
    spot = spot_at(where.removesuffix("`"), raw, expected)
    for pattern, write in _WRITERS:
        if match := pattern.match(what):
            return write(spot, match)
    return Complaint(f"{spot.name} cannot be read: {what}.", spot.path)


def _missing(spot: Spot, match: re.Match[str]) -> Complaint:
    return Complaint(f"{spot.name} lacks `{match[1]}`.", spot.under(match[1]))


def _unknown_field(spot: Spot, match: re.Match[str]) -> Complaint:
    hint = _hint(match[1], spot.fields())
    return Complaint(f"{spot.name} has a field `{match[1]}` that is not known here.{hint}", spot.under(match[1]))


def _unknown_value(spot: Spot, match: re.Match[str]) -> Complaint:
    known = spot.values()
    if not known:
        return Complaint(f"{spot.name} cannot be “{match[1][:40]}” here.", spot.path)
    hint = _hint(match[1], known)
    return Complaint(f"{spot.name} is “{match[1][:40]}”; expected {_listed(known)}.{hint}", spot.path)


def _form(spot: Spot, _match: re.Match[str]) -> Complaint:
    return Complaint(f"{spot.name} is “{str(spot.value)[:40]}”; expected {spot.form()}.", spot.path)


def _length(spot: Spot, match: re.Match[str]) -> Complaint:
    things = "characters" if match[1] == "str" else "entries"
    return Complaint(f"{spot.name} has too {_AMOUNTS[match[2]]} {things}: the limit is {match[3]}.", spot.path)


def _bound(spot: Spot, match: re.Match[str]) -> Complaint:
    return Complaint(f"{spot.name} must be {_BOUNDS[match[1]]} {match[2]}.", spot.path)


def _type(spot: Spot, match: re.Match[str]) -> Complaint:
    wanted = _listed(_WORDS.get(word, word) for word in match[1].split(" | "))
    found = f" is {_WORDS.get(match[2], match[2])}; expected" if match[2] else " must be"
    return Complaint(f"{spot.name}{found} {wanted}.", spot.path)


def _too_large(spot: Spot, _match: re.Match[str]) -> Complaint:
    return Complaint(f"{spot.name} is too large a number.", spot.path)


def _hint(name: str, known: Iterable[str]) -> str:
    close = nearest(name, known)
    return f" Did you mean `{close}`?" if close else ""


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


_AMOUNTS = {">=": "few", "<=": "many"}
_BOUNDS = {">=": "at least", "<=": "at most"}
_WORDS = {
    "int": "a whole number",
    "float": "a number with a point",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
}
_WRITERS: tuple[tuple[re.Pattern[str], Callable[[Spot, re.Match[str]], Complaint]], ...] = (
    (re.compile(r"Object missing required field `(.*)`"), _missing),
    (re.compile(r"Object contains unknown field `(.*)`", re.DOTALL), _unknown_field),
    (re.compile(r"Invalid (?:enum )?value '(.*)'", re.DOTALL), _unknown_value),
    (re.compile(r"Expected `str` matching regex"), _form),
    (re.compile(r"Expected `(\w+)` of length ([<>]=) (\d+)"), _length),
    (re.compile(r"Expected `int` ([<>]=) (-?\d+)"), _bound),
    (re.compile(r"Expected `([^`]+)`(?:, got `([^`]+)`)?"), _type),
    (re.compile(r"(?:Number|Integer value) out of range"), _too_large),
)
