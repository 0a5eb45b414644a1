"""Lines of at most 80 columns."""

from collections.abc import Iterator
from textwrap import wrap

from threebirds_client.printing import MINUS

WIDTH = 80


def signed(points: int) -> str:
    """With a plus or a minus, but for 0."""
    return f"{points:+}".replace("-", MINUS) if points else "0"


def plain(number: int) -> str:
    """With a minus where there is one."""
    return f"{number}".replace("-", MINUS)


def wrapped(text: str, *, first: str = "", indent: str = "") -> Iterator[str]:
    """`text` with `first` before its first line and `indent` before the others; an empty text has no lines."""
    yield from wrap(text, WIDTH, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)


def pointed(points: int, text: str) -> Iterator[str]:
    """A line of an account: the points to the left, the text beside them."""
    yield from wrapped(text, first=f"{signed(points):>6}  ", indent=" " * 8)


def cited(text: str, paragraphs: str) -> str:
    return f"{text} [{paragraphs}]" if paragraphs else text


def heading(text: str) -> Iterator[str]:
    yield from wrapped(text)
    yield "=" * min(WIDTH, len(text))


def small_heading(text: str) -> Iterator[str]:
    yield ""
    yield from wrapped(text)
    yield "-" * min(WIDTH, len(text))
