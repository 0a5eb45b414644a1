"""What is kept of a log to save time, and from which place of it somebody wants to read on."""

from collections.abc import Mapping

from msgspec import Struct

from threebirds_rules.viewers import Viewer
from threebirds_wire.frames import Mark


class Standing(Struct, frozen=True):
    """How far a viewer's stream is: the number of its last frame, and its mark if anybody asked for the frames."""

    n: int
    mark: Mark | None


class Folded(Struct, frozen=True, kw_only=True):
    """What the events of a log up to number `seq` lead to. It only saves time: without it the log is folded anew.

    `engine` names the code that made it and `digest` the rules that held there; `state` is the engine's, in JSON;
    `standings` are by viewer as they are written.
    """

    seq: int
    engine: str
    digest: str
    state: bytes
    standings: Mapping[str, Standing]


class Wanted(Struct, frozen=True, kw_only=True):
    """From where somebody reads on: any place will do if `viewer` is None.

    Else one from which the frames of this viewer can be made, all after number `after`.
    """

    viewer: Viewer | None = None
    after: int | None = None

    def served_by(self, standings: Mapping[str, Standing]) -> bool:
        if self.viewer is None:
            return True
        standing = standings.get(str(self.viewer))
        if standing is None or standing.mark is None:
            return False
        return self.after is None or standing.n <= self.after
