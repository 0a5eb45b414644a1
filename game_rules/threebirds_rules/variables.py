"""Variables in texts: `{russia}` stands for a name and `{walk_away}` for a number of the seat that reads it.

Braces that are meant as braces are doubled: `{{` and `}}`.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from threebirds_rules.mandate import Mandate

SEAT_VARIABLES = ("walk_away",)
"""What confidential briefs may use besides names: numbers of one seat, known only in a state of a table."""

_PARTS = re.compile(r"\{\{|\}\}|\{([A-Za-z][A-Za-z0-9_-]*)\}|[{}]")


def filled(text: str, values: Mapping[str, str], *, later: Collection[str] = ()) -> str:
    """The text with its variables replaced by `values`, and doubled braces by single ones.

    With `later` it stays a text to be filled once more: these variables are left, and braces are doubled. So names are
    filled when a table chooses them (`wording.in_language`), and what only a state knows when a seat looks:
    `filled(role.confidential_brief, seat_values(mandate))`. Another variable of that kind needs its name in
    SEAT_VARIABLES and its value in `seat_values`, and nothing else. Total: a variable without a value stays as it is.
    """

    def value(part: re.Match[str]) -> str:
        if part[1] is None:
            return part[0] if later else part[0][0]
        if part[1] in later or part[1] not in values:
            return part[0]
        return _doubled(values[part[1]]) if later else values[part[1]]

    return _PARTS.sub(value, text)


def seat_values(own: Mandate) -> Mapping[str, str]:
    """What SEAT_VARIABLES stand for in a confidential brief."""
    return {"walk_away": str(own.walk_away)}


def variables_in(text: str) -> Iterator[str]:
    return (part[1] for part in _PARTS.finditer(text) if part[1] is not None)


def lone_brace(text: str) -> str | None:
    """The first brace that neither belongs to a variable nor is doubled."""
    return next((part[0] for part in _PARTS.finditer(text) if part[0] in {"{", "}"}), None)


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
