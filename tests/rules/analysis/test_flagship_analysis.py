"""The flagship's twelve million packages: figures its designers published, and what follows from them."""

from collections.abc import Mapping

from threebirds_rules.analysis import (
    Analysis,
    Point,
    Solution,
    analyse,
    analyse_model,
    efficiency,
    first_look,
    influence,
    model_of,
)
from threebirds_rules.loading import load_scenario
from threebirds_rules.names import IssueId, Package, RoleId
from threebirds_rules.scoring import mandate, needed, opening, package_of, score, surplus

RULES = load_scenario("european-security-treaty")
OPENING = opening(RULES)
MANDATES = {role: mandate(RULES, role, OPENING) for role in OPENING.seated}
VOTERS = [role.id for role in RULES.roles if role.vote and not role.optional]


def only(solution: Solution | None) -> Point:
    assert solution is not None
    assert solution.ties == len(solution.points) == 1
    return solution.points[0]


def gains(package: Package) -> Mapping[RoleId, int]:
    return {role: surplus(MANDATES[role], package) for role in VOTERS}


def in_zopa(package: Package) -> bool:
    return all(score(MANDATES[role], package) >= needed(MANDATES[role], package) for role in VOTERS)


def test_the_zopa_and_both_frontiers_are_as_large_as_published(flagship: Analysis) -> None:
    assert (flagship.packages, flagship.examined, flagship.zopa) == (11_943_936, 11_943_936, 4_363)
    assert flagship.frontier_zopa is not None
    assert flagship.frontier_all is not None
    assert (flagship.frontier_zopa.packages, flagship.frontier_zopa.vectors) == (428, 428)
    assert (flagship.frontier_all.packages, flagship.frontier_all.vectors) == (1_972, 1_972)


def test_with_the_secretariat_more_packages_are_efficient() -> None:
    found = analyse_model(model_of(RULES, OPENING, everybody=True))
    assert found.frontier_zopa is not None
    assert found.frontier_all is not None
    assert (found.frontier_zopa.packages, found.frontier_all.packages) == (488, 2_223)


def test_the_frontier_is_in_the_zopa_and_nothing_on_it_beats_another(flagship: Analysis) -> None:
    assert flagship.frontier_zopa is not None
    points = flagship.frontier_zopa.points
    assert [point.package for point in points if not in_zopa(point.package)] == []
    assert [point for point in points if point.surpluses != gains(point.package)] == []
    vectors = [tuple(point.surpluses.values()) for point in points]
    for one in vectors:
        assert sum(all(b >= a for a, b in zip(one, other, strict=True)) for other in vectors) == 1


def test_solution_points_lie_on_the_frontier(flagship: Analysis) -> None:
    assert flagship.frontier_zopa is not None
    frontier = {point.package for point in flagship.frontier_zopa.points}
    for solution in (flagship.nash, flagship.kalai_smorodinsky, flagship.egalitarian, flagship.utilitarian):
        assert only(solution).package in frontier


def test_solution_points_are_the_best_of_the_frontier(flagship: Analysis) -> None:
    assert flagship.frontier_zopa is not None
    points = flagship.frontier_zopa.points
    assert only(flagship.egalitarian) == max(points, key=lambda point: sorted(point.surpluses.values()))
    assert only(flagship.utilitarian) == max(points, key=lambda point: sum(point.surpluses.values()))
    assert flagship.egalitarian is not None
    assert flagship.egalitarian.value == 14


def test_russia_stands_in_the_way_most_often_and_then_the_united_states(flagship: Analysis) -> None:
    growth = {role: (flagship.zopa + share.but_for) / flagship.zopa for role, share in flagship.per_role.items()}
    assert {role: round(times, 2) for role, times in growth.items()} == {
        "RUS": 10.44,
        "USA": 1.73,
        "DEU": 1.15,
        "FRA": 1.18,
        "POL": 1.24,
        "LTU": 1.16,
        "NSG": 1.0,
    }


def test_extremes_are_scores_of_their_packages(flagship: Analysis) -> None:
    for role, share in flagship.per_role.items():
        assert score(MANDATES[role], share.minimum.package) == share.minimum.score
        assert score(MANDATES[role], share.maximum.package) == share.maximum.score


def test_two_paths_are_open_and_two_are_closed(flagship: Analysis) -> None:
    assert {name: path.zopa for name, path in flagship.per_path.items()} == {
        "outside_equal": 0,
        "ordinary_participant": 87,
        "donor": 1699,
        "mixture": 0,
    }
    assert flagship.per_path["mixture"].packages == 5_745_600
    assert (flagship.per_path["ordinary_participant"].per_role[RoleId("RUS")]) == 14
    assert (flagship.per_path["donor"].per_role[RoleId("RUS")]) == 37


def test_neither_memory_nor_threads_change_a_large_analysis(flagship: Analysis) -> None:
    assert analyse(RULES, OPENING, memory=20 << 20, threads=3) == flagship


def test_a_first_look_brackets_the_truth(flagship: Analysis) -> None:
    look = first_look(RULES, OPENING)
    assert look == first_look(RULES, OPENING)
    assert (look.examined, look.packages, look.frontier_all, look.nash) == (1 << 15, 11_943_936, None, None)
    assert look.zopa_share.low <= flagship.zopa_share.share <= look.zopa_share.high
    for role, share in flagship.per_role.items():
        found = look.per_role[role].share
        assert found.low < share.share.share < found.high
        assert found.high - found.low < 0.01


def test_the_status_quo_can_be_left_by_two_small_steps() -> None:
    found = efficiency(RULES, OPENING, package_of(RULES, {}))
    assert not found.in_zopa
    assert found.dominating_zopa == 4_363
    assert [[(one.issue, one.after) for one in swap.changes] for swap in found.swaps] == [
        [("threats", 1)],
        [("frame", 1)],
    ]


def test_the_nash_package_leaves_nothing_on_the_table(flagship: Analysis) -> None:
    found = efficiency(RULES, OPENING, only(flagship.nash).package)
    assert (found.in_zopa, found.dominating, found.best, found.swaps) == (True, 0, None, ())


def test_no_standing_rule_is_idle_and_three_options_are_ruled_out_alone() -> None:
    found = influence(RULES, OPENING)
    assert [name for name, rule in found.rules.items() if not rule.holds or not any(rule.decides.values())] == []
    assert {(one.issue, one.option, one.role, one.accepts) for one in found.alone} == {
        (IssueId("status"), 3, "POL", False),
        (IssueId("status"), 3, "LTU", False),
        (IssueId("enlarge"), 3, "POL", False),
    }
