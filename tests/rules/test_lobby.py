"""The door: opening a table, joining, seats, bots, heads, the start."""

import pytest

from tests.support.rulesets import BUREAU, EAST, NORTH, SOUTH, a_rule_set
from tests.support.tables import FACILITATOR, HOST, PlayedTable, joined, opened, started
from threebirds_rules import actions as asked
from threebirds_rules.actions import Action, Actor
from threebirds_rules.engine import apply_changes, canonical, legal, view, view_changes
from threebirds_rules.events import PersonSeated, PhaseOpened, SeatDropped, SeatHandedToBot
from threebirds_rules.names import PersonId, RoleId, SwitchId
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.changes import built
from threebirds_rules.views.legal import renewed
from threebirds_rules.views.lens import Lens

ANNA, BEN = PersonId("anna"), PersonId("ben")
SEED = "a secret"


def open_with(*roles: str, switches: tuple[str, ...] = ()) -> asked.Open:
    return asked.Open(
        seed=SEED,
        roles=tuple(RoleId(role) for role in roles),
        switches=tuple(SwitchId(switch) for switch in switches),
    )


def test_a_table_opens_once() -> None:
    table = opened(a_rule_set())
    assert table.refused(HOST, open_with("NOR", "SOU")).rule == "table.open"


@pytest.mark.parametrize("action", [asked.Join(person=ANNA, name="Anna"), asked.Start()])
def test_nothing_happens_at_a_table_that_is_not_open(action: Action) -> None:
    assert PlayedTable(a_rule_set()).refused(HOST, action).rule == "table.open"


@pytest.mark.parametrize("roles", [("NOR",), ("NOR", "SOU", "XXX")])
def test_a_table_needs_two_roles_of_its_rule_set(roles: tuple[str, ...]) -> None:
    assert PlayedTable(a_rule_set()).refused(HOST, open_with(*roles)).path == "roles"


def test_a_table_knows_only_the_switches_of_its_rule_set() -> None:
    refusal = PlayedTable(a_rule_set()).refused(HOST, open_with("NOR", "SOU", switches=("x",)))
    assert (refusal.path, refusal.message) == ("switches", "There is no switch “x”.")


def test_a_switch_that_is_on_stays_with_the_table() -> None:
    table = PlayedTable(a_rule_set())
    table.do(HOST, open_with("NOR", "SOU", switches=("proud_north",)))
    assert table.state.switches == ("proud_north",)


def test_a_person_joins_once_and_under_a_name() -> None:
    table = opened(a_rule_set())
    table.do(HOST, asked.Join(person=ANNA, name="  Anna \u202e B. "))
    assert table.state.people[0].name == "Anna B."
    assert table.refused(HOST, asked.Join(person=ANNA, name="Anna")).rule == "join.once"
    assert table.refused(HOST, asked.Join(person=BEN, name=" \u200b ")).code == "invalid_action"
    assert table.refused(HOST, asked.Join(person=BEN, name="x" * 41)).code == "too_large"


def test_the_first_person_of_a_seat_leads_it() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    joined(table, "ben", NORTH)
    seat = table.state.seat(NORTH)
    assert seat is not None
    assert (seat.people, seat.head) == ((ANNA, BEN), ANNA)


def test_when_the_head_moves_to_another_seat_the_next_one_leads() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    joined(table, "ben", NORTH)
    table.do(FACILITATOR, asked.Seat(person=ANNA, role=SOUTH))
    north, south = table.state.seat(NORTH), table.state.seat(SOUTH)
    assert north is not None
    assert south is not None
    assert (north.head, south.head) == (BEN, ANNA)


def test_when_another_leaves_the_head_stays() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    joined(table, "ben", NORTH)
    table.do(HOST, asked.Seat(person=BEN, role=None))
    seat = table.state.seat(NORTH)
    assert seat is not None
    assert (seat.people, seat.head) == ((ANNA,), ANNA)


def test_sitting_down_where_one_sits_changes_nothing() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    assert table.do(HOST, asked.Seat(person=ANNA, role=NORTH)) == ()


def test_who_leaves_is_gone() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    table.do(HOST, asked.Leave(person=ANNA))
    assert table.state.people == ()
    assert table.refused(HOST, asked.Leave(person=ANNA)).path == "person"


def test_there_is_no_seat_of_an_unknown_role() -> None:
    table = opened(a_rule_set())
    joined(table, "anna")
    assert table.refused(HOST, asked.Seat(person=ANNA, role=EAST)).path == "role"


def test_a_bot_makes_room_for_a_person_and_people_for_a_bot() -> None:
    table = opened(a_rule_set())
    joined(table, "anna")
    joined(table, "ben", SOUTH)
    table.do(HOST, asked.HandToBot(role=NORTH, bot="random"))
    assert table.refused(HOST, asked.HandToBot(role=NORTH, bot="random")).rule == "seat.bot"
    table.do(HOST, asked.Seat(person=ANNA, role=NORTH))
    table.do(FACILITATOR, asked.HandToBot(role=NORTH, bot="random"))
    seat, anna, ben = table.state.seat(NORTH), table.state.person(ANNA), table.state.person(BEN)
    assert seat is not None
    assert (seat.people, seat.head, seat.bot) == ((), None, "random")
    assert [one and one.role for one in (anna, ben)] == [None, SOUTH]


def test_the_head_hands_the_lead_over_within_the_delegation() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    joined(table, "ben", NORTH)
    joined(table, "cleo", SOUTH)
    assert table.refuses(NORTH, asked.Lead(person=ANNA)).rule == "lead.other"
    assert table.refuses(NORTH, asked.Lead(person=PersonId("cleo"))).rule == "lead.other"
    assert [one.people for one in table.view(NORTH).legal if one.kind == "lead"] == [(BEN,)]
    table.by(NORTH, asked.Lead(person=BEN))
    seat = table.state.seat(NORTH)
    assert seat is not None
    assert seat.head == BEN


def test_the_server_passes_the_lead_on_for_an_absent_head() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    joined(table, "ben", NORTH)
    joined(table, "cleo")
    table.do(HOST, asked.Lead(person=BEN))
    assert table.refused(HOST, asked.Lead(person=BEN)).rule == "lead.other"
    assert table.refused(HOST, asked.Lead(person=PersonId("cleo"))).path == "person"


def test_only_the_head_acts_for_the_delegation_but_all_may_speak() -> None:
    table = started(a_rule_set())
    joined(table, "ben", NORTH)
    table.go_to("1.plenary")
    ben = Actor(kind="seat", role=NORTH, person=BEN)
    assert table.refused(ben, asked.Pass()).rule == "seat.head"
    assert table.do(ben, asked.Draft(options={}, fresh=True)) == ()


def test_the_start_gives_empty_seats_to_bots_or_drops_them() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    assert table.refused(FACILITATOR, asked.Start(empty="drop")).rule == "start.seats"
    joined(table, "ben", SOUTH)
    events = table.do(FACILITATOR, asked.Start(empty="drop"))
    assert [event.role for event in events if isinstance(event, SeatDropped)] == [BUREAU]
    assert isinstance(events[-2], PhaseOpened)
    assert table.refused(FACILITATOR, asked.Start()).rule == "table.start"


def test_bots_take_the_empty_seats() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    events = table.do(HOST, asked.Start(bot="random"))
    handed = [event.role for event in events if isinstance(event, SeatHandedToBot)]
    assert handed == [SOUTH, BUREAU]


def test_a_seat_dropped_at_the_start_stays_empty_and_out_of_every_body() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    joined(table, "ben", BUREAU)
    joined(table, "cleo")
    table.do(FACILITATOR, asked.Start(empty="drop"))
    refusal = table.refused(HOST, asked.Seat(person=PersonId("cleo"), role=SOUTH))
    assert refusal.rule == "seat.dropped"
    assert table.refused(HOST, asked.HandToBot(role=SOUTH, bot="random")).rule == "seat.dropped"
    assert [body.members for body in table.view(NORTH).bodies] == [(NORTH,), (), (NORTH,)]
    assert table.refused(Actor(kind="seat", role=SOUTH), asked.Pass()).code == "not_your_seat"
    assert legal(table.rules, table.state, Viewer("seat", SOUTH)) == ()


def test_a_latecomer_takes_a_bots_seat_in_mid_game() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    table.do(HOST, asked.Start())
    joined(table, "ben")
    (event,) = table.do(HOST, asked.Seat(person=BEN, role=SOUTH))
    assert isinstance(event, PersonSeated)
    assert table.seat(SOUTH).person == BEN


def test_nobody_acts_for_a_seat_that_is_not_theirs() -> None:
    table = started(a_rule_set())
    stranger = Actor(kind="seat", role=NORTH, person=PersonId("south one"))
    bot = Actor(kind="seat", role=NORTH)
    nobody = Actor(kind="seat", person=ANNA)
    for actor in (stranger, bot, nobody, Actor(kind="seat", role=EAST)):
        assert table.refused(actor, asked.Pass()).code == "not_your_seat"


def test_who_has_given_up_a_seat_does_nothing_from_it_any_more() -> None:
    table = started(a_rule_set())
    former = table.seat(SOUTH)
    assert former.person is not None
    for role in (None, NORTH):
        table.do(FACILITATOR, asked.Seat(person=former.person, role=role))
        assert table.refused(former, asked.Pass()).code == "not_your_seat"


def test_each_kind_of_actor_asks_only_for_what_is_its_own() -> None:
    table = started(a_rule_set())
    assert table.refused(table.seat(NORTH), asked.Pause()).code == "forbidden"
    assert table.refused(FACILITATOR, asked.Pass()).code == "forbidden"
    assert table.refused(HOST, asked.Pass()).code == "forbidden"
    assert table.refused(Actor(kind="clock"), asked.Pass()).code == "forbidden"


def test_once_it_is_over_nobody_joins_sits_or_is_replaced() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    table.do(HOST, asked.Start())
    table.do(FACILITATOR, asked.End())
    for action in (
        asked.Join(person=BEN, name="Ben"),
        asked.Seat(person=ANNA, role=SOUTH),
        asked.HandToBot(role=NORTH, bot="random"),
    ):
        assert table.refused(HOST, action).code == "game_over"
    assert table.refuses(NORTH, asked.Pass()).code == "game_over"
    assert table.refused(FACILITATOR, asked.End()).code == "game_over"


def test_whoever_watched_a_seat_that_is_dropped_sees_its_desk_cleared() -> None:
    table = opened(a_rule_set())
    joined(table, "anna", NORTH)
    joined(table, "ben", SOUTH)
    before, watcher = table.state, Viewer("seat", BUREAU)
    dropped = table.do(FACILITATOR, asked.Start(empty="drop"))[0]
    old, changes = view(table.rules, before, watcher), view_changes(table.rules, before, dropped, watcher)
    table.state = before
    table.keep([dropped])
    new = view(table.rules, table.state, watcher)
    assert (len(old.channels), len(new.channels), new.mandate) == (2, 1, None)
    assert canonical(apply_changes(built(old), changes)) == canonical(new)


def test_who_has_no_seat_has_nothing_that_could_become_legal() -> None:
    table = started(a_rule_set())
    assert renewed(Lens(table.rules, table.state, Viewer("observer")), {}, frozenset({"say"})) == {}
