"""The flagship scenario, against the numbers its designers published and against a second scorer."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.plain_score import document_named, plain_gauges, plain_rules, plain_score
from tests.support.positions import after_cards, with_track
from threebirds_rules.analysis import zone_sizes
from threebirds_rules.conditions import holds
from threebirds_rules.endings import ending, path_of
from threebirds_rules.loading import load_scenario
from threebirds_rules.names import Package, RoleId, RuleId
from threebirds_rules.scoring import Scorer, explain, gauges_of, mandate, needed, opening, score

DATA = Path(__file__).parent / "data"
NAMED: dict[str, dict[str, Any]] = json.loads((DATA / "flagship-packages.json").read_text(encoding="utf-8"))
POINTS = json.loads((DATA / "flagship-points.json").read_text(encoding="utf-8"))
ZONES = json.loads((DATA / "flagship-zones.json").read_text(encoding="utf-8"))
RULES = load_scenario("european-security-treaty")
DOCUMENT = document_named("european-security-treaty")
ROLES = [role.id for role in RULES.roles]
OPENING = {role: mandate(RULES, role, opening(RULES)) for role in ROLES}

named_packages = pytest.mark.parametrize("name", NAMED)
any_package = st.tuples(*(st.integers(0, len(issue.options) - 1) for issue in RULES.issues))


def package(name: str) -> Package:
    return tuple(NAMED[name]["package"])


def rules_that_hold(name: str) -> list[RuleId]:
    chosen = dict(zip((issue.id for issue in RULES.issues), package(name), strict=True))
    reached = gauges_of(RULES, package(name))
    awake = [rule for rule in RULES.rules if not rule.sleeps and rule.switch in {None, "view_settlements_first"}]
    return [rule.id for rule in awake if holds(rule.when, chosen, reached)]


@named_packages
@pytest.mark.parametrize("role", ROLES)
def test_a_named_package_has_its_published_score(name: str, role: RoleId) -> None:
    expected = NAMED[name]["scores"][role]
    assert score(OPENING[role], package(name)) == expected
    assert Scorer(OPENING[role]).score(package(name)) == expected
    assert explain(OPENING[role], package(name)).total == expected


@named_packages
def test_a_named_package_has_its_published_gauges_and_rules(name: str) -> None:
    assert gauges_of(RULES, package(name)) == NAMED[name]["gauges"]
    assert rules_that_hold(name) == NAMED[name]["rules"]


def test_every_option_has_its_published_points_for_every_role() -> None:
    assert POINTS["roles"] == ROLES
    found = {
        issue.id: [[sum(option.points.get(role, ())) for role in ROLES] for option in issue.options]
        for issue in RULES.issues
    }
    assert found == POINTS["issues"]


@given(any_package, st.sampled_from(ROLES))
def test_a_second_scorer_finds_the_same(some: Package, role: RoleId) -> None:
    expected = plain_score(DOCUMENT, role, some)
    explanation = explain(OPENING[role], some)
    assert score(OPENING[role], some) == Scorer(OPENING[role]).score(some) == explanation.total == expected
    assert sum(line.points for line in explanation.lines) == sum(explanation.by_aspect.values()) == expected
    assert gauges_of(RULES, some) == plain_gauges(DOCUMENT, some)


@given(any_package, st.sampled_from(ROLES), st.sampled_from([card for card in RULES.cards if card.wakes]))
def test_a_second_scorer_finds_the_same_after_a_card(some: Package, role: RoleId, card: Any) -> None:
    own = mandate(RULES, role, after_cards(RULES, [card.id]))
    assert score(own, some) == plain_score(DOCUMENT, role, some, card.wakes)


@named_packages
def test_a_second_reader_finds_the_same_rules(name: str) -> None:
    assert plain_rules(DOCUMENT, package(name)) == NAMED[name]["rules"]


def test_the_table_has_seven_seats_and_two_more() -> None:
    assert ROLES == ["RUS", "USA", "DEU", "FRA", "POL", "LTU", "NSG", "GBR", "ITA"]
    assert [role.id for role in RULES.roles if role.optional] == ["GBR", "ITA"]
    assert [role.id for role in RULES.roles if not role.vote] == ["NSG"]
    assert [role.id for role in RULES.roles if role.chair] == ["NSG"]


def test_walk_aways_at_the_opening() -> None:
    found = [OPENING[role].walk_away for role in ROLES]
    assert found == [8, 24, 39, 32, 20, 22, 18, 29, 31]


def test_trust_and_the_dossier_move_walk_aways() -> None:
    trusting = {role: mandate(RULES, role, with_track(RULES, "trust", 2)).walk_away for role in ROLES}
    burdened = {role: mandate(RULES, role, with_track(RULES, "dossier", 1)).walk_away for role in ROLES}
    assert [trusting[role] - OPENING[role].walk_away for role in ROLES] == [-2, -4, -4, -4, -4, -4, -2, -4, -4]
    assert [burdened[role] - OPENING[role].walk_away for role in ROLES] == [1, 1, 1, 1, 2, 2, 1, 1, 1]


def test_after_the_gas_has_stopped_germany_can_sign_for_less() -> None:
    own = mandate(RULES, RoleId("DEU"), after_cards(RULES, ["E1"]))
    assert own.walk_away == 39 - 6 + 2  # its shift, and a step of trust lost
    assert "E01_gas" in [rule.id for rule in own.rules]


def test_margins_are_added_where_their_bodies_decide() -> None:
    treaty_with_civil_chapters = package("donor_bargain")
    assert needed(OPENING[RoleId("USA")], treaty_with_civil_chapters) == 24 + 6
    assert needed(OPENING[RoleId("DEU")], treaty_with_civil_chapters) == 39 + 2
    assert needed(OPENING[RoleId("RUS")], treaty_with_civil_chapters) == 8
    assert needed(mandate(RULES, RoleId("USA"), after_cards(RULES, ["E8"])), treaty_with_civil_chapters) == 27 + 9


def test_the_zone_holds_as_many_packages_as_published() -> None:
    tracks = [("trust", value) for value in range(-3, 4)] + [("dossier", value) for value in range(-3, 4)]
    cards = [card.id for card in RULES.cards]
    positions = [after_cards(RULES, [card]) for card in cards] + [with_track(RULES, *track) for track in tracks]
    sizes = zone_sizes(RULES, [opening(RULES), *positions])
    assert sizes[0] == ZONES["opening"] == 4363
    assert dict(zip(cards, sizes[1:], strict=False)) == ZONES["cards"]
    assert sizes[len(cards) + 1 :] == [ZONES[track][str(value)] for track, value in tracks]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("ordinary_participant", "ordinary_participant"),
        ("donor_bargain", "donor"),
        ("fourth_path_2010", "mixture"),
        ("only_no", None),
    ],
)
def test_packages_take_the_paths_they_are_named_for(name: str, path: str | None) -> None:
    taken = path_of(RULES, package(name))
    assert (taken.id if taken else None) == path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("membership_most_acceptable_to_east", ("unexpected_door", False)),
        ("fourth_path_2010", ("three_roads", False)),
        ("treaty_as_tabled_2009", ("debating_club", False)),
        ("polite_distance", ("polite_distance", False)),
        ("ordinary_participant", ("ordinary_chair", False)),
        ("donor_bargain", ("paying_partner", False)),
    ],
)
def test_adopted_texts_have_their_epilogues(name: str, expected: tuple[str, bool]) -> None:
    told = ending(RULES, adopted=package(name), last_rejected=None, objective_cards=0)
    assert (told.ending, told.reservations) == expected


def test_a_mixture_that_is_voted_down_has_an_epilogue_of_its_own() -> None:
    told = ending(RULES, adopted=None, last_rejected=package("fourth_path_2010"), objective_cards=3)
    assert told.ending == "three_roads"


@pytest.mark.parametrize(("cards", "expected"), [(0, "comfort"), (1, "comfort"), (2, "the_bill"), (6, "the_bill")])
def test_without_a_text_events_decide_how_it_is_told(cards: int, expected: str) -> None:
    assert ending(RULES, adopted=None, last_rejected=None, objective_cards=cards).ending == expected


def test_a_game_takes_from_one_and_a_half_to_two_hours() -> None:
    played = [phase for phase in RULES.schedule.phases if phase.mechanic is None]
    minutes = RULES.schedule.rounds * sum(phase.seconds for phase in played) / 60
    assert 90 <= minutes <= RULES.minutes <= 120


def test_every_paragraph_cited_is_one_of_the_essays() -> None:
    cited = [*RULES.issues, *RULES.rules, *RULES.curves, *RULES.cards]
    numbers = {
        int(number) for one in cited for word in one.paragraphs.split() for number in word.removeprefix("P").split("-")
    }
    assert numbers <= set(range(1, 69))
    assert all(one.paragraphs for one in cited)


def test_the_west_is_not_a_word_of_the_screen() -> None:
    text = (files("threebirds_rules") / "scenarios" / "european-security-treaty.yaml").read_text(encoding="utf-8")
    assert " West" not in text
