"""How soon hostile documents are answered: `python -m tests.benchmarks.loading` prints the slowest, and the memory.

They are those of `tests.support.hostile`: some written to break the loader, and our own with slips of the pen.
"""

import sys

from tests.benchmarks.measuring import Figure, say, show
from tests.support.boxed import boxed

SLIPS = 1_000
SECONDS = 1
MEGABYTES = 64


def main() -> int:
    report = boxed(SLIPS)
    for lost in report.lost:
        say(f"No answer to {lost}")
    say(f"{report.documents:,} documents, the slowest is {report.slowest}")
    slowest = Figure("the slowest document", report.seconds, SECONDS)
    return show([slowest, Figure("memory above the interpreter's own", report.megabytes, MEGABYTES, "MB")])


if __name__ == "__main__":
    sys.exit(main())
