"""A history sorted by what the checks ask for, in one pass."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from tests.simulation.history import (
    Answer,
    Close,
    Commit,
    Connect,
    Fold,
    Invoke,
    Nemesis,
    Outcome,
    Record,
    Rest,
    Row,
    Streamed,
)

OPEN = frozenset({"busy", "internal", "rate_limited"})
"""After these codes the same action may be sent again under its `cid`: nothing is settled."""
LOST_RIGHT = frozenset({"not_your_seat", "unauthenticated", "unknown_table", "forbidden"})
"""Who has lost the right to ask gets these, whatever was answered before."""


NOT_AGAIN = 4_500
"""Whoever is closed with such a code does not come back, and waits for no answer."""


class Violation(NamedTuple):
    check: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.check}: {self.sentence}"


class Placed(NamedTuple):
    """A record that concerns one `cid`, and its place in the history."""

    place: int
    record: Invoke | Outcome | Commit


class Evidence:
    def __init__(self, history: Iterable[Record]) -> None:
        self.history = tuple(history)
        self.connects: dict[str, Connect] = {}
        self.turned_away: set[str] = set()
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.rows_of: dict[str, list[Row]] = defaultdict(list)
        self.answers: dict[str, list[Answer]] = defaultdict(list)
        self.streams: dict[tuple[str, str, int], Streamed] = {}
        self.heads: dict[tuple[str, str], int] = {}
        self.folds: list[Fold] = []
        self.rests: list[Rest] = []
        self.troubles: list[Nemesis] = []
        self.by_cid: dict[str, list[Placed]] = defaultdict(list)
        self.phases: dict[str, set[str]] = defaultdict(set)
        self.commits = 0
        for place, record in enumerate(self.history):
            self._sort(place, record)

    def _sort(self, place: int, record: Record) -> None:
        match record:
            case Connect():
                self.connects[record.conn] = record
            case Close(conn=conn, code=int(code)) if code >= NOT_AGAIN:
                self.turned_away.add(record.principal or self.connects[conn].principal)
            case Invoke() | Outcome() | Commit():
                if isinstance(record, Invoke) and record.phase:
                    self.phases[record.cid].add(record.phase)
                self.commits += isinstance(record, Commit)
                if record.cid is not None:
                    self.by_cid[record.cid].append(Placed(place, record))
            case Nemesis():
                self.troubles.append(record)
            case _:
                self._sort_truth(record)

    def _sort_truth(self, record: Record) -> None:
        match record:
            case Row():
                self.rows[record.table].append(record)
                if record.cid is not None:
                    self.rows_of[record.cid].append(record)
            case Answer():
                self.answers[record.cid].append(record)
            case Streamed():
                self.streams[record.table, record.viewer, record.n] = record
                key = (record.table, record.viewer)
                self.heads[key] = max(record.n, self.heads.get(key, 0))
            case Fold():
                self.folds.append(record)
            case Rest():
                self.rests.append(record)
            case _:
                pass

    def stream(self, conn: str, n: int) -> Streamed | None:
        at = self.connects[conn]
        return self.streams.get((at.table, at.viewer, n))

    def idle(self, outcome: Outcome) -> bool:
        """Whether it says that there was nothing to do: the number it gives is older than what was done later."""
        rows = self.rows_of.get(outcome.cid)
        invokes = (one.record for one in self.by_cid[outcome.cid] if isinstance(one.record, Invoke))
        if not rows or outcome.dup or outcome.n is None or not any(one.may_idle for one in invokes):
            return False
        stream = self.stream(outcome.conn, outcome.n)
        return stream is not None and stream.seq < rows[0].seq

    def quiet(self, begin: int, end: int) -> bool:
        """Whether no trouble was under way between two times."""
        began: dict[str, int] = {}
        for trouble in self.troubles:
            if trouble.begins:
                began[trouble.what] = trouble.at
            elif trouble.at >= begin and began.pop(trouble.what, end + 1) <= end:
                return False
        return not any(at <= end for at in began.values())
