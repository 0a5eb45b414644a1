"""Processes that append to four tables at once until they are killed, and print a line for everything committed.

`python -m tests.support.endless_appender URL` has everything imported. It reads the names of rounds, line by line, and
forks a process for each, which says its number first. When that has ended it says so. Linux and macOS only.
"""

import asyncio
import os
import sys
from itertools import count

from tests.support.stores import an_append, committing, opened_store, said
from threebirds_server.ports import Committed, EventStore
from threebirds_server.store.committer import Committer

TABLES = ("t1", "t2", "t3", "t4")
CUT = "|"
"""Begins what is said after an end: a line that was cut off there ends with it."""
ENDED = "ended"


async def append_for_ever(store: EventStore, committer: Committer, table: str, run: str) -> None:
    head = (await store.table(table)).head
    for number in count():
        cid = f"{table}.{run}.{number}"
        outcome = await committer.append(an_append(table, head, said(cid), cid=cid))
        assert outcome == Committed(head + 1)
        head += 1
        tell(f"{table} {head} {cid}")


async def append(url: str, run: str) -> None:
    async with opened_store(url) as store, committing(store) as committer:
        await asyncio.gather(*(append_for_ever(store, committer, table, run) for table in TABLES))


def main(url: str) -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            tell(str(os.getpid()))
            asyncio.run(append(url, line.strip()))
            os._exit(1)
        os.waitpid(child, 0)
        tell(f"{CUT}\n{ENDED}")


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
