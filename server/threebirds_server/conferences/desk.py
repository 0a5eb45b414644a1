"""What the facilitator sees of all tables at a glance."""

from threebirds_server.conferences.bodies import TableOnDesk
from threebirds_server.conferences.offers import seats
from threebirds_server.live.hub import Hub
from threebirds_server.ports import TableRow


async def on_desk(row: TableRow, hub: Hub) -> TableOnDesk:
    """An ended table is not read again for its line in a list."""
    table = None if row.status == "ended" else await hub.readable(row.id)
    state = table.replica.state if table else None
    playing = state if state and row.status in {"running", "paused"} else None
    return TableOnDesk(
        table=row.id,
        code=row.code,
        title=row.title,
        scenario=row.scenario,
        status=row.status,
        round=playing.round if playing else 0,
        phase=playing.phase if playing else None,
        closes_at=playing.closes_at if playing and playing.paused_at is None else None,
        created_at=row.created_at,
        seats=seats(table) if table else [],
    )
