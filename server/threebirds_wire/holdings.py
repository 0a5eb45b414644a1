"""What a client holds of one viewer's stream: the last event's number, the mark up to it, and the view."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from threebirds_rules.views.changes import apply_changes
from threebirds_wire.frames import (
    Epoch,
    EventFrame,
    Held,
    Mark,
    PathStep,
    Snapshot,
    TableId,
    ViewerName,
)
from threebirds_wire.marks import mark_after

StreamKey = tuple[TableId, ViewerName]


class Holding(Struct, frozen=True, kw_only=True):
    """`view` is plain JSON: parts that a newer server has and these types do not know are kept as well."""

    table: TableId
    viewer: ViewerName
    epoch: Epoch
    n: int
    mark: Mark
    view: Any

    @property
    def key(self) -> StreamKey:
        return self.table, self.viewer

    @property
    def held(self) -> Held:
        return Held(table=self.table, viewer=self.viewer, epoch=self.epoch, after=self.n, mark=self.mark)


def holding_of(snapshot: Snapshot, body: Mapping[str, Any]) -> Holding:
    """A stream as a snapshot begins it; `body` is the frame as it came."""
    return Holding(
        table=snapshot.table,
        viewer=snapshot.viewer,
        epoch=snapshot.epoch,
        n=snapshot.n,
        mark=snapshot.mark,
        view=body["view"],
    )


def advanced(holding: Holding, event: EventFrame, text: str | bytes) -> Holding:
    """The stream after its next event, which came as `text`."""
    changes: Sequence[tuple[Sequence[PathStep], Any]] = event.set
    return Holding(
        table=holding.table,
        viewer=holding.viewer,
        epoch=holding.epoch,
        n=event.n,
        mark=mark_after(holding.mark, text),
        view=apply_changes(holding.view, changes),
    )
