"""What is asked of a table, who listens to it, and the answers that need no table."""

import asyncio
from typing import NamedTuple, Protocol

import msgspec
from msgspec.structs import replace

from threebirds_rules.actions import Action, Actor, Given
from threebirds_rules.names import PersonId
from threebirds_rules.viewers import Viewer
from threebirds_server.ports import Answer, SessionId
from threebirds_wire.errors import CloseCode, Error, ErrorCode, error
from threebirds_wire.frames import Epoch, Granted, Mark, Presence, Reply, TypingSeen


class Signed(NamedTuple):
    """Under which name an action is known for ever: its `cid`, who sent it, and a hash of what was asked."""

    cid: str
    principal: str
    digest: str


class Ask(NamedTuple):
    """An action on its way to a table. `viewer` is whose number the reply gives; with `dry` nothing is written."""

    actor: Actor
    action: Action
    given: Given = Given()
    viewer: Viewer | None = None
    signed: Signed | None = None
    dry: bool = False


class Since(NamedTuple):
    """Where in a viewer's stream somebody stopped. Without a `mark` nobody looks whether it was the same history."""

    epoch: Epoch
    after: int
    mark: Mark | None


class Listener(Protocol):
    """Somebody's socket. None of these calls waits."""

    @property
    def viewer(self) -> Viewer: ...

    @property
    def person(self) -> PersonId | None: ...

    @property
    def session(self) -> SessionId | None:
        """By which it was let in; None before that."""
        ...

    @property
    def gone(self) -> asyncio.Event:
        """Set when the socket is closed."""
        ...

    def begin(self, granted: Granted, frames: tuple[str, ...], /) -> None: ...

    def tell(self, text: str, /) -> None: ...

    def hint(self, frame: Presence | TypingSeen, /) -> None: ...

    def dismiss(self, code: CloseCode, /, *, after_ms: int | None = None) -> None:
        """`after_ms`: when to come back, if at all."""
        ...


def refused(fault: Error) -> Reply:
    return Reply(id=None, ok=False, error=fault)


def failed(code: ErrorCode, message: str) -> Reply:
    return refused(error(code, message))


def answered_before(answer: Answer | None, signed: Signed | None) -> Reply:
    """The first answer again, if it was given to this very action of this sender."""
    if answer and signed and (answer.principal, answer.digest) == (signed.principal, signed.digest):
        return replace(msgspec.json.decode(answer.reply, type=Reply), dup=True)
    return failed("cid_reused", "This `cid` was used for something else at this table.")
