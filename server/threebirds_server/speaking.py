"""How commands speak to whoever called them."""

import sys
from collections.abc import Callable

Say = Callable[[str], None]


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")
