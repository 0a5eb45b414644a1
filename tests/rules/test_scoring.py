"""Scores: mandates, gauges, curves, rules, offsets, and the lines that explain them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.rulesets import BUREAU, DAM, EAST, NORTH, SOUTH, TOLL, WATCH, a_body, a_rule, a_rule_set
from threebirds_rules.conditions import AllOf, AnyOf, GaugeWithin, IssueIn, NoneOf
from threebirds_rules.mandate import Mandate, Offset, Position
from threebirds_rules.names import AspectId, BodyId, GaugeId, IssueId, Package, RoleId, RuleId, SwitchId, TrackId
from threebirds_rules.ruleset import Gauge
from threebirds_rules.scoring import (
    Line,
    PackageError,
    Scorer,
    curve_points,
    explain,
    gauges,
    gauges_of,
    is_package,
    mandate,
    needed,
    opening,
    package_of,
    score,
    surplus,
)

RIVER = a_rule_set()
PACKAGES: list[Package] = list(product(range(3), range(2), range(3)))
TRUST = TrackId("trust")


def mandate_of(role: RoleId, **position: object) -> Mandate:
    """In the river treaty, from the opening but for the changes."""
    return mandate(RIVER, role, replace(opening(RIVER), **position))


def test_the_opening_seats_all_but_the_optional_roles() -> None:
    assert opening(RIVER) == Position(
        seated=(NORTH, SOUTH, BUREAU), switches=(), woken=(), tracks={TRUST: 0}, shifts={}, offsets=()
    )


def test_the_opening_takes_other_seats_and_switches() -> None:
    position = opening(RIVER, seated=[EAST], switches=[SwitchId("proud_north")])
    assert (position.seated, position.switches) == ((EAST,), ("proud_north",))


def test_a_package_is_worth_its_options_rules_and_curves() -> None:
    assert score(mandate_of(NORTH), (2, 1, 2)) == 9 - 3 - 1 + 0 - 4
    assert score(mandate_of(SOUTH), (2, 1, 2)) == -6 + 7 + 3 - 4
    assert score(mandate_of(BUREAU), (2, 1, 2)) == 0 + 2 + 4 + 1


def test_a_rule_behind_a_switch_counts_only_when_it_is_on() -> None:
    proud = mandate_of(NORTH, switches=(SwitchId("proud_north"),))
    assert score(proud, (0, 1, 0)) == score(mandate_of(NORTH), (0, 1, 0)) - 5


def test_a_sleeping_rule_counts_once_it_is_woken_and_is_in_no_mandate_before() -> None:
    awake = mandate_of(NORTH, woken=(RuleId("flood"),))
    assert score(awake, (0, 0, 2)) == score(mandate_of(NORTH), (0, 0, 2)) + 3
    assert mandate_of(NORTH).rules == ()


def test_a_mandate_holds_only_what_concerns_its_role() -> None:
    assert [rule.id for rule in mandate_of(SOUTH).rules] == ["deep"]
    assert [curve.id for curve in mandate_of(SOUTH).curves] == []
    assert [body.id for body in mandate_of(SOUTH).bodies] == ["south_assembly", "league"]
    assert mandate_of(BUREAU).values[0] == ((0,), (0,), (0,))


def test_there_is_no_mandate_for_a_stranger() -> None:
    with pytest.raises(KeyError):
        mandate_of(RoleId("WES"))


def test_the_walk_away_follows_comfort_cards_and_tracks() -> None:
    assert mandate_of(SOUTH).walk_away == 3
    assert mandate_of(SOUTH, shifts={SOUTH: -2, NORTH: 9}).walk_away == 1
    assert mandate_of(SOUTH, tracks={TRUST: 2}).walk_away == 3 - 2 * 2
    assert mandate_of(SOUTH, tracks={TRUST: -1}, shifts={SOUTH: 1}).walk_away == 3 + 1 + 2
    assert mandate_of(SOUTH, tracks={}).walk_away == 3


def test_the_surplus_is_counted_from_the_walk_away() -> None:
    assert surplus(mandate_of(SOUTH), (0, 1, 2)) == 10 - 3


def test_what_is_needed_is_the_highest_margin_of_the_bodies_that_decide() -> None:
    assert needed(mandate_of(SOUTH), (1, 0, 0)) == 3
    assert needed(mandate_of(SOUTH), (2, 0, 0)) == 3 + 2


def test_who_sits_in_no_body_needs_its_walk_away() -> None:
    assert needed(mandate_of(BUREAU), (2, 1, 2)) == 1


def test_a_lowered_margin_can_fall_below_the_walk_away() -> None:
    rules = a_rule_set(bodies=(a_body("north_council", NORTH, margin=-1),))
    assert needed(mandate(rules, NORTH, opening(rules)), (0, 0, 0)) == 1


@pytest.mark.parametrize(
    ("offset", "role", "package", "change"),
    [
        (Offset(points=2, rule=RuleId("deep")), SOUTH, (2, 0, 0), 2),
        (Offset(points=2, rule=RuleId("deep")), SOUTH, (0, 0, 0), 0),
        (Offset(points=2, rule=RuleId("deep")), NORTH, (2, 0, 0), 0),
        (Offset(points=2, rule=RuleId("deep"), role=NORTH), NORTH, (2, 0, 0), 2),
        (Offset(points=2, rule=RuleId("flood"), role=NORTH), NORTH, (0, 0, 2), 0),
        (Offset(points=1, option=(TOLL, 1)), SOUTH, (0, 1, 0), 1),
        (Offset(points=1, option=(TOLL, 1)), SOUTH, (0, 0, 0), 0),
        (Offset(points=1, option=(TOLL, 1)), EAST, (0, 1, 0), 0),
        (Offset(points=1, option=(TOLL, 1), role=EAST), EAST, (0, 1, 0), 1),
        (Offset(points=1, option=(TOLL, 1), role=EAST), SOUTH, (0, 1, 0), 0),
        (Offset(points=5), BUREAU, (0, 0, 0), 5),
        (Offset(points=5, role=NORTH), BUREAU, (0, 0, 0), 0),
        (Offset(points=5, body=BodyId("league")), NORTH, (0, 0, 0), 0),
    ],
)
def test_an_offset_moves_what_it_names(offset: Offset, role: RoleId, package: Package, change: int) -> None:
    assert score(mandate_of(role, offsets=(offset,)), package) == score(mandate_of(role), package) + change


def test_offsets_add_up() -> None:
    twice = (Offset(points=2, rule=RuleId("deep")), Offset(points=-1, rule=RuleId("deep"), role=SOUTH))
    assert mandate_of(SOUTH, offsets=twice).rules[0].points == -4 + 1


def test_an_offset_on_a_body_moves_its_margin_for_its_members() -> None:
    raised = mandate_of(SOUTH, offsets=(Offset(points=3, body=BodyId("south_assembly")),))
    assert needed(raised, (2, 0, 0)) == 3 + 5
    assert needed(raised, (1, 0, 0)) == 3


@pytest.mark.parametrize(
    ("x", "points"), [(-9, 0), (0, 0), (1, 2), (2, 3), (3, 5), (4, 6), (5, 3), (6, 0), (7, -4), (8, -7), (99, -7)]
)
def test_curves_are_straight_between_their_points_rounded_half_up_and_flat_outside(x: int, points: int) -> None:
    assert curve_points(((0, 0), (4, 6), (8, -7)), x) == points


def test_halves_round_up_on_either_side_of_zero() -> None:
    assert [curve_points(((0, -3), (6, 0)), x) for x in range(7)] == [-3, -2, -2, -1, -1, 0, 0]


def test_a_curve_of_one_point_is_flat() -> None:
    assert {curve_points(((2, 5),), x) for x in (-1, 2, 3)} == {5}


def test_gauges_are_the_same_for_a_mandate_and_for_the_rule_set() -> None:
    expected = {"depth": 4, "outside": 0, "inside": 3, "lean": 3}
    assert gauges(mandate_of(EAST), (2, 1, 2)) == gauges_of(RIVER, (2, 1, 2)) == expected


def test_a_gauge_may_be_derived_from_derived_gauges_in_any_order() -> None:
    twice = Gauge(id=GaugeId("twice"), name="Twice", start=0, formula=((GaugeId("lean"), 2), (GaugeId("depth"), -1)))
    rules = a_rule_set(gauges=(twice, *RIVER.gauges))
    assert gauges_of(rules, (2, 1, 2)) == {"twice": 2, "depth": 4, "outside": 0, "inside": 3, "lean": 3}


def test_an_explanation_names_what_counts_and_nothing_else() -> None:
    points = AspectId("points")
    lines = explain(mandate_of(SOUTH), (2, 1, 0)).lines
    assert lines == (
        Line(points=-6, kind="issue", ref="dam", aspects={points: -6}, text="dam 2", paragraphs=""),
        Line(points=7, kind="issue", ref="toll", aspects={points: 7}, text="toll 1", paragraphs=""),
        Line(points=-4, kind="rule", ref="deep", aspects={points: -4}, text="Because of deep.", paragraphs=""),
    )


def test_curves_and_offsets_have_lines_of_their_own() -> None:
    explanation = explain(mandate_of(NORTH, offsets=(Offset(points=2),)), (2, 1, 0))
    assert [(line.kind, line.ref, line.points) for line in explanation.lines] == [
        ("issue", "dam", 9),
        ("issue", "toll", -3),
        ("curve", "silt", -4),
        ("offset", "", 2),
    ]
    assert (explanation.total, explanation.by_aspect) == (4, {"points": 2})


def test_a_rule_worth_nothing_has_no_line() -> None:
    softened = mandate_of(SOUTH, offsets=(Offset(points=4, rule=RuleId("deep")),))
    assert [line.ref for line in explain(softened, (2, 0, 0)).lines] == ["dam"]


def test_a_package_is_what_was_chosen_and_the_status_quo_elsewhere() -> None:
    assert package_of(RIVER, {TOLL: 1}) == (0, 1, 0)
    assert package_of(mandate_of(NORTH), {WATCH: 2, DAM: 1}) == (1, 0, 2)


@pytest.mark.parametrize(
    ("issue", "option", "message"),
    [
        ("dam", 3, "dam: expected an option from 0 to 2, not 3"),
        ("dam", -1, "dam: expected an option from 0 to 2, not -1"),
        ("Tolls", 1, "Tolls: expected an issue such as toll"),
        ("xyz", 1, "xyz: expected one of dam, toll, watch"),
    ],
)
def test_what_is_on_no_table_is_refused_with_what_could_stand_there(issue: str, option: int, message: str) -> None:
    with pytest.raises(PackageError) as caught:
        package_of(RIVER, {IssueId(issue): option})
    assert (str(caught.value), caught.value.issue) == (message, issue)


def test_a_package_names_one_option_for_every_issue() -> None:
    assert [
        one for one in ((0, 0, 0), (2, 1, 2), (0, 0), (0, 2, 0), (0, -1, 0), (0, 0, 0, 0)) if is_package(RIVER, one)
    ] == [
        (0, 0, 0),
        (2, 1, 2),
    ]
    assert is_package(mandate_of(NORTH), (2, 1, 2))


def test_a_score_of_half_a_package_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        score(mandate_of(NORTH), (0, 0))


CONDITIONS = st.recursive(
    st.one_of(
        st.builds(IssueIn, st.sampled_from([DAM, WATCH]), st.sampled_from([(0,), (1, 2), (2,)])),
        st.builds(
            GaugeWithin,
            st.sampled_from([GaugeId("depth"), GaugeId("lean"), GaugeId("inside")]),
            st.sampled_from([None, 0, 2]),
            st.sampled_from([None, 2, 3]),
        ),
    ),
    lambda parts: st.one_of(*(st.builds(kind, st.tuples(parts, parts)) for kind in (AllOf, AnyOf, NoneOf))),
    max_leaves=6,
)


@given(st.lists(CONDITIONS, max_size=3), st.sampled_from([NORTH, SOUTH, BUREAU]), st.integers(-3, 3))
def test_sums_lines_and_scorer_agree_on_every_package(
    conditions: list[AllOf | AnyOf | NoneOf | IssueIn | GaugeWithin], role: RoleId, offset: int
) -> None:
    every = [
        a_rule(f"r{at}", when=condition, points={NORTH: 2 + at, SOUTH: -3}) for at, condition in enumerate(conditions)
    ]
    bodies = [a_body(f"b{at}", NORTH, SOUTH, when=condition, margin=at) for at, condition in enumerate(conditions)]
    rules = a_rule_set(rules=(*RIVER.rules, *every), bodies=(*RIVER.bodies, *bodies))
    position = replace(opening(rules), offsets=(Offset(points=offset), Offset(points=1, option=(DAM, 1))))
    own = mandate(rules, role, position)
    scorer = Scorer(own)
    for package in PACKAGES:
        explanation = explain(own, package)
        assert score(own, package) == scorer.score(package) == explanation.total
        assert sum(line.points for line in explanation.lines) == explanation.total
        assert sum(explanation.by_aspect.values()) == explanation.total - offset
        assert (needed(own, package), surplus(own, package)) == (scorer.needed(package), scorer.surplus(package))
