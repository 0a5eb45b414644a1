"""Plain words of YAML 1.2's core schema. YAML 1.1 takes `NO` for a negative; here it is a word, and Norway."""

import re

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}")
_OCTAL = re.compile(r"0o[0-7]{1,15}")
_HEX = re.compile(r"0x[0-9a-fA-F]{1,12}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_ENDLESS = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")

Scalar = str | int | float | bool | None


def resolved(text: str) -> Scalar:
    """The value of an unquoted word. A whole number too long to be one becomes a float, which no field takes."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    for pattern, radix in ((_DECIMAL, 10), (_OCTAL, 8), (_HEX, 16)):
        if pattern.fullmatch(text):
            return int(text, 10) if radix == 10 else int(text[2:], radix)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _ENDLESS.fullmatch(text):
        return float(text.replace(".", "", 1))
    return text
