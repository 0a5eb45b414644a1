"""What one seat keeps to itself changes no byte that others get, in thousands of pairs of games."""

from collections import Counter
from typing import Any, get_args

import pytest

from tests.simulation.pairs import Sum, compared
from tests.simulation.runs import finished, lanes_of, started
from tests.simulation.secrecy import ONLOOKERS, PHASES, ROLES
from tests.support.long_runs import Counts, Figure
from threebirds_rules import events as facts
from threebirds_rules.tagged import Fact
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.seat_events import SHOWN
from threebirds_server.live import places, replica
from threebirds_wire.frames import Head, Typing, TypingSeen

PAIRS, AT_NIGHT = 2_000, 100_000
FEW = 12
EVENTS: tuple[type[Fact], ...] = get_args(facts.Event)
HIDDEN = {
    "CardDrawn.margins",
    "CardDrawn.shifts",
    "CardDrawn.tracks",
    "CardDrawn.woken",
    "FutureDrawn.surpluses",
    "Injected.shifts",
    "Injected.tracks",
    "PhaseOpened.index",
    "PositionMoved.offsets",
    "PositionMoved.shifts",
    "PositionMoved.woken",
    "RulesReplaced.digest",
    "TableOpened.digest",
    "TableOpened.language",
    "TableOpened.names",
    "TableOpened.rekey",
    "TableOpened.seed",
    "TableOpened.utc_offset_minutes",
}
"""What never leaves a table with an event."""
KINDS = ("said", "attended", "phase_opened", "ping", "reply", "typing", "tabled", "presence")


@pytest.mark.at_most(1_200, 0)
def test_the_secrets_of_one_seat_change_no_byte_of_the_others(figure: Figure, counts: Counts) -> None:
    running = [started(lane, program="pairs") for lane in lanes_of(figure(PAIRS, AT_NIGHT))]
    sums = [finished(process, Sum) for process in running]
    cells = sum((Counter(one.cells) for one in sums), Counter[str]())
    counts(
        pairs=sum(one.pairs for one in sums),
        secrets=sum(one.secrets for one in sums),
        frames=sum(one.frames for one in sums),
        cells=len(cells),
        least_in_a_cell=min(cells.values()),
    )
    for one in sums:
        assert one.faults == [], f"To play it again: python -m tests.simulation.pairs {one.failed}"
    assert untried(cells) == []


def untried(cells: Counter[str]) -> list[str]:
    """Who could have noticed what of whom, and never had the occasion."""
    seen = {(keeper, viewer, kind) for keeper, viewer, kind, _ in map(str.split, cells)}
    phases = {(keeper, viewer, phase) for keeper, viewer, _, phase in map(str.split, cells)}
    pairs = [(a, b) for a in ROLES for b in ROLES if a != b]
    missing = [f"{a} {b} {kind}" for a, b in pairs for kind in KINDS if (a, b, kind) not in seen]
    missing += [f"{a} {b} {phase}" for a, b in pairs for phase in PHASES if (a, b, phase) not in phases]
    return missing + [f"{a} {b}" for a in ROLES for b in ONLOOKERS if (a, b, PHASES[-1]) not in phases]


def everything(event: object, viewer: Viewer) -> bool:
    return True


def every_channel(lens: Lens, channel: object) -> bool:
    return True


def typing_everywhere(place: places.Place, frame: Typing) -> None:
    role, person = place.viewer.role, place.person
    assert role is not None
    assert person is not None
    for listener in place.table.listeners:
        told = str(listener.viewer)
        listener.hint(TypingSeen(table=place.table.id, viewer=told, channel=frame.channel, role=role, person=person))


def head_of_the_log(place: places.Place) -> Head:
    return Head(table=place.table.id, viewer=str(place.viewer), n=place.table.replica.head)


@pytest.mark.parametrize(
    ("owner", "name", "leak"),
    [
        (replica, "may_see", everything),
        (Lens, "sees_channel", every_channel),
        (places.Place, "head", property(head_of_the_log)),
        (places.Place, "typing", typing_everywhere),
    ],
    ids=["events", "channels", "heads", "typing"],
)
def test_a_leak_that_is_planted_is_found(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, leak: Any) -> None:
    monkeypatch.setattr(owner, name, leak)
    assert compared(range(FEW)).faults != []


def test_every_event_says_what_of_it_may_be_seen() -> None:
    kinds = set(EVENTS)
    assert kinds == set(SHOWN)
    wrong = [
        f"{kind.__name__}.{name}"
        for kind, names in SHOWN.items()
        for name in names
        if name not in kind.__struct_fields__
    ]
    assert wrong == []


def test_a_field_of_an_event_is_shown_or_is_named_among_what_is_hidden() -> None:
    hidden = {
        f"{kind.__name__}.{name}"
        for kind in EVENTS
        for name in kind.__struct_fields__
        if name not in {"at", "audience", *SHOWN[kind]}
    }
    assert hidden == HIDDEN
