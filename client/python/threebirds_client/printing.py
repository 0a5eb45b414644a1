"""What commands write: lines for people, on whatever terminal they have."""

from collections.abc import Iterable
from typing import TextIO

BAD_INPUT = 2
"""The exit code for input that cannot be used."""

MINUS = "\N{MINUS SIGN}"


def print_lines(stream: TextIO, lines: Iterable[str]) -> None:
    """Writes them; a terminal without a minus sign gets a hyphen, and a question mark for other signs it lacks."""
    encoding = stream.encoding or "utf-8"
    stream.writelines(f"{_known_to(encoding, line)}\n" for line in lines)


def _known_to(encoding: str, line: str) -> str:
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        return line.replace(MINUS, "-").encode(encoding, "replace").decode(encoding)
    return line
