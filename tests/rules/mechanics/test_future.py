"""A card of the future, drawn at the end."""

from typing import Any

from msgspec.structs import replace

from tests.support.rulesets import BUREAU, DECIDE, FUTURE, NORTH, POINTS, SOUTH, a_phase, a_rule_set, a_schedule
from tests.support.tables import FACILITATOR, PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.engine import seat_event, view
from threebirds_rules.mechanics.future.shapes import FutureDrawn, FutureView
from threebirds_rules.mechanics.settings import FutureCard, Mechanics
from threebirds_rules.viewers import Viewer

PHASES = (a_phase("plenary", *DECIDE),)
RULES = a_rule_set(mechanics=Mechanics(future=FUTURE), cards=(), schedule=a_schedule(phases=PHASES))


def adopted(**changes: Any) -> PlayedTable:
    """A table that adopted the low dam and the toll: worth 3 to North, 5 to South, 2 to the Bureau."""
    table = started(replace(RULES, **changes))
    text = table.tabled(NORTH, {"dam": 1, "toll": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    for role in (NORTH, SOUTH):
        table.by(role, asked.Vote(proposal=text.id, choice="yes"))
    while table.state.status != "ended":
        table.time_up()
    return table


def seen(table: PlayedTable, viewer: Viewer) -> FutureView:
    found = view(table.rules, table.state, viewer).mechanics.future
    assert found is not None
    return found


def test_there_is_no_future_before_the_end() -> None:
    assert started(RULES).view(NORTH).mechanics.future is None


def test_the_treaty_is_weighed_with_one_aspect_counted_twice() -> None:
    table = adopted()
    assert table.state.outcome is not None
    results = {one.role: (one.score, one.walk_away) for one in table.state.outcome.results}
    drawn = table.state.progress.future
    assert drawn is not None
    assert drawn.surpluses == {role: 2 * score - walk_away for role, (score, walk_away) in results.items()}


def test_a_seat_sees_its_own_regret_and_the_facilitator_everybodys() -> None:
    table = adopted()
    drawn = table.state.progress.future
    assert drawn is not None
    for role in (NORTH, SOUTH, BUREAU):
        own = seen(table, Viewer("seat", role))
        assert (own.own, own.surpluses) == (drawn.surpluses[role], None)
    assert seen(table, Viewer("facilitator")).surpluses == drawn.surpluses
    assert (seen(table, Viewer("public")).own, seen(table, Viewer("public")).surpluses) == (None, None)


def test_the_event_tells_the_card_alone() -> None:
    table = adopted()
    (event,) = [one for one in table.log if isinstance(one, FutureDrawn)]
    told = seat_event(table.rules, table.state, event, Viewer("seat", SOUTH))
    assert told == {"kind": "future_drawn", "at": event.at, "card": "flood"}


def test_without_a_treaty_there_is_a_future_and_nothing_to_regret() -> None:
    table = started(RULES)
    table.do(FACILITATOR, asked.End())
    own = seen(table, Viewer("seat", NORTH))
    assert (own.title, own.text, own.aspect, own.own) == ("A flood", "It rained.", POINTS, None)
    assert seen(table, Viewer("facilitator")).surpluses == {}


def test_the_seed_draws_the_card() -> None:
    cards = tuple(FutureCard(id=f"f{at}", title="", text="", aspect=POINTS) for at in range(9))
    rules = {"mechanics": Mechanics(future=replace(FUTURE, cards=cards))}
    drawn = {seen(adopted(**rules), Viewer("public")).card for _ in range(3)}
    assert len(drawn) == 1
