"""Who is at a table at this moment, as everybody there is told."""

from collections.abc import Collection

from threebirds_rules.names import PersonId
from threebirds_server.live.asks import Listener
from threebirds_wire.frames import Presence, TableId


def present(listeners: Collection[Listener]) -> tuple[PersonId, ...]:
    """Those in a seat: who only looks on is not waited for."""
    seated = {who.person for who in listeners if who.viewer.kind == "seat"}
    return tuple(sorted(person for person in seated if person is not None))


def tell_presence(table: TableId, listeners: Collection[Listener]) -> None:
    frame = Presence(table=table, present=present(listeners))
    for listener in listeners:
        listener.hint(frame)
