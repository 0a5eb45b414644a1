"""What a log means: made anew from what lies in the store, by the engine alone and not by anything that served."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from tests.simulation.history import Fold, Record, Streamed, rows, sha
from threebirds_rules.engine import Passage, Recall, canonical, seat_event, steps, view
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.steps import Step
from threebirds_rules.viewers import Viewer
from threebirds_server.ports import Look
from threebirds_wire.codec import event_frame
from threebirds_wire.marks import NO_FRAMES, mark_after


class Looked(NamedTuple):
    """Who looked at a table, and at which numbers of their streams somebody holds a whole view."""

    viewer: Viewer
    seen_whole: Collection[int]


class Told:
    """One viewer's stream as it has to be."""

    def __init__(self, looked: Looked, table: str, rules: RuleSet) -> None:
        self._viewer, self._whole = looked
        self._table = table
        self._rules = rules
        self._n = 0
        self._mark = NO_FRAMES

    def beginning(self) -> Streamed:
        return self._streamed(0, "", State())

    def after(self, seq: int, step: Step, passage: Passage) -> Streamed | None:
        fields = seat_event(self._rules, step.before, step.event, self._viewer)
        if fields is None:
            return None
        self._n += 1
        text = event_frame(self._table, str(self._viewer), self._n, fields, passage.changes(self._viewer))
        self._mark = mark_after(self._mark, text)
        return self._streamed(seq, sha(text), step.after)

    def _streamed(self, seq: int, digest: str, state: State) -> Streamed:
        whole = sha(canonical(view(self._rules, state, self._viewer))) if self._n in self._whole else None
        return Streamed(
            table=self._table, viewer=str(self._viewer), n=self._n, seq=seq, sha=digest, mark=self._mark, view=whole
        )


def truth(
    rules: RuleSet, look: Look, lookers: Collection[Looked], held: Mapping[str, tuple[int, State]]
) -> list[Record]:
    """The log, every looker's stream, and whether those who hold a state (`held`, with its head) hold the right one."""
    table = look.table.id
    return [*rows(table, look.recorded), *_told(rules, look, lookers, held)]


def _told(
    rules: RuleSet, look: Look, lookers: Collection[Looked], held: Mapping[str, tuple[int, State]]
) -> Iterator[Record]:
    table = look.table.id
    streams = [Told(one, table, rules) for one in lookers]
    recall = Recall(rules)
    yield from (one.beginning() for one in streams)
    for seq, step in enumerate(steps(rules, State(), [one.event for one in look.recorded]), 1):
        passage = Passage(rules, step.before, step.after, recall)
        for one in streams:
            if streamed := one.after(seq, step, passage):
                yield streamed
        for by, (head, state) in held.items():
            if head == seq:
                right = "the log's" if state == step.after else f"another one of {by}"
                yield Fold(table=table, by="the log", head=seq, sha="the log's")
                yield Fold(table=table, by=by, head=head, sha=right)
