"""A process that appends to four tables at once until it is killed, and prints a line for everything committed.

python -m tests.support.endless_appender URL ROUND
"""

import asyncio
import sys
from itertools import count

from tests.support.stores import an_append, committing, opened_store, said
from threebirds_server.ports import Committed, EventStore
from threebirds_server.store.committer import Committer

TABLES = ("t1", "t2", "t3", "t4")


async def append_for_ever(store: EventStore, committer: Committer, table: str, run: str) -> None:
    head = (await store.table(table)).head
    for number in count():
        cid = f"{table}.{run}.{number}"
        outcome = await committer.append(an_append(table, head, said(cid), cid=cid))
        assert outcome == Committed(head + 1)
        head += 1
        sys.stdout.write(f"{table} {head} {cid}\n")
        sys.stdout.flush()


async def main(url: str, run: str) -> None:
    async with opened_store(url) as store, committing(store) as committer:
        await asyncio.gather(*(append_for_ever(store, committer, table, run) for table in TABLES))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
