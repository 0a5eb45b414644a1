"""Was it the arrangements, or somebody's intent? Judgements lie face down, are counted together, and turn a card."""

import pytest
from msgspec.structs import replace

from tests.support.rulesets import (
    ATTRIBUTION,
    BUREAU,
    NORTH,
    RETURNING_COMFORT,
    SOUTH,
    TALK,
    a_card,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import PlayedTable, started
from threebirds_rules.engine import seat_event, view
from threebirds_rules.mechanics.attribution.shapes import Attribute, AttributionCounted, QuestionView
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import CardId, RoleId, RuleId, TrackId
from threebirds_rules.viewers import Viewer

STORM = CardId("storm")
CARDS = (a_card("storm", kind="objective", shifts={NORTH: -6, SOUTH: 5}, wakes=(RuleId("flood"),)),)
RULES = a_rule_set(
    mechanics=Mechanics(attribution=ATTRIBUTION, returning_comfort=RETURNING_COMFORT),
    cards=CARDS,
    schedule=a_schedule(rounds=5, phases=(a_phase("card", *TALK, "attribute", draws=1), a_phase("corridors", *TALK))),
)
FAILURE = Attribute(card=STORM, verdict="failure")
OF_SOUTH = Attribute(card=STORM, verdict="intent", side="south")
OF_NORTH = Attribute(card=STORM, verdict="intent", side="north")


def judged(*answers: tuple[RoleId, Attribute]) -> PlayedTable:
    """After the first card phase, in which these were said."""
    table = started(RULES)
    for role, answer in answers:
        table.by(role, answer)
    table.time_up()
    return table


def shifts(table: PlayedTable) -> tuple[int, int]:
    return table.state.shifts[NORTH], table.state.shifts[SOUTH]


def seen(table: PlayedTable, viewer: Viewer) -> QuestionView:
    part = view(table.rules, table.state, viewer).mechanics.attribution
    assert part is not None
    return part.questions[0]


def test_nobody_else_sees_a_judgement_before_all_are_counted() -> None:
    table = started(RULES)
    before = {who: view(RULES, table.state, Viewer("seat", who)) for who in (SOUTH, BUREAU)}
    (said,) = table.by(NORTH, OF_SOUTH)
    assert {who: view(RULES, table.state, Viewer("seat", who)) for who in before} == before
    assert [seat_event(RULES, table.state, said, who) for who in (Viewer("seat", SOUTH), Viewer("public"))] == [
        None,
        None,
    ]
    assert [one.side for one in seen(table, Viewer("seat", NORTH)).answers] == ["south"]
    assert [one.role for one in seen(table, Viewer("facilitator")).answers] == [NORTH]


def test_if_most_lay_it_on_one_sides_intent_the_card_works_the_other_way() -> None:
    table = judged((NORTH, OF_SOUTH), (BUREAU, OF_SOUTH), (SOUTH, FAILURE))
    assert shifts(table) == (6, -5)
    assert table.state.tracks[TrackId("trust")] == -1
    assert table.state.woken == (RuleId("flood"),)
    assert [one.own_shift for one in table.view(NORTH).cards] == [6]
    assert table.view(NORTH).mechanics.developments[-1].own_shift == 12


def test_half_of_those_who_answered_are_not_most_of_them() -> None:
    table = judged((NORTH, OF_SOUTH), (SOUTH, FAILURE))
    assert (shifts(table), table.state.tracks[TrackId("trust")]) == ((-6, 5), 0)


def test_intent_of_different_sides_is_not_the_intent_of_one() -> None:
    table = judged((NORTH, OF_SOUTH), (SOUTH, OF_NORTH), (BUREAU, FAILURE))
    assert shifts(table) == (-6, 5)


def test_if_nobody_says_anything_it_was_nobodys_intent() -> None:
    table = judged()
    assert shifts(table) == (-6, 5)
    assert seen(table, Viewer("public")) == QuestionView(card=STORM, open=False, answers=(), side=None)


def test_the_count_is_public_and_names_everybody_in_the_order_of_the_roles() -> None:
    table = started(RULES)
    table.by(BUREAU, OF_SOUTH)
    table.by(NORTH, OF_SOUTH)
    counted = next(event for event in table.time_up() if isinstance(event, AttributionCounted))
    assert ([one.role for one in counted.answers], counted.side) == ([NORTH, BUREAU], "south")
    told = seat_event(RULES, table.state, counted, Viewer("public"))
    assert told is not None
    assert told["side"] == "south"
    assert [one.role for one in seen(table, Viewer("seat", SOUTH)).answers] == [NORTH, BUREAU]


def test_the_last_word_of_a_delegation_counts() -> None:
    table = started(RULES)
    table.by(NORTH, OF_SOUTH)
    table.by(BUREAU, FAILURE)
    table.by(NORTH, FAILURE)
    table.time_up()
    assert shifts(table) == (-6, 5)


def test_what_turned_round_fades_like_any_shift() -> None:
    table = judged((NORTH, OF_SOUTH))
    told: list[tuple[int, int]] = []
    for round_number in range(2, 6):
        table.go_to(f"{round_number}.card")
        told.append(shifts(table))
    assert told == [(6, -5), (3, -2), (1, -1), (0, 0)]


def test_what_has_faded_before_the_judgement_is_not_turned() -> None:
    """A card that holds for one round comes after the judgement of its round: half of it is left in the next."""
    phases = (a_phase("judgement", *TALK, "attribute"), a_phase("card", *TALK, draws=1))
    fading = Mechanics(attribution=ATTRIBUTION, returning_comfort=replace(RETURNING_COMFORT, rounds=1))
    table = started(replace(RULES, mechanics=fading, schedule=a_schedule(rounds=3, phases=phases)))
    table.go_to("2.judgement")
    assert shifts(table) == (-3, 2)
    table.by(NORTH, OF_SOUTH)
    table.time_up()
    assert shifts(table) == (3, -2)
    table.go_to("3.judgement")
    assert shifts(table) == (1, -1)


def test_without_returning_comfort_the_whole_shift_turns() -> None:
    table = started(replace(RULES, mechanics=Mechanics(attribution=ATTRIBUTION)))
    table.by(NORTH, OF_SOUTH)
    table.time_up()
    assert shifts(table) == (6, -5)


def test_other_cards_stay_as_they_are() -> None:
    table = started(replace(RULES, cards=(*CARDS, a_card("fair", shifts={NORTH: 1}))))
    table.go_to("3.card")
    assert {one.card: one.shifts.get(NORTH) for one in table.state.cards} == {"storm": -6, "fair": 1}
    table = started(
        replace(
            RULES,
            cards=(*CARDS, a_card("fair", shifts={NORTH: 1})),
            schedule=a_schedule(phases=(a_phase("card", *TALK, "attribute", draws=2),)),
        )
    )
    table.by(NORTH, OF_SOUTH)
    table.time_up()
    assert {one.card: one.shifts.get(NORTH) for one in table.state.cards if one.round == 1} == {"storm": 6, "fair": 1}


@pytest.mark.parametrize(
    ("answer", "rule", "path"),
    [
        (Attribute(card=CardId("fair"), verdict="failure"), "attribution.open", "card"),
        (Attribute(card=STORM, verdict="intent"), None, "side"),
        (Attribute(card=STORM, verdict="intent", side="nobody"), None, "side"),
        (Attribute(card=STORM, verdict="failure", side="north"), None, "side"),
    ],
)
def test_what_says_nothing_is_refused(answer: Attribute, rule: str | None, path: str) -> None:
    refused = started(RULES).refuses(SOUTH, answer)
    assert (refused.rule, refused.path) == (rule, path)


def test_what_is_open_stands_among_what_every_seat_may_do() -> None:
    table = started(RULES)
    (may,) = [one for one in table.view(BUREAU).legal if one.kind == "attribute"]
    assert (may.choices, may.sides) == ((STORM,), ("north", "south"))
    table.time_up()
    assert "attribute" not in {one.kind for one in table.view(BUREAU).legal}
    table.go_to("2.card")
    assert "attribute" not in {one.kind for one in table.view(BUREAU).legal}


def test_where_it_is_not_played_nobody_is_asked() -> None:
    table = started(replace(RULES, mechanics=Mechanics()))
    assert table.refuses(NORTH, OF_SOUTH).rule == "attribution.open"
    assert table.view(NORTH).mechanics.attribution is None
