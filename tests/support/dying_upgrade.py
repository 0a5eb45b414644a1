"""Upgrades a database again and again, and dies some statements later each time, until it comes through.

python -m tests.support.dying_upgrade URL STATEMENTS: prints how many times it died.
"""

import os
import signal
import sys
from typing import Any

from sqlalchemy import Engine, event

from threebirds_migrations import upgrade


def die_at(statement: int) -> None:
    left = [statement]

    def executing(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", executing)
    event.listen(Engine, "commit", executing)


def survives(url: str, statement: int) -> bool:
    child = os.fork()
    if child == 0:
        die_at(statement)
        upgrade(url)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, -signal.SIGKILL):
        sys.exit(f"The upgrade failed by itself with {code}, before its statement {statement}.")
    return code == 0


def main(url: str, later: str) -> None:
    died = 0
    while not survives(url, 1 + died * int(later)):
        died += 1
    sys.stdout.write(f"{died}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
