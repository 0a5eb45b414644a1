"""What commands write: lines for people, on whatever terminal they have."""

import os
from collections.abc import Iterable
from typing import TextIO

BAD_INPUT = 2
"""The exit code for input that cannot be used."""

MINUS = "\N{MINUS SIGN}"


def print_lines(stream: TextIO, lines: Iterable[str]) -> None:
    """Writes them; a terminal without a minus sign gets a hyphen, and a question mark for other signs it lacks.

    A reader that has seen enough, such as `head`, is no error: what is left goes nowhere.
    """
    encoding = stream.encoding or "utf-8"
    try:
        stream.writelines(f"{_known_to(encoding, line)}\n" for line in lines)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)


def _silence(stream: TextIO) -> None:
    """The interpreter flushes it once more as it ends, and would complain of the closed pipe."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _known_to(encoding: str, line: str) -> str:
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        return line.replace(MINUS, "-").encode(encoding, "replace").decode(encoding)
    return line
