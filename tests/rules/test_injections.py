"""A card out of its turn, and news of the facilitator's own."""

import msgspec
import pytest

from tests.support.rulesets import BUREAU, EAST, NORTH, SOUTH, a_rule_set
from tests.support.tables import FACILITATOR, PlayedTable, opened, started
from threebirds_rules import actions as asked
from threebirds_rules.engine import canonical, seat_event, view, view_changes
from threebirds_rules.events import CardDrawn, Injected
from threebirds_rules.names import CardId, RoleId, TrackId
from threebirds_rules.viewers import Viewer

TRUST = TrackId("trust")
FLOOD = asked.Inject(title="A flood", text="The river rises.", shifts={NORTH: -4, SOUTH: 1}, tracks={TRUST: -9})


def choices(table: PlayedTable) -> tuple[str, ...]:
    desk = view(table.rules, table.state, Viewer("facilitator"))
    return next(one.choices for one in desk.legal if one.kind == "inject")


def test_news_move_walk_aways_and_tracks_within_their_bounds() -> None:
    table = started(a_rule_set())
    table.state = msgspec.structs.replace(table.state, tracks={TRUST: -2})
    before = table.state
    (event,) = table.do(FACILITATOR, FLOOD)
    assert isinstance(event, Injected)
    assert (event.shifts, event.tracks) == ({NORTH: -4, SOUTH: 1}, {TRUST: -1})
    assert table.state.tracks == {TRUST: -3}
    moved = {role: points - before.shifts.get(role, 0) for role, points in table.state.shifts.items()}
    assert (moved[NORTH], moved[SOUTH]) == (-4, 1)


def test_news_lie_among_the_cards_and_each_seat_sees_its_own_shift() -> None:
    table = started(a_rule_set())
    table.do(FACILITATOR, FLOOD)
    table.do(FACILITATOR, asked.Inject(title="And sun"))
    shown = {role: table.view(role).cards[-2:] for role in (NORTH, SOUTH, BUREAU)}
    assert {role: cards[0].own_shift for role, cards in shown.items()} == {NORTH: -4, SOUTH: 1, BUREAU: 0}
    assert [(one.card, one.title, one.text, one.kind) for one in shown[NORTH]] == [
        ("news.1", "A flood", "The river rises.", "neutral"),
        ("news.2", "And sun", "", "neutral"),
    ]
    assert view(table.rules, table.state, Viewer("public")).cards[-1].own_shift is None


def seen(shifts: dict[RoleId, int], viewer: Viewer) -> list[bytes]:
    table = started(a_rule_set())
    before = table.state
    (event,) = table.do(FACILITATOR, asked.Inject(title="A letter", shifts=shifts))
    told = seat_event(table.rules, before, event, viewer)
    changes = view_changes(table.rules, before, event, viewer)
    return [msgspec.json.encode((told, changes)), canonical(view(table.rules, table.state, viewer))]


@pytest.mark.parametrize(
    "viewer", [Viewer("seat", SOUTH), Viewer("seat", BUREAU), Viewer("observer"), Viewer("public")]
)
def test_what_news_do_to_one_seat_no_other_learns(viewer: Viewer) -> None:
    """Not even whether they did anything to it."""
    assert seen({NORTH: -9}, viewer) == seen({NORTH: 3}, viewer) == seen({}, viewer)
    assert seen({NORTH: -9}, Viewer("seat", NORTH)) != seen({}, Viewer("seat", NORTH))


def test_a_card_comes_about_as_if_it_had_been_drawn_and_is_not_drawn_again() -> None:
    table = started(a_rule_set())
    left = choices(table)
    assert set(left) == {card.id for card in table.rules.cards} - {one.card for one in table.state.cards}
    (event,) = table.do(FACILITATOR, asked.Inject(card=CardId(left[0])))
    assert isinstance(event, CardDrawn)
    table.go_to("2.plenary")
    assert sum(one.card == left[0] for one in table.state.cards) == 1
    assert left[0] not in choices(table)
    assert table.refused(FACILITATOR, asked.Inject(card=CardId(left[0]))).rule == "inject.drawn"


@pytest.mark.parametrize(
    ("action", "code", "path"),
    [
        (asked.Inject(), "invalid_action", "title"),
        (asked.Inject(title="x" * 201), "too_large", "title"),
        (asked.Inject(title="x", text="y" * 4001), "too_large", "text"),
        (asked.Inject(card=CardId("strom")), "invalid_action", "card"),
        (asked.Inject(card=CardId("storm"), title="Mine"), "invalid_action", "card"),
        (asked.Inject(title="x", shifts={RoleId("NORD"): 1}), "invalid_action", "shifts.NORD"),
        (asked.Inject(title="x", shifts={EAST: 1}), "invalid_action", "shifts.EAS"),
        (asked.Inject(title="x", shifts={NORTH: 101}), "invalid_action", "shifts.NOR"),
        (asked.Inject(title="x", tracks={TrackId("thrust"): 1}), "invalid_action", "tracks.thrust"),
    ],
)
def test_an_injection_that_does_not_fit_is_refused(action: asked.Inject, code: str, path: str) -> None:
    refusal = started(a_rule_set()).refused(FACILITATOR, action)
    assert (refusal.code, refusal.path) == (code, path)


def test_the_nearest_name_is_offered_where_there_is_one() -> None:
    table = started(a_rule_set())
    near = table.refused(FACILITATOR, asked.Inject(title="x", tracks={TrackId("trast"): 1}))
    assert near.message == "No track here is called “trast”. Did you mean “trust”?"
    far = table.refused(FACILITATOR, asked.Inject(title="x", tracks={TrackId("zzzzzzzz"): 1}))
    assert far.message == "No track here is called “zzzzzzzz”."


def test_nothing_is_injected_before_the_start_or_after_the_end() -> None:
    table = opened(a_rule_set())
    assert table.refused(FACILITATOR, FLOOD).rule == "table.start"
    ended = started(a_rule_set())
    ended.do(FACILITATOR, asked.End())
    assert ended.refused(FACILITATOR, FLOOD).code == "game_over"
