"""Every frame of the protocol, as one tagged union for each direction.

A frame is one JSON object; its `type` says which. Times are milliseconds since 1970, UTC. A client
frame with an unknown field is refused; a client ignores what it does not know in a server frame.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from threebirds_rules.actions import FacilitatorAction, Given, SeatAction
from threebirds_rules.names import ChannelId, PersonId, PhaseKey, ProposalId, RoleId
from threebirds_rules.scoring import Explanation
from threebirds_rules.views.shapes import OwnScore, View
from threebirds_wire.errors import Error
from threebirds_wire.limits import (
    EVENTS_PER_PULL,
    INTEGER_MAX,
    PACKAGES_PER_SCORE,
    VIEWERS_PER_HELLO,
    Limits,
)

Count = Annotated[int, Meta(ge=0, le=INTEGER_MAX)]
RequestId = Annotated[int, Meta(ge=0, le=INTEGER_MAX)]
TableId = Annotated[str, Meta(min_length=1, max_length=64)]
ViewerName = Annotated[
    str,
    Meta(
        pattern="^(seat:.{1,64}|facilitator|observer|public)$",
        max_length=80,
        description="seat:ROLE, facilitator, observer or public",
    ),
]
Epoch = Annotated[str, Meta(min_length=1, max_length=64)]
Mark = Annotated[str, Meta(pattern="^[0-9a-f]{16}$", max_length=16, description="16 hex digits")]
Cid = Annotated[
    str,
    Meta(
        pattern="^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
        max_length=36,
        description="a UUID of version 7 in lower case",
    ),
]
"""A client's name for one action: a UUID of version 7 in lower case (RFC 9562)."""
Ticket = Annotated[str, Meta(min_length=1, max_length=256)]
PackageSent = Annotated[tuple[Count, ...], Meta(min_length=1, max_length=64)]

AskedAction = SeatAction | FacilitatorAction
"""What a client may ask for; the host's and the clock's actions never come over the wire."""

PathStep = str | int
Change = tuple[tuple[PathStep, ...], Any]
"""`[path, value]`: the value that now stands at that path of the view; an index equal to a list's length appends."""


class ClientFrameFields(
    Struct,
    frozen=True,
    kw_only=True,
    tag_field="type",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """What all client frames have in common: they are strict."""


class ServerFrameFields(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """What all server frames have in common: they may grow."""


class Held(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stream that the client holds up to and including event `after`, whose rolling hash there is `mark`."""

    table: TableId
    viewer: ViewerName
    epoch: Epoch
    after: Count
    mark: Mark


class If(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The version of the proposal that the sender has read and means."""

    proposal: ProposalId
    version: Count
    digest: str


class Hello(ClientFrameFields, frozen=True, tag="hello"):
    """The first frame of a connection. `sdk` names the client's program and version, for the server's log."""

    v: Count
    ticket: Ticket
    sdk: Annotated[str, Meta(max_length=100)] = ""
    resume: Annotated[tuple[Held, ...], Meta(max_length=VIEWERS_PER_HELLO)] = ()


class Act(ClientFrameFields, frozen=True, tag="act"):
    """One action. `phase` is the one the sender saw (`lobby` before the start); with `dry` nothing is done."""

    id: RequestId
    table: TableId
    viewer: ViewerName
    cid: Cid
    phase: PhaseKey
    action: AskedAction
    given: If | None = field(default=None, name="if")
    dry: bool = False

    @property
    def had(self) -> Given:
        """What the sender had before its eyes, as the engine asks for it."""
        if self.given is None:
            return Given(phase=self.phase)
        thing = self.given
        return Given(phase=self.phase, proposal=thing.proposal, version=thing.version, digest=thing.digest)


class Score(ClientFrameFields, frozen=True, tag="score"):
    """Score packages for the viewer's own seat; with `explain` the first one is explained line by line."""

    id: RequestId
    table: TableId
    viewer: ViewerName
    packages: Annotated[tuple[PackageSent, ...], Meta(min_length=1, max_length=PACKAGES_PER_SCORE)]
    explain: bool = False


class Pull(ClientFrameFields, frozen=True, tag="pull"):
    """Ask for the events after number `after` again: they come as `event` frames, or as a `snapshot`."""

    table: TableId
    viewer: ViewerName
    after: Count
    limit: Annotated[int, Meta(ge=1, le=EVENTS_PER_PULL)] = EVENTS_PER_PULL


class Typing(ClientFrameFields, frozen=True, tag="typing"):
    table: TableId
    viewer: ViewerName
    channel: ChannelId


class Pong(ClientFrameFields, frozen=True, tag="pong"):
    pass


class Granted(Struct, frozen=True, kw_only=True):
    """A stream that this connection gets: the events since what it holds, or a snapshot first."""

    table: TableId
    viewer: ViewerName
    epoch: Epoch
    mode: Literal["replay", "snapshot"]


class Welcome(ServerFrameFields, frozen=True, tag="welcome"):
    v: Count
    heartbeat_s: int
    limits: Limits
    now: int
    tables: tuple[Granted, ...]


SnapshotReason = Literal["epoch_changed", "history_differs", "too_far_behind"]


class Snapshot(ServerFrameFields, frozen=True, tag="snapshot"):
    """The whole view after event `n`. `reason` says why a stream that the client held was not continued."""

    table: TableId
    viewer: ViewerName
    epoch: Epoch
    n: Count
    mark: Mark
    view: View
    reason: SnapshotReason | None = None


class EventFrame(ServerFrameFields, frozen=True, tag="event"):
    """One thing that happened, as this viewer may know it, and what it changes in the view.

    The object holds more fields than these: those of its `kind`.
    """

    table: TableId
    viewer: ViewerName
    n: Count
    at: int
    kind: str
    set: tuple[Change, ...]


class Scores(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One score for each package asked for, in that order; `explanation` is of the first."""

    scores: tuple[OwnScore, ...]
    explanation: Explanation | None = None


class Reply(ServerFrameFields, frozen=True, tag="reply"):
    """The answer to the request `id` (None: to a frame whose id could not be read).

    `ok` means committed. `n` is the viewer's number of the last event it made; `dup` says that the
    answer is the one already given under this `cid`.
    """

    id: RequestId | None
    ok: bool
    dup: bool = False
    n: Count | None = None
    result: Scores | None = None
    error: Error | None = None


class Head(Struct, frozen=True, kw_only=True):
    table: TableId
    viewer: ViewerName
    n: Count


class Ping(ServerFrameFields, frozen=True, tag="ping"):
    """`heads` are the numbers of the last events there are: a client that holds less has missed some."""

    now: int
    heads: tuple[Head, ...] = ()


class Presence(ServerFrameFields, frozen=True, tag="presence"):
    """Everybody who is at the table at this moment; not numbered, never kept."""

    table: TableId
    present: tuple[PersonId, ...]


class TypingSeen(ServerFrameFields, frozen=True, tag="typing"):
    table: TableId
    viewer: ViewerName
    channel: ChannelId
    role: RoleId
    person: PersonId


class Notice(ServerFrameFields, frozen=True, tag="notice"):
    """Something about the service itself. `after_ms`: when to come back."""

    kind: Literal["restarting", "removed", "seat_given"]
    message: str
    after_ms: int | None = None


ClientFrame = Hello | Act | Score | Pull | Typing | Pong
ServerFrame = Welcome | Snapshot | EventFrame | Reply | Ping | Presence | TypingSeen | Notice

EventFields = Mapping[str, Any]
"""What an event says beside its number and its changes: `kind`, `at` and the fields of that kind."""
