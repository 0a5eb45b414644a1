"""What was seen of a server from outside, record by record: the input of `checker.check`.

A history is a list of records in the order in which one process wrote them down; "before" means that order and nothing
else. `at` is for people, and in milliseconds. As a file it is JSON Lines, one record a line, its `is` says which:

- `nemesis`: a trouble begins or ends.
- `connect`: a socket says hello with what it holds (`after`, 0 for nothing). `conn` names that socket for ever.
- `invoke`: an action leaves for the first time or again on `conn`. `body` is a digest of what is asked.
- `outcome`: the reply to an action. `cid` is empty where the reply answers nothing that was asked on that socket.
- `welcome`, `snapshot`, `frame`, `ping`, `hint`: what came on a socket. `sha` is a digest of the bytes, of a snapshot
  of its view.
- `typed`, `pull`: the client told that it is typing, or asked for frames again.
- `close`: the socket is gone, with the server's code or None for a cut.
- `commit`: an append is in the database, told by whoever watches it; a history without any skips check C8.

After all has come to rest, what is true:

- `row`: the log as it lies in the database; `answer`: the kept answers; `fold`: a digest of the state, by who holds it.
- `stream`: what the frames of each viewer have to be, made anew from the log.
- `rest`: what a client that is still connected holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from threebirds_rules import events as facts
from threebirds_rules.actions import ActorKind
from threebirds_rules.events import Event
from threebirds_server.ports import Recorded


class Entry(Struct, frozen=True, kw_only=True, tag_field="is", omit_defaults=True):
    at: int = 0


class Nemesis(Entry, frozen=True, tag="nemesis"):
    what: str
    begins: bool


class Connect(Entry, frozen=True, tag="connect"):
    conn: str
    table: str
    viewer: str
    principal: str = ""
    after: int = 0


class Invoke(Entry, frozen=True, tag="invoke"):
    """`may_idle`: it may be accepted because there is nothing to do, such as a draft that stays as it is."""

    conn: str
    cid: str
    principal: str
    body: str
    phase: str = ""
    dry: bool = False
    may_idle: bool = False


class Outcome(Entry, frozen=True, tag="outcome"):
    """`code` is None where it was accepted."""

    conn: str
    cid: str
    code: str | None = None
    dup: bool = False
    n: int | None = None


class Welcome(Entry, frozen=True, tag="welcome"):
    conn: str


class Snapshot(Entry, frozen=True, tag="snapshot"):
    conn: str
    n: int
    mark: str
    sha: str


class Frame(Entry, frozen=True, tag="frame"):
    conn: str
    n: int
    sha: str


class Ping(Entry, frozen=True, tag="ping"):
    conn: str
    head: int


class Hint(Entry, frozen=True, tag="hint"):
    """`presence` of `people`, or `typing` by one of `people` in `channel`."""

    conn: str
    kind: str
    people: tuple[str, ...]
    channel: str = ""


class Typed(Entry, frozen=True, tag="typed"):
    """The client told that it is typing."""

    conn: str
    channel: str


class Pull(Entry, frozen=True, tag="pull"):
    conn: str
    after: int


class Close(Entry, frozen=True, tag="close"):
    """Of `principal` where there was no socket yet: turned away at the door."""

    conn: str
    code: int | None = None
    principal: str = ""


class Commit(Entry, frozen=True, tag="commit"):
    """The rows `first` to `last` (none if `last` is less)."""

    table: str
    first: int
    last: int
    cid: str | None = None


class Row(Entry, frozen=True, tag="row"):
    """An event in the log; `at` is the event's own. What it says of seats, phases and votes is spelled out."""

    table: str
    seq: int
    kind: str
    actor: ActorKind
    role: str | None = None
    person: str | None = None
    cid: str | None = None
    seated: str | None = None
    seat: str | None = None
    closes_at: int | None = None
    ballot_closes_at: int | None = None
    reason: str | None = None
    phase: str | None = None


class Answer(Entry, frozen=True, tag="answer"):
    table: str
    cid: str
    principal: str
    digest: str


class Streamed(Entry, frozen=True, tag="stream"):
    """Frame `n` of a viewer has to have this digest, comes of row `seq`, and leaves this mark and view.

    Number 0 is the beginning, before any frame. `view` may be left out where nobody saw it.
    """

    table: str
    viewer: str
    n: int
    seq: int
    sha: str
    mark: str
    view: str | None = None


class Fold(Entry, frozen=True, tag="fold"):
    table: str
    by: str
    head: int
    sha: str


class Rest(Entry, frozen=True, tag="rest"):
    """What a client that is connected holds when everything has come to rest."""

    conn: str
    n: int
    sha: str


Record = (
    Nemesis
    | Connect
    | Invoke
    | Outcome
    | Welcome
    | Snapshot
    | Frame
    | Ping
    | Hint
    | Typed
    | Pull
    | Close
    | Commit
    | Row
    | Answer
    | Streamed
    | Fold
    | Rest
)
History = Sequence[Record]


def write(history: Iterable[Record], path: Path) -> None:
    path.write_bytes(b"".join(msgspec.json.encode(record) + b"\n" for record in history))


def read(path: Path) -> list[Record]:
    return [msgspec.json.decode(line, type=Record) for line in path.read_bytes().splitlines()]


def sha(data: str | bytes) -> str:
    return blake2b(data.encode() if isinstance(data, str) else data, digest_size=8).hexdigest()


def rows(table: str, log: Iterable[Recorded]) -> Iterator[Row]:
    """A log as the store gives it."""
    for one in log:
        yield Row(
            at=one.event.at,
            table=table,
            seq=one.seq,
            kind=str(one.event.__struct_config__.tag),
            actor=one.actor.kind,
            role=one.actor.role,
            person=one.actor.person,
            cid=one.cid,
            **_spelled_out(one.event),
        )


def _spelled_out(event: Event) -> dict[str, Any]:
    match event:
        case facts.PersonSeated(person=person, role=role):
            return {"seated": person, "seat": role}
        case facts.PersonLeft(person=person):
            return {"seated": person}
        case facts.SeatHandedToBot(role=role):
            return {"seat": role}
        case facts.TableResumed() | facts.PhaseExtended() | facts.TimeGivenBack():
            return {"closes_at": event.closes_at, "ballot_closes_at": event.ballot_closes_at}
        case facts.PhaseClosed(reason=reason):
            return {"reason": reason}
        case facts.PhaseOpened(closes_at=at, phase=phase):
            return {"closes_at": at, "phase": phase}
        case facts.VoteCalled() | facts.ClosingBegan() | facts.VoteReopened():
            return {"ballot_closes_at": event.closes_at}
        case _:
            return {}
