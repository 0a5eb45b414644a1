"""The checker is silent about a sound history, and names the right check for each of many broken ones."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.simulation import history as h
from tests.simulation.checker import check
from tests.simulation.history import Record

ANNA, BEN = "p_anna", "p_ben"
Edit = Callable[[list[Record]], list[Record]]


def row(seq: int, kind: str, **fields: Any) -> h.Row:
    return replace(h.Row(table="t", seq=seq, kind=kind, actor="host", at=1_000 * seq), **fields)


def by_anna(seq: int, cid: str, kind: str = "said") -> h.Row:
    return row(seq, kind, actor="seat", role="A", person=ANNA, cid=cid)


def streamed(viewer: str, n: int, seq: int) -> h.Streamed:
    return h.Streamed(
        table="t", viewer=viewer, n=n, seq=seq, sha=f"frame {seq}", mark=f"mark {viewer} {n}", view=f"view {viewer} {n}"
    )


LOG = (
    row(1, "person_seated", seated=ANNA, seat="A"),
    row(2, "person_seated", seated=BEN, seat="B"),
    row(3, "phase_opened", closes_at=9_000, phase="1.table"),
    by_anna(4, "c1"),
    row(5, "table_paused", actor="facilitator"),
    row(6, "table_resumed", actor="facilitator", closes_at=9_000),
    by_anna(7, "c2", kind="drafted"),
    row(8, "vote_called", actor="facilitator", ballot_closes_at=8_900),
    row(9, "vote_counted", actor="clock"),
    row(10, "phase_closed", actor="clock"),
)
STREAMS = (
    *(streamed("seat:A", seq, seq) for seq in range(11)),
    *(streamed("seat:B", n, seq) for n, seq in enumerate((0, 1, 2, 3, 4, 5, 6, 8, 9, 10))),
)


def frame(conn: str, n: int, seq: int) -> h.Frame:
    return h.Frame(conn=conn, n=n, sha=f"frame {seq}")


def snapshot(conn: str, viewer: str, n: int) -> h.Snapshot:
    return h.Snapshot(conn=conn, n=n, mark=f"mark {viewer} {n}", sha=f"view {viewer} {n}")


def invoke(conn: str, cid: str) -> h.Invoke:
    return h.Invoke(conn=conn, cid=cid, principal=ANNA, body=f"body {cid}", phase="1.table")


SOUND: tuple[Record, ...] = (
    h.Commit(table="t", first=1, last=3),
    h.Connect(conn="a1", table="t", viewer="seat:A", principal=ANNA),
    h.Welcome(conn="a1"),
    snapshot("a1", "seat:A", 3),
    h.Connect(conn="b1", table="t", viewer="seat:B", principal=BEN),
    h.Welcome(conn="b1"),
    snapshot("b1", "seat:B", 3),
    h.Typed(conn="a1", channel="plenary"),
    h.Hint(conn="b1", kind="typing", people=(ANNA,), channel="plenary"),
    invoke("a1", "c1"),
    h.Commit(table="t", first=4, last=4, cid="c1"),
    frame("b1", 4, 4),
    frame("a1", 4, 4),
    h.Outcome(conn="a1", cid="c1", n=4),
    h.Close(conn="a1"),
    h.Connect(conn="a2", table="t", viewer="seat:A", principal=ANNA, after=4),
    invoke("a2", "c1"),
    h.Welcome(conn="a2"),
    h.Outcome(conn="a2", cid="c1", dup=True, n=4),
    h.Commit(table="t", first=5, last=6),
    *(frame(conn, seq, seq) for seq in (5, 6) for conn in ("a2", "b1")),
    invoke("a2", "c2"),
    h.Commit(table="t", first=7, last=7, cid="c2"),
    frame("a2", 7, 7),
    h.Outcome(conn="a2", cid="c2", n=7),
    h.Invoke(conn="b1", cid="c3", principal=BEN, body="body c3", dry=True),
    h.Outcome(conn="b1", cid="c3"),
    h.Invoke(conn="b1", cid="c4", principal=BEN, body="body c4"),
    h.Outcome(conn="b1", cid="c4", code="paused"),
    h.Hint(conn="b1", kind="presence", people=(ANNA, BEN)),
    h.Ping(conn="b1", head=6),
    h.Commit(table="t", first=8, last=9),
    h.Commit(table="t", first=10, last=10),
    *(frame("a2", seq, seq) for seq in (8, 9, 10)),
    h.Pull(conn="b1", after=5),
    *(frame("b1", n, seq) for n, seq in ((7, 8), (8, 9), (6, 6), (7, 8), (8, 9), (9, 10))),
    *LOG,
    h.Answer(table="t", cid="c1", principal=ANNA, digest="body c1"),
    h.Answer(table="t", cid="c2", principal=ANNA, digest="body c2"),
    *STREAMS,
    h.Fold(table="t", by="the log", head=10, sha="state"),
    h.Fold(table="t", by="the server", head=10, sha="state"),
    h.Rest(conn="a2", n=10, sha="view seat:A 10"),
    h.Rest(conn="b1", n=9, sha="view seat:B 9"),
)


def place(history: list[Record], like: Record) -> int:
    return history.index(like)


def without(like: Record) -> Edit:
    return lambda history: [one for one in history if one != like]


def instead(like: Record, **changes: Any) -> Edit:
    return lambda history: [replace(one, **changes) if one == like else one for one in history]


def after(like: Record, *new: Record) -> Edit:
    return lambda history: [*history[: place(history, like) + 1], *new, *history[place(history, like) + 1 :]]


def swapped(one: Record, other: Record) -> Edit:
    return lambda history: [other if it == one else one if it == other else it for it in history]


def both(one: Edit, other: Edit) -> Edit:
    return lambda history: other(one(history))


ACK = h.Outcome(conn="a1", cid="c1", n=4)
COMMIT = h.Commit(table="t", first=4, last=4, cid="c1")
STOLEN = h.Invoke(conn="b1", cid="c1", principal=BEN, body="body c1")
NOT_SEATED = row(1, "person_seated", seated=ANNA, seat="A")

BROKEN: dict[str, tuple[str, Edit]] = {
    "a row is missing": ("C1 dense", without(LOG[3])),
    "a row stands twice": ("C1 dense", after(LOG[4], LOG[4])),
    "two rows have changed places": ("C1 dense", swapped(LOG[4], LOG[5])),
    "an acknowledged action is lost": ("C2 once", instead(LOG[6], cid=None, actor="host")),
    "an action was done twice": ("C2 once", after(LOG[-1], by_anna(11, "c1"))),
    "an append was committed twice": ("C2 once", after(COMMIT, COMMIT)),
    "an answer was kept twice": ("C2 once", after(LOG[0], h.Answer(table="t", cid="c1", principal=ANNA, digest="x"))),
    "a dry action was done": ("C2 once", instead(LOG[6], cid="c3")),
    "nobody asked for this": ("C3 no ghosts", after(LOG[-1], by_anna(11, "c9"))),
    "something else was kept": (
        "C3 no ghosts",
        instead(h.Answer(table="t", cid="c1", principal=ANNA, digest="body c1"), digest="body x"),
    ),
    "it was kept as another's": (
        "C3 no ghosts",
        instead(h.Answer(table="t", cid="c1", principal=ANNA, digest="body c1"), principal=BEN),
    ),
    "a seat acted without a cid": ("C3 no ghosts", instead(LOG[6], cid=None)),
    "accepted, then refused": (
        "C4 one outcome",
        instead(h.Outcome(conn="a2", cid="c1", dup=True, n=4), code="wrong_phase", dup=False, n=None),
    ),
    "accepted as new twice": ("C4 one outcome", instead(h.Outcome(conn="a2", cid="c1", dup=True, n=4), dup=False)),
    "accepted with two numbers": ("C4 one outcome", instead(h.Outcome(conn="a2", cid="c1", dup=True, n=4), n=3)),
    "told of what another did": (
        "C4 one outcome",
        after(h.Hint(conn="b1", kind="presence", people=(ANNA, BEN)), STOLEN, replace(ACK, conn="b1", dup=True)),
    ),
    "an answer to nothing": ("C4 one outcome", after(ACK, h.Outcome(conn="a1", cid="", code="bad_frame"))),
    "refused and yet done": ("C4 one outcome", instead(LOG[6], cid="c4", person=BEN, role="B")),
    "a frame is missing": ("C5 no gap", without(frame("a2", 6, 6))),
    "a frame came twice": ("C5 no gap", after(frame("a2", 6, 6), frame("a2", 6, 6))),
    "resumed one too early": ("C5 no gap", after(h.Welcome(conn="a2"), frame("a2", 4, 4))),
    "moved backwards": ("C5 no gap", after(frame("a2", 6, 6), snapshot("a2", "seat:A", 5))),
    "other bytes for the same number": ("C6 same bytes", instead(frame("b1", 4, 4), sha="frame x")),
    "a frame that no event made": ("C6 same bytes", after(frame("a2", 10, 10), frame("a2", 11, 11))),
    "acknowledged earlier, written later": (
        "C7 real time",
        both(instead(LOG[3], cid="c2"), instead(LOG[6], cid="c1")),
    ),
    "told before it was written": ("C8 after commit", swapped(COMMIT, frame("b1", 4, 4))),
    "acknowledged before it was written": (
        "C8 after commit",
        swapped(h.Commit(table="t", first=7, last=7, cid="c2"), h.Outcome(conn="a2", cid="c2", n=7)),
    ),
    "acted while paused": ("C9 paused", instead(LOG[5], kind="said", actor="seat", role="A", person=ANNA, cid="c1")),
    "the clock ran while paused": ("C9 paused", swapped(LOG[5], replace(LOG[9], seq=6))),
    "acted from a seat it did not hold": ("C10 one hand", instead(NOT_SEATED, seat="B")),
    "acted after being removed": ("C10 one hand", instead(LOG[5], kind="person_left", seated=ANNA)),
    "a bot acted in a person's seat": ("C10 one hand", instead(LOG[6], person=None)),
    "a phase closed too early": ("C11 on time", instead(LOG[9], at=8_999)),
    "a phase closed too late": ("C11 on time", instead(LOG[9], at=12_000)),
    "a vote was counted too early": ("C11 on time", instead(LOG[8], at=8_000)),
    "a phase closed twice": ("C11 on time", after(LOG[9], row(11, "phase_closed", actor="clock"))),
    "a phase was over when it opened": ("C11 on time", instead(LOG[2], closes_at=3_000)),
    "nothing closed when it was due": ("C11 on time", instead(LOG[9], kind="announced", actor="host", at=11_500)),
    "told after being removed": ("C19 revoked", instead(LOG[7], kind="person_left", seated=ANNA)),
    "meant for another phase": ("C20 phase", instead(invoke("a2", "c2"), phase="2.table")),
    "a client was left behind": ("C12 at head", instead(h.Rest(conn="b1", n=9, sha="view seat:B 9"), n=8)),
    "a client holds another view": ("C13 fold", instead(h.Rest(conn="b1", n=9, sha="view seat:B 9"), sha="x")),
    "a server holds another state": (
        "C13 fold",
        instead(h.Fold(table="t", by="the server", head=10, sha="state"), sha="x"),
    ),
    "never answered": ("C14 resolved", without(h.Outcome(conn="b1", cid="c4", code="paused"))),
    "left busy": ("C14 resolved", instead(h.Outcome(conn="b1", cid="c4", code="paused"), code="busy")),
    "a reply before its own frames": ("C15 own first", swapped(frame("a1", 4, 4), ACK)),
    "a ping of what was not sent": ("C16 heads", instead(h.Ping(conn="b1", head=6), head=7)),
    "a snapshot with another mark": ("C17 snapshots", instead(snapshot("b1", "seat:B", 3), mark="mark x")),
    "a snapshot with too much in it": ("C17 snapshots", instead(snapshot("b1", "seat:B", 3), sha="view seat:A 3")),
    "somebody hidden is shown": (
        "C18 hints",
        instead(h.Hint(conn="b1", kind="presence", people=(ANNA, BEN)), people=(ANNA, "p_watcher")),
    ),
    "typing in a side channel is shown": (
        "C18 hints",
        after(ACK, h.Typed(conn="b1", channel="A+B"), h.Hint(conn="a1", kind="typing", people=(BEN,), channel="A+B")),
    ),
    "typing that nobody did is shown": (
        "C18 hints",
        after(ACK, h.Hint(conn="a1", kind="typing", people=(BEN,), channel="plenary")),
    ),
}


def test_a_sound_history_passes_and_every_check_had_something_to_look_at() -> None:
    report = check(SOUND)
    assert report.violations == ()
    assert sorted(report.counted) == sorted({expected for expected, _ in BROKEN.values()})
    assert min(report.counted.values()) > 0


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_history_fails_by_its_own_check(name: str) -> None:
    expected, edit = BROKEN[name]
    broken = edit(list(SOUND))
    assert broken != list(SOUND)
    assert expected in {violation.check for violation in check(broken).violations}


def test_trouble_excuses_a_late_clock_and_nothing_else() -> None:
    trouble = [h.Nemesis(at=5_000, what="outage", begins=True), h.Nemesis(at=8_000, what="outage", begins=False)]
    late = instead(LOG[9], at=12_000)(list(SOUND))
    assert check([*trouble, *late]).violations == ()
    early = instead(LOG[9], at=8_999)(list(SOUND))
    assert [violation.check for violation in check([*trouble, *early]).violations] == ["C11 on time"]


def test_what_had_nothing_to_do_need_not_be_in_the_log_if_that_was_foreseen() -> None:
    idle = instead(LOG[6], cid=None, actor="host")(list(SOUND))
    foreseen = instead(invoke("a2", "c2"), may_idle=True)(idle)
    assert check(foreseen).violations == ()


def test_a_seat_that_was_taken_away_need_not_be_answered() -> None:
    turned_away = without(h.Outcome(conn="b1", cid="c4", code="paused"))(list(SOUND))
    assert check([*turned_away, h.Close(conn="b1", code=4502)]).violations == ()


def test_a_history_is_the_same_after_it_was_written_down(tmp_path: Path) -> None:
    h.write(SOUND, tmp_path / "history.jsonl")
    assert h.read(tmp_path / "history.jsonl") == list(SOUND)
