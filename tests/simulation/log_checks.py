"""What a log has to be by itself, and as the answers in it and to the players tell of it."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tests.simulation.evidence import LOST_RIGHT, OPEN, Evidence, Placed, Violation
from tests.simulation.history import Commit, Invoke, Outcome, Row

WHILE_PAUSED = frozenset({"drafted", "head_changed"})
LATE_MS = 2_000
"""The grace, and how far apart the sweeper looks."""
TROUBLE_LASTS_MS = 15_000


def dense(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    for table, rows in evidence.rows.items():
        counted["C1 dense"] += len(rows)
        for place, row in enumerate(rows, 1):
            if row.seq != place:
                yield Violation("C1 dense", f"{table} has {row.seq} where {place} should be.")
                break


def once(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    """An accepted `cid` is in the log, and none is there twice."""
    for cid, placed in evidence.by_cid.items():
        records = [one.record for one in placed]
        accepted = any(isinstance(one, Outcome) and one.code is None for one in records)
        dry = any(isinstance(one, Invoke) and one.dry for one in records)
        may_idle = any(isinstance(one, Invoke) and one.may_idle for one in records)
        rows = evidence.rows_of.get(cid, [])
        appends = sum(isinstance(one, Commit) for one in records)
        counted["C2 once"] += accepted
        if dry and (rows or appends):
            yield Violation("C2 once", f"{cid} was asked dry and is in the log.")
        if appends > 1 or _runs(rows) > 1 or len(evidence.answers.get(cid, ())) > 1:
            yield Violation("C2 once", f"{cid} is in the log more than once.")
        if cid and accepted and not (rows or dry or may_idle):
            yield Violation("C2 once", f"{cid} was accepted and is not in the log.")


def _runs(rows: Sequence[Row]) -> int:
    return sum(row.seq != before.seq + 1 for before, row in pairwise(rows)) + bool(rows)


def no_ghosts(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    asked = {
        (cid, one.record.principal, one.record.body)
        for cid, placed in evidence.by_cid.items()
        for one in placed
        if isinstance(one.record, Invoke)
    }
    cids = {cid for cid, _, _ in asked}
    for cid, rows in evidence.rows_of.items():
        if rows[0].person is None and rows[0].actor == "seat":
            continue  # a bot's
        counted["C3 no ghosts"] += 1
        if cid not in cids:
            yield Violation("C3 no ghosts", f"{cid} is in the log, and nobody asked for it.")
    for cid, answers in evidence.answers.items():
        if cid in cids and any((cid, one.principal, one.digest) not in asked for one in answers):
            yield Violation("C3 no ghosts", f"{cid} was kept as another's, or as something else than was asked.")
    for row in (row for rows in evidence.rows.values() for row in rows):
        if row.actor == "seat" and row.person and row.cid is None and row.kind != "attended":
            yield Violation("C3 no ghosts", f"{row.table}/{row.seq} is a seat's and bears no cid.")


def one_outcome(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    for cid, placed in evidence.by_cid.items():
        invokes = [one for one in placed if isinstance(one.record, Invoke)]
        outcomes = [(one.place, one.record) for one in placed if isinstance(one.record, Outcome)]
        counted["C4 one outcome"] += len(outcomes)
        if outcomes and not cid:
            yield Violation("C4 one outcome", f"{len(outcomes)} answers came to nothing that was asked.")
            continue
        if any(isinstance(one.record, Invoke) and one.record.dry for one in invokes):
            continue
        accepted = [(place, one) for place, one in outcomes if one.code is None and not evidence.idle(one)]
        refused = [one for _, one in outcomes if one.code is not None and one.code not in OPEN | LOST_RIGHT]
        if evidence.rows_of.get(cid) and not accepted and 0 < len(refused) == len(invokes):
            yield Violation("C4 one outcome", f"{cid} was refused every time and is in the log.")
        if sum(not one.dup for _, one in accepted) > 1 and evidence.rows_of.get(cid):
            yield Violation("C4 one outcome", f"{cid} was accepted as new more than once.")
        if len({one.n for _, one in accepted}) > 1 and evidence.rows_of.get(cid):
            yield Violation("C4 one outcome", f"{cid} was accepted with different numbers.")
        if evidence.rows_of.get(cid):
            yield from _by_sender(evidence, cid, placed)


def _by_sender(evidence: Evidence, cid: str, placed: Sequence[Placed]) -> Iterator[Violation]:
    """Only who asked for it is told that it is done; and who was told is not refused when they ask again."""
    kept = {(one.principal, one.digest) for one in evidence.answers.get(cid, ())}
    acked: set[tuple[str, str]] = set()
    waiting: dict[str, deque[tuple[tuple[str, str], bool]]] = defaultdict(deque)
    for one in placed:
        match one.record:
            case Invoke(conn=conn, principal=principal, body=body):
                sender = (principal, body)
                waiting[conn].append((sender, sender in acked))
            case Outcome(conn=conn, code=code) as outcome if waiting[conn]:
                sender, after = waiting[conn].popleft()
                if code is None and evidence.idle(outcome):
                    continue
                if code is None:
                    acked.add(sender)
                    if kept and sender not in kept:
                        yield Violation("C4 one outcome", f"{cid} was accepted on {conn} and is another's.")
                elif after and code not in OPEN | LOST_RIGHT:
                    yield Violation("C4 one outcome", f"{cid} was accepted, and later refused with {code}.")
            case _:
                pass


def resolved(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    for cid, placed in evidence.by_cid.items():
        asked = [one.record for one in placed if isinstance(one.record, Invoke)]
        if not asked:
            continue
        counted["C14 resolved"] += 1
        settled = any(isinstance(one.record, Outcome) and one.record.code not in OPEN for one in placed)
        turned_away = any(one.principal in evidence.turned_away for one in asked)
        if not settled and not turned_away:
            yield Violation("C14 resolved", f"{cid} was sent {len(asked)} times and never answered.")


def paused(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    for rows in evidence.rows.values():
        still = False
        for row in rows:
            if row.kind in {"table_paused", "table_resumed", "table_ended"}:
                still = row.kind == "table_paused"
                counted["C9 paused"] += still
            elif still and row.actor in {"seat", "clock"} and row.kind not in WHILE_PAUSED:
                yield Violation("C9 paused", f"{row.table}/{row.seq} ({row.kind}) happened while paused.")


def one_hand(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    for rows in evidence.rows.values():
        seats: dict[str, str] = {}
        bots: set[str] = set()
        for row in rows:
            if row.actor == "seat" and row.role is not None:
                counted["C10 one hand"] += 1
                holds = row.role in bots if row.person is None else seats.get(row.person) == row.role
                if not holds:
                    who = row.person or "a bot"
                    yield Violation("C10 one hand", f"{row.table}/{row.seq}: {who} did not hold {row.role}.")
            _reseat(row, seats, bots)


def _reseat(row: Row, seats: dict[str, str], bots: set[str]) -> None:
    match row.kind:
        case "person_seated" | "person_left" if row.seated is not None:
            seats.pop(row.seated, None)
            if row.seat is not None:
                seats[row.seated] = row.seat
                bots.discard(row.seat)
        case "seat_handed_to_bot" if row.seat is not None:
            for person in [person for person, role in seats.items() if role == row.seat]:
                del seats[person]
            bots.add(row.seat)
        case _:
            pass


def in_its_phase(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    """What was meant for one phase is not done in another."""
    for rows in evidence.rows.values():
        phase = ""
        done: set[str] = set()
        for row in rows:
            if row.cid is not None and row.person is not None and row.cid not in done:
                done.add(row.cid)
                meant = evidence.phases.get(row.cid, set())
                counted["C20 phase"] += 1
                if phase and meant and phase not in meant:
                    yield Violation("C20 phase", f"{row.table}/{row.seq} was meant for {meant}, and came in {phase}.")
            phase = row.phase or phase


class Due:
    """When a phase and a vote are to close, as the log goes on; None while nothing is, or the table is paused."""

    def __init__(self) -> None:
        self.phase: int | None = None
        self.ballot: int | None = None
        self.paused = False

    def of(self, row: Row) -> int | None:
        """When this row was due, if the clock wrote it because it was."""
        if row.actor != "clock" or row.reason not in {None, "time"}:
            return None
        return {"phase_closed": self.phase, "vote_counted": self.ballot}.get(row.kind)

    def first(self) -> int | None:
        """What has to close before anything else may go on for long: a vote holds its phase open."""
        if self.paused or self.phase is None:
            return None
        return self.phase if self.ballot is None else self.ballot

    def after(self, row: Row) -> None:
        self.phase = None if row.kind in {"phase_closed", "table_ended"} else row.closes_at or self.phase
        self.ballot = None if row.kind == "vote_counted" else row.ballot_closes_at or self.ballot
        if row.kind in {"table_paused", "table_resumed"}:
            self.paused = row.kind == "table_paused"


def on_time(evidence: Evidence, counted: Counter[str]) -> Iterator[Violation]:
    """A phase or vote that the clock closed was due, and not long ago; no phase closes twice or opens too late."""
    for rows in evidence.rows.values():
        due = Due()
        for row in rows:
            if row.kind == "phase_closed" and due.phase is None:
                yield Violation("C11 on time", f"{row.table}/{row.seq} closes a phase that is not open.")
            if row.kind == "phase_opened" and row.closes_at is not None and row.closes_at <= row.at:
                yield Violation("C11 on time", f"{row.table}/{row.seq} opens a phase that is over already.")
            was_due = due.of(row)
            if was_due is not None:
                counted["C11 on time"] += 1
                yield from _timely(evidence, row, was_due)
            elif (first := due.first()) is not None:
                yield from _not_overdue(evidence, row, first)
            due.after(row)


def _not_overdue(evidence: Evidence, row: Row, due: int) -> Iterator[Violation]:
    if row.at > due + LATE_MS and evidence.quiet(due - TROUBLE_LASTS_MS, row.at):
        yield Violation("C11 on time", f"Before {row.table}/{row.seq} something should have closed by the clock.")


def _timely(evidence: Evidence, row: Row, due: int) -> Iterator[Violation]:
    if row.at < due:
        yield Violation("C11 on time", f"{row.table}/{row.seq} came {due - row.at} ms before its time.")
    elif row.at > due + LATE_MS and evidence.quiet(due - TROUBLE_LASTS_MS, row.at):
        yield Violation("C11 on time", f"{row.table}/{row.seq} came {row.at - due} ms late.")
