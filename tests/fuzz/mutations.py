"""What may be wrong with a frame as text: each mutation takes a right one and gives the bytes of a message."""

import json
from collections.abc import Callable, Mapping
from typing import Any, cast

from tests.fuzz.grammar import Object
from tests.support.dice import Dice
from threebirds_wire.limits import FRAME_BYTES

Mutation = Callable[[Object, Dice], bytes]

OTHER_TYPES: tuple[Any, ...] = (None, True, 0, -1, 1.5, "", "seat", [], {}, [[]], {"kind": "say"}, ["act"])
NUMBERS = (
    "1e308",
    "-1e308",
    "1e400",
    "-0.0",
    "9223372036854775808",
    "18446744073709551616",
    "9" * 5_000,
    "0." + "1" * 900,
)
NOT_NUMBERS = ("NaN", "Infinity", "-Infinity", "01", "+1", "0x10", "1.", "--1")
HALVES = ("\ud800", "\udfff", "x\ud83d", "\udc26\ud83d")
ODD = (
    "\0",
    "\x1b[2J",
    "\u202e",
    "\ufeff",
    "\u2028",
    "a\u0300" * 600,
    "x" * 4_001,
    "' OR 1=1 --",
    "../../etc/passwd",
    "%s%n",
)
DEEP = (200, 900, 20_000)


def as_it_is(frame: Object, _dice: Dice) -> bytes:
    return written(frame)


def wrong_type(frame: Object, dice: Dice) -> bytes:
    holder, key = _somewhere(frame, dice)
    holder[key] = dice.pick(OTHER_TYPES)
    return written(frame)


def missing_field(frame: Object, dice: Dice) -> bytes:
    holder, key = _somewhere(frame, dice)
    del holder[key]
    return written(frame)


def unknown_field(frame: Object, dice: Dice) -> bytes:
    objects: list[Object] = [frame, *(value for value in frame.values() if isinstance(value, dict))]
    dice.pick(objects)[dice.pick(("__proto__", "kinds", "", "tabel", "x" * 300, "type"))] = dice.pick(OTHER_TYPES)
    return written(frame)


def huge_number(frame: Object, dice: Dice) -> bytes:
    return _with_token(frame, dice, dice.pick(NUMBERS))


def not_a_number(frame: Object, dice: Dice) -> bytes:
    return _with_token(frame, dice, dice.pick(NOT_NUMBERS))


def half_a_character(frame: Object, dice: Dice) -> bytes:
    holder, key = _somewhere(frame, dice)
    holder[key] = dice.pick(HALVES)
    return written(frame)


def odd_text(frame: Object, dice: Dice) -> bytes:
    holder, key = _somewhere(frame, dice)
    holder[key] = dice.pick(ODD)
    return json.dumps(frame, ensure_ascii=False).encode()


def at_the_limit(frame: Object, dice: Dice) -> bytes:
    """64 KiB or one byte less; one more is what `too_large` is for."""
    return _padded(frame, FRAME_BYTES - dice.below(2))


def deep(frame: Object, dice: Dice) -> bytes:
    levels = dice.pick(DEEP)
    opening, closing = dice.pick((("[", "]"), ('{"a":', "}")))
    return _with_token(frame, dice, opening * levels + "1" + closing * levels)[:FRAME_BYTES]


def nothing(_frame: Object, _dice: Dice) -> bytes:
    return b""


def doubled_key(frame: Object, dice: Dice) -> bytes:
    key = dice.pick(tuple(frame))
    return written(frame)[:-1] + f", {json.dumps(key)}: {json.dumps(dice.pick(OTHER_TYPES))}}}".encode()


def cut_short(frame: Object, dice: Dice) -> bytes:
    text = written(frame)
    return text[: dice.below(len(text))]


def changed_byte(frame: Object, dice: Dice) -> bytes:
    """Still UTF-8: what is not is a matter of framing."""
    text = written(frame)
    at = dice.below(len(text))
    return text[:at] + bytes([dice.below(128)]) + text[at + 1 :]


def no_object(frame: Object, dice: Dice) -> bytes:
    text = written(frame)
    return dice.pick(
        (b"[" + text + b"]", text + text, json.dumps(text.decode()).encode(), b"null", b"7", b"\xef\xbb\xbf" + text)
    )


MUTATIONS: Mapping[str, Mutation] = {
    "as it is": as_it_is,
    "wrong type": wrong_type,
    "missing field": missing_field,
    "unknown field": unknown_field,
    "huge number": huge_number,
    "not a number": not_a_number,
    "half a character": half_a_character,
    "odd text": odd_text,
    "at the limit": at_the_limit,
    "deep": deep,
    "nothing": nothing,
    "doubled key": doubled_key,
    "cut short": cut_short,
    "changed byte": changed_byte,
    "no object": no_object,
}


def too_large(frame: Object, dice: Dice) -> bytes:
    return _padded(frame, FRAME_BYTES + 1 + dice.below(2))


def written(frame: Object) -> bytes:
    return json.dumps(frame).encode()


def _padded(frame: Object, size: int) -> bytes:
    frame["sdk"] = ""
    frame["sdk"] = "x" * (size - len(written(frame)))
    return written(frame)


def _somewhere(frame: Object, dice: Dice) -> tuple[Any, Any]:
    """An object or list in the frame, and a key of it."""
    places: list[tuple[Any, Any]] = []
    holders: list[Any] = [frame]
    while holders:
        holder = holders.pop()
        keys: list[Any] = [*(cast("Object", holder) if isinstance(holder, dict) else range(len(holder)))]
        places += [(holder, key) for key in keys]
        holders += [holder[key] for key in keys if isinstance(holder[key], dict | list)]
    return dice.pick(places)


def _with_token(frame: Object, dice: Dice, token: str) -> bytes:
    """The text of the frame with something in it that Python's own writer would not write."""
    holder, key = _somewhere(frame, dice)
    holder[key] = "TOKEN"
    return written(frame).replace(b'"TOKEN"', token.encode(), 1)
