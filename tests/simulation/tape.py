"""Writes down what goes over each socket, as the checker wants it."""

from hashlib import blake2b

import msgspec

from tests.simulation import history as h
from tests.simulation.history import Record, sha
from threebirds_rules.engine import canonical
from threebirds_wire.codec import decode_client, decode_server, encode
from threebirds_wire.errors import Error
from threebirds_wire.frames import (
    Act,
    EventFrame,
    Ping,
    Presence,
    Pull,
    Reply,
    Score,
    ServerFrame,
    Snapshot,
    Typing,
    TypingSeen,
    Welcome,
)

MAY_IDLE = frozenset({"draft", "amend", "withdraw", "seat"})
"""These may be accepted because there is nothing to do."""


class Tape:
    """A history, and complaints about what no history could tell."""

    def __init__(self) -> None:
        self.history: list[Record] = []
        self.complaints: list[str] = []

    def record(self, record: Record) -> None:
        self.history.append(record)

    def complain(self, sentence: str) -> None:
        self.complaints.append(sentence)


def body_of(act: Act) -> str:
    """The digest of all that is asked: seat, phase, action, precondition, and whether only to try."""
    body = (act.viewer, act.phase, act.action, act.given, *(("dry",) if act.dry else ()))
    return blake2b(msgspec.json.encode(body, order="deterministic"), digest_size=16).hexdigest()


class Heard:
    """One socket from its client's side."""

    def __init__(self, tape: Tape, conn: str, principal: str) -> None:
        self._tape = tape
        self._conn = conn
        self._principal = principal
        self._asked: dict[int, Act] = {}
        self._others: set[int] = set()

    def sent(self, at: int, data: bytes) -> None:
        conn = self._conn
        match decode_client(data):
            case Act() as act:
                self._asked[act.id] = act
                self._tape.record(
                    h.Invoke(
                        at=at,
                        conn=conn,
                        cid=act.cid,
                        principal=self._principal,
                        body=body_of(act),
                        phase=act.phase,
                        dry=act.dry,
                        may_idle=str(act.action.__struct_config__.tag) in MAY_IDLE,
                    )
                )
            case Score(id=request):
                self._others.add(request)
            case Pull(after=after):
                self._tape.record(h.Pull(at=at, conn=conn, after=after))
            case Typing(channel=channel):
                self._tape.record(h.Typed(at=at, conn=conn, channel=channel))
            case _:
                pass

    def came(self, at: int, text: str) -> ServerFrame | None:
        """The frame, if it is one."""
        decoded = decode_server(text)
        if isinstance(decoded, Error):
            self._tape.complain(f"{self._conn} got something else than a frame: {text[:200]}")
            return None
        frame, _ = decoded
        if not isinstance(frame, EventFrame) and encode(frame) != text.encode():
            self._tape.complain(f"{self._conn} got a frame with more in it than its type says: {text[:300]}")
        for record in self._records(at, frame, text):
            self._tape.record(record)
        return frame

    def _records(self, at: int, frame: ServerFrame, text: str) -> list[Record]:
        conn = self._conn
        match frame:
            case Welcome():
                return [h.Welcome(at=at, conn=conn)]
            case Snapshot(n=n, mark=mark, view=view):
                return [h.Snapshot(at=at, conn=conn, n=n, mark=mark, sha=sha(canonical(view)))]
            case EventFrame(n=n):
                return [h.Frame(at=at, conn=conn, n=n, sha=sha(text))]
            case Ping(heads=heads):
                return [h.Ping(at=at, conn=conn, head=head.n) for head in heads]
            case Reply():
                return self._reply(at, frame)
            case Presence() | TypingSeen():
                return [_hint(at, conn, frame)]
            case _:
                return []

    def _reply(self, at: int, reply: Reply) -> list[Record]:
        code = reply.error.code if reply.error else None
        if code == "internal":
            self._tape.complain(f"{self._conn} was told of a mistake of the server: {reply.error}")
        act = self._asked.get(reply.id) if reply.id is not None else None
        if act is None:
            if reply.id is not None and reply.id not in self._others:
                self._tape.complain(f"{self._conn} got an answer to nothing: {reply}")
            return []
        return [h.Outcome(at=at, conn=self._conn, cid=act.cid, code=code, dup=reply.dup, n=reply.n)]


def _hint(at: int, conn: str, frame: Presence | TypingSeen) -> Record:
    if isinstance(frame, Presence):
        return h.Hint(at=at, conn=conn, kind="presence", people=frame.present)
    return h.Hint(at=at, conn=conn, kind="typing", people=(frame.person,), channel=frame.channel)
