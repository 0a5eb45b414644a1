"""Tables whose logs cannot be read: what the operator is told, once, and what is told to those who want to play on."""

import structlog
from msgspec.structs import replace

from threebirds_server.ports import DamagedLogError, UnknownKindError
from threebirds_wire.errors import Error, error
from threebirds_wire.frames import TableId

UNREADABLE = (DamagedLogError, UnknownKindError)
AGAIN_MS = 60_000
"""A newer release is there, or will be, within a few of these."""

DAMAGED = replace(
    error(
        "internal",
        "The records of this table are damaged: nothing can be done here until whoever runs the server"
        " has repaired them. Do not send this again.",
    ),
    retry="never",
)
NEWER = replace(
    error("internal", "A newer release has written at this table; this one cannot read it.", after_ms=AGAIN_MS),
    retry="after",
)

log = structlog.get_logger()


def why_not(raised: Exception) -> Error:
    """For whoever acts or asks: to send the same again at once helps nobody."""
    return NEWER if isinstance(raised, UnknownKindError) else DAMAGED


class Complaints:
    """One line for each table and cause, however often somebody knocks there."""

    def __init__(self) -> None:
        self._made: set[tuple[TableId, str]] = set()

    def make(self, table: TableId, raised: Exception) -> None:
        """Only of our own errors it is told what they say: see `logs`."""
        ours = isinstance(raised, UNREADABLE)
        cause = str(raised) if ours else type(raised).__name__
        if (table, cause) not in self._made:
            self._made.add((table, cause))
            log.error("table_unreadable", table=table, cause=cause, exc_info=None if ours else raised)

    def withdraw(self, table: TableId) -> None:
        """It can be read: what happens to it later is told again."""
        self._made = {made for made in self._made if made[0] != table}
