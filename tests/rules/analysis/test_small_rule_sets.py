"""Analysis against its definitions, on rule sets small enough to look at package by package."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.brute import Brute, best
from tests.support.drawn import positions, rule_sets
from tests.support.rulesets import a_rule_set
from threebirds_rules.analysis import (
    Frontier,
    Solution,
    analyse,
    blocks,
    counts,
    efficiency,
    elimination,
    frontier,
    influence,
    zone_sizes,
)
from threebirds_rules.analysis.results import LISTED
from threebirds_rules.consent import consents
from threebirds_rules.mandate import Position
from threebirds_rules.names import Package
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import after_cards, opening

Game = tuple[RuleSet, Position]


def games(**how: bool) -> st.SearchStrategy[Game]:
    return rule_sets(**how).flatmap(lambda rules: st.tuples(st.just(rules), positions(rules)))


some_games = settings(max_examples=40)
"""Each of them has up to 81 packages."""

cuts = st.tuples(st.sampled_from([1, 4, 9]), st.sampled_from([1, 7]))
"""The most suffixes of a block, and packages of a tile."""

any_game = games() | games(gauges=False)


def packages(found: Solution | Frontier | None) -> list[Package]:
    return [] if found is None else [point.package for point in found.points]


@some_games
@given(any_game)
def test_every_role_and_body_is_counted(game: Game) -> None:
    brute, found = Brute(*game), analyse(*game)
    assert (found.packages, found.examined, found.zopa) == (len(brute.packages),) * 2 + (len(brute.zopa),)
    for role, share in found.per_role.items():
        scores = brute.scores[role]
        assert share.acceptable == len(brute.acceptable(role))
        assert share.at_walk_away == sum(brute.surplus(role, it) >= 0 for it in brute.packages)
        assert share.but_for == sum(brute.adopts(it, but_for=role) for it in brute.packages) - len(brute.zopa)
        assert share.minimum.score == scores[share.minimum.package] == min(scores.values())
        assert share.maximum.score == scores[share.maximum.package] == max(scores.values())
        assert share.ideal == max((brute.surplus(role, it) for it in brute.zopa), default=None)
    for body in game[0].bodies:
        if body.id in found.per_body:
            needed = [it for it in brute.packages if brute.needs(body, it)]
            agreed = sum(brute.consents(body, it) for it in needed)
            assert (found.per_body[body.id].needed, found.per_body[body.id].consents) == (len(needed), agreed)


@some_games
@given(any_game)
def test_counts_are_those_of_the_whole_analysis(game: Game) -> None:
    found, whole = counts(*game), analyse(*game)
    assert (found.zopa, found.per_role, found.per_body) == (whole.zopa, whole.per_role, whole.per_body)
    assert (found.per_path, found.options, found.frontier_all) == (whole.per_path, whole.options, None)


@some_games
@given(any_game)
def test_a_vote_by_surplus_is_counted_as_analysis_counts_it(game: Game) -> None:
    """Every member says yes exactly from the body's margin on: then the vote and the ZOPA agree."""
    brute = Brute(*game)
    for body in (one for one in game[0].bodies if one.id in brute.margins):
        members = tuple(role for role in body.members if role in brute.seated)
        for package in brute.packages:
            yes = tuple(role for role in members if brute.surplus(role, package) >= brute.margins[body.id])
            no = tuple(role for role in members if role not in yes)
            assert consents(body, len(members), yes, no, ()) == brute.consents(body, package)


@some_games
@given(any_game)
def test_frontiers_hold_what_nothing_dominates(game: Game) -> None:
    brute, found = Brute(*game), analyse(*game)
    for limit, among in ((found.frontier_all, brute.packages), (found.frontier_zopa, brute.zopa)):
        assert limit is not None
        expected = brute.frontier(among)
        assert packages(limit) == expected
        assert limit.packages == len(expected)
        assert limit.vectors == len({brute.vector(it) for it in expected})


@some_games
@given(any_game)
def test_solution_points_are_the_best_by_their_criterion(game: Game) -> None:
    brute, found = Brute(*game), analyse(*game)
    assert packages(found.egalitarian) == brute.egalitarian(brute.zopa)[:LISTED]
    assert packages(found.kalai_smorodinsky) == (brute.kalai_smorodinsky() if brute.zopa else [])[:LISTED]
    assert packages(found.utilitarian) == brute.utilitarian(brute.zopa)[:LISTED]
    assert packages(found.utilitarian_all) == brute.utilitarian(brute.packages)[:LISTED]
    assert packages(found.nash) == brute.nash()[:LISTED]


@some_games
@given(games())
def test_paths_are_counted_and_their_best_is_named(game: Game) -> None:
    brute, found = Brute(*game), analyse(*game)
    for path in game[0].paths:
        share = found.per_path[path.id]
        taken = [it for it in brute.packages if brute.holds(path.when, it)]
        inside = [it for it in taken if it in brute.zopa]
        assert (share.packages, share.zopa) == (len(taken), len(inside))
        assert ([] if share.best is None else [share.best.package]) == brute.egalitarian(inside or taken)[:1]
        assert share.per_role == (
            {role: max(brute.surplus(role, it) for it in inside) for role in brute.seated} if inside else {}
        )


@some_games
@given(any_game)
def test_options_of_the_zopa_are_counted(game: Game) -> None:
    brute, found = Brute(*game), analyse(*game)
    for place, options in enumerate(found.options.values()):
        chosen = Counter(package[place] for package in brute.zopa)
        assert options == tuple(chosen[option] for option in range(len(options)))


@some_games
@given(
    any_game, st.sampled_from([1, 400, 2_000]), st.sampled_from([1, 4, 9]), st.sampled_from([1, 7]), st.integers(1, 3)
)
def test_neither_cuts_nor_threads_change_anything(
    game: Game, memory: int, suffixes: int, tile: int, threads: int
) -> None:
    found = analyse(*game), influence(*game)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SUFFIXES", suffixes)
        patch.setattr(blocks, "TILE", tile)
        patch.setattr(frontier, "WAITING", tile)
        assert (analyse(*game, memory=memory, threads=threads), influence(*game, memory=memory)) == found


@some_games
@given(games(gauges=False))
def test_going_issue_by_issue_finds_the_frontiers_of_visiting_everything(game: Game) -> None:
    found = analyse(*game)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(elimination, "WIDEST", 0)
        assert analyse(*game) == found


@some_games
@given(games(), st.data())
def test_a_package_is_compared_with_all_others(game: Game, data: st.DataObject) -> None:
    brute = Brute(*game)
    package = data.draw(st.sampled_from(brute.packages))
    found = efficiency(*game, package)
    better = [it for it in brute.packages if brute.dominates(it, package)]
    inside = [it for it in better if it in brute.zopa]
    assert (found.dominating, found.dominating_zopa) == (len(better), len(inside))
    assert found.in_zopa == (package in brute.zopa)
    assert tuple(found.surpluses.values()) == brute.vector(package)
    for named, among in ((found.best, better), (found.best_zopa, inside)):
        assert ([] if named is None else [named.package]) == brute.utilitarian(among)[:1]
    nearest = best(better, lambda it: -changes(package, it))
    assert found.swaps_in_all == len(nearest)
    assert {swap.package for swap in found.swaps} <= set(nearest)
    for swap in found.swaps:
        assert swap.total == sum(swap.gains.values()) == sum(brute.vector(swap.package)) - sum(brute.vector(package))
        assert len(swap.changes) == changes(package, swap.package)
    assert [swap.total for swap in found.swaps] == sorted((swap.total for swap in found.swaps), reverse=True)


def changes(one: Package, other: Package) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


@some_games
@given(games())
def test_a_rule_decides_where_somebody_would_answer_differently_without_it(game: Game) -> None:
    rules, position = game
    brute, found = Brute(*game), influence(*game)
    for rule in rules.rules:
        if rule.id not in found.rules:
            continue
        taken = [it for it in brute.packages if brute.holds(rule.when, it)]
        without = Brute(replace(rules, rules=tuple(one for one in rules.rules if one != rule)), position)
        share = found.rules[rule.id]
        assert (share.holds, share.zopa) == (len(taken), sum(it in brute.zopa for it in taken))
        assert share.decides == {
            role: len(set(brute.acceptable(role)) ^ set(without.acceptable(role))) for role in share.decides
        }


@some_games
@given(any_game)
def test_an_option_decides_alone_if_a_role_says_the_same_to_all_packages_with_it(game: Game) -> None:
    brute, found = Brute(*game), influence(*game)
    acceptable = {role: set(brute.acceptable(role)) for role in brute.seated}
    alone: list[tuple[str, int, str, bool]] = []
    for place, (issue, options) in enumerate(found.options.items()):
        with_it = [[it for it in brute.packages if it[place] == option] for option in range(len(options))]
        for role, signs in acceptable.items():
            signed = [sum(it in signs for it in some) for some in with_it]
            assert [option.acceptable[role] for option in options] == signed
            if 0 < sum(signed) < len(brute.packages):
                alone += [
                    (issue, option, role, count > 0)
                    for option, count in enumerate(signed)
                    if count in {0, len(with_it[option])}
                ]
        assert [option.zopa for option in options] == [sum(it in brute.zopa for it in some) for some in with_it]
    assert [(one.issue, one.option, one.role, one.accepts) for one in found.alone] == alone


def test_zones_are_counted_in_many_positions_at_once() -> None:
    rules = a_rule_set()
    at = [opening(rules), *(after_cards(rules, opening(rules), [card]) for card in rules.cards)]
    assert zone_sizes(rules, at) == [len(Brute(rules, position).zopa) for position in at]


def test_progress_is_told_up_to_the_last_package() -> None:
    rules = a_rule_set()
    told: list[tuple[int, int]] = []
    for analysis in (analyse, influence):
        analysis(rules, opening(rules), memory=1, progress=lambda done, of: told.append((done, of)))
        assert told[-1] == (18, 18)
        assert told == sorted(told)
        told.clear()
