"""What came on every socket, held against the log and against what came on the others."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping

from tests.simulation.evidence import Evidence, Violation
from tests.simulation.history import (
    Commit,
    Connect,
    Frame,
    Hint,
    Invoke,
    Outcome,
    Ping,
    Pull,
    Record,
    Row,
    Snapshot,
    Typed,
    Welcome,
)


class Socket:
    """What a client holds on one connection, from what came on it."""

    def __init__(self, at: Connect) -> None:
        self.at = at
        self.held = at.after
        self.welcomed = False
        self.pulled: deque[int] = deque()

    def frame(self, n: int) -> bool:
        """Whether a frame with this number may come now."""
        if n == self.held + 1:
            self.held = n
            return True
        while len(self.pulled) > 1 and n != self.pulled[0] + 1:
            self.pulled.popleft()
        if n <= self.held and self.pulled and n == self.pulled[0] + 1:
            self.pulled[0] = n
            return True
        return False


def no_gap(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    """Frames of a socket follow its beginning without gap; replies and pings come after what they speak of."""
    sockets: dict[str, Socket] = {}
    for record in evidence.history:
        if isinstance(record, Connect):
            sockets[record.conn] = Socket(record)
        elif isinstance(record, Welcome | Snapshot | Frame | Ping | Pull | Outcome):
            counted["C5 no gap"] += isinstance(record, Frame)
            counted["C15 own first"] += isinstance(record, Outcome)
            counted["C16 heads"] += isinstance(record, Ping)
            yield from _on(sockets[record.conn], record)


def _on(socket: Socket, record: Welcome | Snapshot | Frame | Ping | Pull | Outcome) -> Iterator[Violation]:
    match record:
        case Welcome():
            socket.welcomed = True
        case Pull(after=after):
            socket.pulled.append(after)
        case Snapshot(conn=conn, n=n):
            if n < socket.held:
                yield Violation("C5 no gap", f"{conn} was moved back from {socket.held} to {n}.")
            socket.held = n
        case Frame(conn=conn, n=n):
            if not socket.frame(n):
                yield Violation("C5 no gap", f"{conn} got frame {n} and held {socket.held}.")
        case _:
            yield from _told_early(socket, record)


def _told_early(socket: Socket, record: Ping | Outcome) -> Iterator[Violation]:
    match record:
        case Ping(conn=conn, head=head) if socket.welcomed and head != socket.held:
            yield Violation("C16 heads", f"{conn} was told of head {head} and holds {socket.held}.")
        case Outcome(conn=conn, n=int(n)) if n > socket.held:
            yield Violation("C15 own first", f"{conn} had a reply about {n} and held {socket.held}.")
        case _:
            pass


def same_bytes(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    seen: dict[tuple[str, str, int], str] = {key: one.sha for key, one in evidence.streams.items() if one.n}
    streamed = {(one.table, one.viewer) for one in evidence.streams.values()}
    for record in evidence.history:
        if isinstance(record, Frame):
            counted["C6 same bytes"] += 1
            at = evidence.connects[record.conn]
            key = (at.table, at.viewer, record.n)
            if key not in seen and key[:2] in streamed:
                yield Violation("C6 same bytes", f"{record.conn} got frame {record.n}, which no event made.")
            elif seen.setdefault(key, record.sha) != record.sha:
                yield Violation("C6 same bytes", f"{record.conn} got another frame {record.n} than it should.")


def real_time(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    """What was acknowledged before something was first asked stands before it in the log."""
    acked: dict[str, int] = defaultdict(int)
    floors: dict[str, int] = {}
    for record in evidence.history:
        match record:
            case Invoke(conn=conn, cid=cid):
                floors.setdefault(cid, acked[evidence.connects[conn].table])
            case Outcome(conn=conn, cid=cid, code=None) if (rows := evidence.rows_of.get(cid)) and not evidence.idle(
                record
            ):
                table = evidence.connects[conn].table
                acked[table] = max(acked[table], rows[-1].seq)
            case _:
                pass
    for cid, rows in evidence.rows_of.items():
        if cid in floors:
            counted["C7 real time"] += 1
            if rows[0].seq <= floors[cid]:
                yield Violation("C7 real time", f"{cid} is {rows[0].seq}, before {floors[cid]} that was acked earlier.")


def after_commit(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    """Nothing is told of an event that is not in the database yet."""
    if not evidence.commits:
        return
    last: dict[str, int] = defaultdict(int)
    for record in evidence.history:
        if isinstance(record, Commit):
            last[record.table] = max(last[record.table], record.last)
        elif (told := _told_of(evidence, record)) is not None:
            table, seq, what = told
            counted["C8 after commit"] += 1
            if seq > last[table]:
                yield Violation("C8 after commit", f"{what} told of {table}/{seq}, and only {last[table]} was there.")


def _told_of(evidence: Evidence, record: Record) -> tuple[str, int, str] | None:
    match record:
        case Frame(conn=conn, n=n) | Snapshot(conn=conn, n=n):
            stream = evidence.stream(conn, n)
            return stream and (stream.table, stream.seq, f"A frame on {conn}")
        case Outcome(conn=conn, cid=cid, code=None) if (rows := evidence.rows_of.get(cid)) and not evidence.idle(
            record
        ):
            return rows[-1].table, rows[-1].seq, f"The reply to {cid} on {conn}"
        case _:
            return None


def at_head(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    for rest in evidence.rests:
        at = evidence.connects[rest.conn]
        counted["C12 at head"] += 1
        head = evidence.heads.get((at.table, at.viewer), 0)
        stream = evidence.stream(rest.conn, rest.n)
        if rest.n != head:
            yield Violation("C12 at head", f"{rest.conn} rests at {rest.n}, and {at.viewer} has {head}.")
        elif stream is not None and stream.view not in {None, rest.sha}:
            yield Violation("C13 fold", f"{rest.conn} holds another view at {rest.n} than the log gives.")


def folds(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    found: dict[tuple[str, int], str] = {}
    for fold in evidence.folds:
        counted["C13 fold"] += 1
        if found.setdefault((fold.table, fold.head), fold.sha) != fold.sha:
            yield Violation("C13 fold", f"{fold.by} holds another state of {fold.table} at {fold.head}.")


def snapshots(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    for record in evidence.history:
        if not isinstance(record, Snapshot):
            continue
        stream = evidence.stream(record.conn, record.n)
        if stream is None:
            continue
        counted["C17 snapshots"] += 1
        if stream.mark != record.mark:
            yield Violation("C17 snapshots", f"{record.conn} got another mark with its snapshot at {record.n}.")
        if stream.view not in {None, record.sha}:
            yield Violation("C17 snapshots", f"{record.conn} got another view at {record.n} than the log gives.")


def hints(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    """Who is shown as present has come by then; who is shown typing did so where this viewer may hear it."""
    came: set[tuple[str, str]] = set()
    typed: set[tuple[str, str, str, str]] = set()
    for record in evidence.history:
        if isinstance(record, Connect) and record.viewer.startswith("seat:"):
            came.add((record.table, record.principal))
        elif isinstance(record, Typed):
            at = evidence.connects[record.conn]
            heard_by = {"plenary": "", "delegation": at.viewer}.get(record.channel, "nobody")
            typed.add((at.table, at.principal, record.channel, heard_by))
        elif isinstance(record, Hint):
            counted["C18 hints"] += 1
            at = evidence.connects[record.conn]
            for person in record.people:
                known = {(at.table, person, record.channel, heard_by) for heard_by in ("", at.viewer)}
                if not ((at.table, person) in came if record.kind == "presence" else known & typed):
                    yield Violation("C18 hints", f"{record.conn} was shown {person} ({record.kind} {record.channel}).")


def revoked(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    """Who has lost a seat is told nothing more of what it sees, until they hold it again."""
    lost = {table: _losses(rows) for table, rows in evidence.rows.items()}
    last: dict[str, int] = defaultdict(int)
    for record in evidence.history:
        if isinstance(record, Commit):
            last[record.table] = max(last[record.table], record.last)
        elif isinstance(record, Frame) and (stream := evidence.stream(record.conn, record.n)):
            at = evidence.connects[record.conn]
            counted["C19 revoked"] += at.viewer.startswith("seat:")
            for gone, back in lost.get(at.table, {}).get((at.principal, at.viewer), ()):
                if gone <= stream.seq and (back is None or back > last[at.table]):
                    yield Violation(
                        "C19 revoked", f"{record.conn} was told of {stream.seq}, and had lost the seat at {gone}."
                    )


def _losses(rows: Iterable[Row]) -> dict[tuple[str, str], list[tuple[int, int | None]]]:
    """By person and seat: from which row to which they had lost it (None: for good)."""
    losses: dict[tuple[str, str], list[tuple[int, int | None]]] = defaultdict(list)
    held: dict[str, str] = {}
    for row in rows:
        for person, seat in _left(row, held):
            losses[person, seat].append((row.seq, None))
            held.pop(person, None)
        if row.kind == "person_seated" and row.seated is not None and row.seat is not None:
            key = (row.seated, f"seat:{row.seat}")
            held[row.seated] = key[1]
            losses[key] = [(gone, row.seq if back is None else back) for gone, back in losses[key]]
    return losses


def _left(row: Row, held: Mapping[str, str]) -> list[tuple[str, str]]:
    """Who loses which seat by this row."""
    if row.kind == "seat_handed_to_bot":
        return [(person, seat) for person, seat in held.items() if seat == f"seat:{row.seat}"]
    if row.kind in {"person_seated", "person_left"} and row.seated is not None and row.seated in held:
        return [(row.seated, held[row.seated])]
    return []
