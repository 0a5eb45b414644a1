"""Reads a table in a process that has read nothing yet, and tells what was worked out about types meanwhile.

`python -m tests.support.fresh_reader URL TABLE` prints JSON: how many events it read, and the types.
"""

import asyncio
import json
import sys
import typing
from typing import Any

from tests.support.clock import CountingIds, FakeClock
from threebirds_server.records import open_records

ALIAS: Any = type(typing.Mapping[str, int]).__mro__[1]
"""What `Literal[...]` and `Mapping[...]` make is of this class, and msgspec keeps there what it has worked out."""
KEPT_BY_MSGSPEC = "__msgspec_cache__"


def watched() -> list[str]:
    """The types that are worked out from now on."""
    found: list[str] = []
    before = ALIAS.__setattr__

    def told(alias: Any, name: str, value: Any) -> None:
        if name == KEPT_BY_MSGSPEC:
            found.append(str(alias))
        before(alias, name, value)

    ALIAS.__setattr__ = told
    return found


async def main(url: str, table: str) -> None:
    records = await asyncio.to_thread(open_records, url, FakeClock(), CountingIds())
    found = watched()
    load = await records.events.load(table)
    await records.events.look(table)
    await records.close()
    sys.stdout.write(json.dumps({"events": len(load.recorded), "types": found}))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
