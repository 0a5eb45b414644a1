"""What the live part of the server asks of the world, and the values that pass through.

Tables, committer and hub get these as arguments and never reach for time, chance, threads or a database themselves, so
that a test or a simulation can stand in for the world. All times are milliseconds since 1970, UTC.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Literal, NewType, Protocol

from msgspec import Struct

from threebirds_rules.actions import Actor
from threebirds_rules.events import Event
from threebirds_rules.names import MessageId, PersonId
from threebirds_rules.state import Status
from threebirds_rules.viewers import Viewer
from threebirds_server.folded import Folded, Wanted
from threebirds_wire.errors import ErrorCode
from threebirds_wire.frames import TableId

JoinCode = NewType("JoinCode", str)
"""Eight characters of 30 that nobody confuses, upper case and without the dash that people see."""
SessionId = NewType("SessionId", str)
"""Names a session inside the server. What the browser holds is a token; only its hash is kept."""
Scope = Literal["person", "bot"]
"""What a token lets its bearer do more than others: a bot may ask for more in a minute."""


class StoreUnavailableError(Exception):
    """The database did not take or give what was asked. Whether a write happened is open: look before trying again."""

    code: ErrorCode = "busy"


class UnknownTableError(Exception):
    code: ErrorCode = "unknown_table"

    def __init__(self, table: str) -> None:
        super().__init__(f"There is no table {table!r}.")
        self.table = table


class UnknownKindError(Exception):
    """The log holds an event that a newer release wrote: this one must not guess what it means."""

    code: ErrorCode = "internal"

    def __init__(self, kind: str, version: int) -> None:
        super().__init__(f"The log holds an event {kind!r} (version {version}) that this release does not know.")
        self.kind = kind
        self.version = version


class DamagedLogError(Exception):
    """The log of this table contradicts itself; other tables are not touched by it."""

    code: ErrorCode = "internal"


class CodeTakenError(Exception):
    """Another table has this join code: draw another one."""


class Clock(Protocol):
    def now(self) -> int: ...

    async def sleep_until(self, at: int, /) -> None: ...

    async def wait(self, wakes: asyncio.Event, until: int, /) -> bool:
        """True as soon as `wakes` is set, False if the time `until` comes first or the clock is set back."""
        ...


class Ids(Protocol):
    """Everything drawn by chance. All but `code` cannot be guessed: at least 128 bits."""

    def table(self) -> TableId: ...

    def person(self) -> PersonId: ...

    def epoch(self) -> str: ...

    def seed(self) -> str: ...

    def token(self) -> str: ...

    def salt(self) -> str: ...

    def code(self) -> JoinCode: ...


class PinnedRules(Struct, frozen=True, kw_only=True):
    """The rule set of a table as it was when the table was made. `document` is its text, `digest` names its content."""

    scenario: str
    digest: str
    document: str


class NewTable(Struct, frozen=True, kw_only=True):
    """`title` is what people see in lists; `epoch` changes only when a backup is restored."""

    id: TableId
    code: JoinCode
    epoch: str
    title: str
    rules: PinnedRules
    created_at: int


class TableRow(Struct, frozen=True, kw_only=True):
    """What is known of a table without reading its log. `head` is the number of its last event.

    `erasures` counts how often words or names were taken out of what was read of its log before.
    """

    id: TableId
    code: JoinCode
    epoch: str
    title: str
    scenario: str
    digest: str
    head: int
    status: Status
    next_due_at: int | None
    created_at: int
    erasures: int = 0


class Answer(Struct, frozen=True, kw_only=True):
    """What was replied to an action, for as long as the table lives.

    `principal` is who sent it (a person or token), `digest` a hash of what was asked: the same `cid` with another of
    either is not a repeat.
    """

    cid: str
    principal: str
    digest: str
    reply: bytes


class Append(Struct, frozen=True, kw_only=True):
    """One accepted action: its events come right after number `head`, or not at all.

    `status` and `next_due_at` are the table's after these events. The server's own actions have no `answer`.
    """

    table: TableId
    head: int
    actor: Actor
    events: tuple[Event, ...]
    status: Status
    next_due_at: int | None
    answer: Answer | None = None


class Committed(Struct, frozen=True):
    """The events are on disk; `head` is the number of the last one."""

    head: int


class Lost(Struct, frozen=True):
    """Somebody else was first and nothing was written: read what is new and decide again."""


class Duplicate(Struct, frozen=True):
    """This `cid` was answered before and nothing was written now: this was the answer."""

    answer: Answer


Outcome = Committed | Lost | Duplicate


class Recorded(Struct, frozen=True, kw_only=True):
    """An event as it stands in the log of a table. `seq` counts 1, 2, 3 and is never shown to a player."""

    seq: int
    actor: Actor
    cid: str | None
    event: Event


class Look(Struct, frozen=True, kw_only=True):
    """A table's row, its events after a number and the answer to a `cid`, all of one moment."""

    table: TableRow
    recorded: tuple[Recorded, ...]
    answer: Answer | None = None


class Load(Struct, frozen=True, kw_only=True):
    """A whole log, checked from its first event on: as far as it was `folded`, and the events after that.

    `opening` is the first event of all, `cids` are those of all events.
    """

    table: TableRow
    opening: Event | None
    cids: frozenset[str]
    folded: Folded | None
    recorded: tuple[Recorded, ...]


class Appender(Protocol):
    """The one way to write into a log: the committer of this process."""

    async def append(self, append: Append, /) -> Outcome:
        """Raise `StoreUnavailableError` if the outcome is open. Cancelling the caller never cancels the commit."""
        ...


class EventStore(Protocol):
    """The logs of all tables. Every call may raise `StoreUnavailableError`."""

    async def create(self, table: NewTable, opening: Append, /) -> None:
        """Make a table with its first events, whole or not at all. Raise `CodeTakenError`."""
        ...

    async def commit(self, batch: Sequence[Append], /) -> Sequence[Outcome]:
        """Write a batch with at most one append for each table; the outcomes come in the same order.

        For the committer only: everybody else appends through it.
        """
        ...

    async def look(self, table: TableId, after: int = 0, *, cid: str | None = None) -> Look:
        """Raise `UnknownTableError`, `UnknownKindError` or `DamagedLogError`."""
        ...

    async def load(self, table: TableId, /, *, engine: str | None = None, wanted: Wanted | None = None) -> Load:
        """The whole log, folded as far as this engine has kept it; without an engine nothing is folded.

        Raise what `look` does: a fold never hides that the log before it is damaged.
        """
        ...

    async def keep(self, table: TableId, folded: Folded, *, erasures: int) -> bool:
        """Keep it, unless something of this table was erased since `erasures`. Whether it was kept."""
        ...

    async def erase_person(self, table: TableId, person: PersonId, now: int) -> bool:
        """Name, link, tickets and all words of somebody who joined; False if there was nobody of this id.

        When this or another erasure returns, nothing of it stands in any file of the database.
        """
        ...

    async def erase_message(self, table: TableId, message: MessageId, now: int) -> bool:
        """The words of one message; False if there was none of this id."""
        ...

    async def delete(self, table: TableId, /) -> None:
        """The table with its log and its people. Raise `UnknownTableError`."""
        ...

    async def rules(self, digest: str, /) -> str:
        """The document of a pinned rule set; raise `KeyError` if no table ever had it."""
        ...

    async def table(self, table: TableId, /) -> TableRow:
        """Raise `UnknownTableError`."""
        ...

    async def table_with_code(self, code: JoinCode, /) -> TableRow | None: ...

    async def tables(self, *statuses: Status) -> Sequence[TableRow]:
        """All tables, or those in one of these statuses; the newest first."""
        ...

    async def due(self, at: int, /) -> Sequence[TableRow]:
        """The tables whose `next_due_at` is not after `at`; the longest overdue first."""
        ...

    async def next_due_at(self) -> int | None:
        """When the first table of all falls due."""
        ...

    async def heads(self, tables: Sequence[TableId], /) -> Mapping[TableId, int]: ...


class Absence(Struct, frozen=True, kw_only=True):
    """The service was away from `since` to `until`; `until` is the earlier one where its clock was set back.

    `number` counts them, 1, 2, 3.
    """

    number: int
    since: int
    until: int


class SignsOfLife(Protocol):
    """When the service was there and when it was away, whichever of its workers that was."""

    async def beat(self, now: int, last: int | None) -> Sequence[Absence]:
        """Note that the service is there, and give the absences of the last weeks, the first one first.

        `last` is when this process did so before; None: never. Raise `StoreUnavailableError`.
        """
        ...

    async def try_to_write(self) -> None:
        """Write something of some size, and take it away again. Raise `StoreUnavailableError`."""
        ...


class PersonRow(Struct, frozen=True, kw_only=True):
    """Somebody who joined a table. Where they sit is in the table's log, not here."""

    id: PersonId
    table: TableId
    name: str


class Session(Struct, frozen=True, kw_only=True):
    """One browser, which may hold several people, at one or more tables; or the `bearer` of one person's token."""

    id: SessionId
    facilitator: bool
    bearer: PersonRow | None = None
    scope: Scope = "person"


class Admission(Struct, frozen=True, kw_only=True):
    """What a ticket is good for: one viewer of one table, as this person (None: the facilitator)."""

    session: SessionId
    table: TableId
    viewer: Viewer
    person: PersonId | None
    scope: Scope = "person"


class SessionStore(Protocol):
    """Who is behind a browser. Tokens go out once, and only their hash is kept.

    Every call may raise `StoreUnavailableError`.
    """

    async def start(self) -> tuple[Session, str]:
        """A new session and the token for its cookie."""
        ...

    async def session(self, token: str, /) -> Session | None:
        """The session of this cookie, kept alive by being asked for; None if it is unknown or has expired."""
        ...

    async def end(self, session: SessionId, /) -> None:
        """Nothing is let in by it any more, and its tickets are good for nothing."""
        ...

    async def bearer(self, token: str, /) -> Session | None:
        """Whoever shows the token of a person's link with each request, and has no cookie."""
        ...

    async def admit(self, session: SessionId, table: TableId, person: PersonId) -> None:
        """Let a session act as a person; once more does nothing."""
        ...

    async def people(self, session: SessionId, /) -> Sequence[PersonRow]: ...

    async def make_link(self, table: TableId, person: PersonId, scope: Scope = "person") -> str:
        """A new token for the link of a person who has joined; an older link of theirs ends."""
        ...

    async def person_with_link(self, token: str, /) -> PersonRow | None: ...

    async def make_ticket(self, admission: Admission, /) -> str:
        """Good once, for a minute."""
        ...

    async def redeem_ticket(self, ticket: str, /) -> Admission | None: ...

    async def make_facilitator_link(self) -> str: ...

    async def redeem_facilitator_link(self, token: str, session: SessionId) -> bool:
        """Make this session a facilitator's, if the token is good and nobody has used it."""
        ...
