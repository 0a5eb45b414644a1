"""From a document to a rule set."""

from pathlib import Path

import pytest
from msgspec.structs import asdict

from tests.support.documents import RIVER, changed, loaded
from threebirds_rules.conditions import AllOf, AnyOf, GaugeWithin, IssueIn, NoneOf
from threebirds_rules.loading import UnknownScenarioError, load_scenario, scenario_ids
from threebirds_rules.names import AspectId, GaugeId, IssueId, RoleId
from threebirds_rules.ruleset import Aspect, RuleSet

NORTH, SOUTH, BUREAU = RoleId("NOR"), RoleId("SOU"), RoleId("NO")
DAM, TOLL = IssueId("dam"), IssueId("toll")


@pytest.fixture(scope="module", name="river")
def _river() -> RuleSet:
    return loaded(RIVER)


def test_what_every_screen_shows_is_taken_as_it_stands(river: RuleSet) -> None:
    assert (river.id, river.title, river.date_stamp, river.minutes) == ("river", "The river treaty", "1900", 10)
    assert river.sources == ("Made up for tests.",)


def test_norway_is_a_role_and_not_a_refusal(river: RuleSet) -> None:
    assert [role.id for role in river.roles] == ["NOR", "SOU", "NO"]


def test_a_role_votes_and_has_neither_chair_nor_choice_unless_it_says_so(river: RuleSet) -> None:
    assert [(role.vote, role.chair, role.optional) for role in river.roles] == [
        (True, False, False),
        (True, False, False),
        (False, True, False),
    ]


def test_impacts_times_weights_are_points_by_aspect(river: RuleSet) -> None:
    assert river.issues[0].options[1].points == {NORTH: (6, 0), SOUTH: (-2, -2)}


def test_a_group_stands_for_its_roles_everywhere(river: RuleSet) -> None:
    assert river.issues[1].options[1].points == {NORTH: (0, 1), SOUTH: (0, 2)}
    assert river.rules[0].points == {NORTH: -2, SOUTH: -2, BUREAU: 1}
    assert river.curves[0].roles == (NORTH, SOUTH)
    assert river.bodies[0].members == (NORTH, SOUTH)
    assert river.cards[0].shifts == {NORTH: -1, SOUTH: -1}


def test_several_keys_of_a_condition_mean_all_of_them_in_the_order_of_their_names(river: RuleSet) -> None:
    any_of = AnyOf((IssueIn(TOLL, (0, 1)), GaugeWithin(GaugeId("twice"), 4, 9)))
    assert river.rules[0].when == AllOf((any_of, IssueIn(DAM, (1,))))
    none_of = NoneOf((GaugeWithin(GaugeId("depth"), 1, 1),))
    assert river.rules[1].when == AllOf((AllOf((IssueIn(TOLL, (1,)),)), none_of))


def test_bodies_without_a_condition_always_decide(river: RuleSet) -> None:
    assert [body.when for body in river.bodies] == [None, IssueIn(DAM, (1,))]


def test_phases_of_a_planned_mechanic_are_kept_with_its_name(river: RuleSet) -> None:
    assert [phase.mechanic for phase in river.schedule.phases] == [None, None, "pledges"]


def test_bounds_of_objective_cards_are_a_range(river: RuleSet) -> None:
    assert [one.objective_cards for one in river.endings] == [None, None, (1, 100), (0, 0)]


def test_roles_that_the_order_of_seating_leaves_out_come_last(river: RuleSet) -> None:
    assert river.fill_order == (BUREAU, NORTH, SOUTH)


def test_the_rule_set_does_not_depend_on_the_order_of_keys() -> None:
    other = loaded(
        changed(
            ("{NOR: {w: 2}, SOU: {w: -1, h: -1}}", "{SOU: {h: -1, w: -1}, NOR: {w: 2}}"),
            ("{banks: -2, NO: 1}", "{NO: 1, banks: -2}"),
            (
                "{none: [{depth: {equals: 1}}], all: [{toll: [1]}]}",
                "{all: [{toll: [1]}], none: [{depth: {equals: 1}}]}",
            ),
            ("schema: 1\nid: river", "id: river  # the id\nschema: 1"),
        )
    )
    assert repr(other) == repr(loaded(RIVER))


def test_the_digest_names_the_content_and_not_its_layout(river: RuleSet) -> None:
    assert river.digest == "774c7713937c51e8f25575e1e1fedac997cc36ee59ae6a4ed46a44f22cc69357"
    assert loaded(RIVER + "# a comment\n").digest == river.digest
    assert loaded(changed(("comfort: 2", "comfort: 4"))).digest != river.digest


def test_without_aspects_all_points_are_of_one_kind() -> None:
    winter = load_scenario("winter")
    assert winter.aspects == (Aspect(AspectId("points"), "Points"),)
    assert {rule.aspect for rule in winter.rules} == {"points"}
    assert winter.roles[0].weights == {"points": 1}
    assert winter.issues[0].options[1].points == {"SUP": (-3,), "BUY": (3,)}


def test_only_the_keys_that_must_be_there_must_be_there() -> None:
    text = (Path(__file__).parent / "data" / "least.yaml").read_text(encoding="utf-8")
    least = loaded(text)
    empty = {name for name, value in asdict(least).items() if value in ((), "")}
    assert empty == {
        "gauges", "tracks", "rules", "curves", "switches", "cards", "deal_limits", "paths", "reservations", "sources",
        "variants", "variant",
    }  # fmt: skip


def test_the_projects_own_scenarios_are_there() -> None:
    assert scenario_ids() == ("european-security-treaty", "shield", "winter")
    assert [load_scenario(name).id for name in scenario_ids()] == list(scenario_ids())


def test_a_scenario_is_loaded_once() -> None:
    assert load_scenario("winter") is load_scenario("winter")


def test_an_unknown_scenario_is_told_the_nearest_one() -> None:
    with pytest.raises(UnknownScenarioError, match=r"there is no scenario wintr; did you mean winter\?") as caught:
        load_scenario("wintr")
    assert caught.value.nearest == "winter"


def test_an_unknown_scenario_like_none_is_told_all() -> None:
    with pytest.raises(UnknownScenarioError, match="there are european-security-treaty, shield, winter"):
        load_scenario("../secrets")
