"""Whole views as frames, for those who begin anew."""

from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_server.live.replica import Replica
from threebirds_wire.codec import encode
from threebirds_wire.frames import Snapshot, SnapshotReason


class Snapshots:
    """Encoded once for all windows of a viewer that come in while nothing happens at a table."""

    def __init__(self) -> None:
        self._made_of: tuple[Replica, State] | None = None
        self._made: dict[tuple[Viewer, SnapshotReason | None], str] = {}

    def of(self, replica: Replica, viewer: Viewer, reason: SnapshotReason | None) -> str:
        if self._made_of is None or self._made_of[0] is not replica or self._made_of[1] is not replica.state:
            # A replica is another one as soon as something was erased, a state as soon as anything happened.
            self._made_of, self._made = (replica, replica.state), {}
        if (viewer, reason) not in self._made:
            self._made[viewer, reason] = snapshot(replica, viewer, reason)
        return self._made[viewer, reason]

    def forget(self) -> None:
        """Nobody else comes in now: each takes as much memory as a whole view."""
        self._made_of, self._made = None, {}


def snapshot(replica: Replica, viewer: Viewer, reason: SnapshotReason | None) -> str:
    stream = replica.stream(viewer)
    frame = Snapshot(
        table=replica.id,
        viewer=str(viewer),
        epoch=replica.epoch,
        n=stream.n,
        mark=stream.mark,
        view=replica.view(viewer),
        reason=reason,
    )
    return encode(frame).decode()
