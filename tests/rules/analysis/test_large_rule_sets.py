"""Rule sets that are too large to look at every package."""

from itertools import product

import pytest

from tests.benchmarks.camps import camps
from tests.support.rulesets import NORTH, SOUTH, a_body, a_role, a_rule, a_rule_set, an_issue
from threebirds_rules.analysis import (
    TooManyPackagesError,
    analyse,
    analyse_model,
    blocks,
    counts,
    efficiency,
    elimination,
    influence,
    model_of,
    zone_sizes,
)
from threebirds_rules.conditions import AllOf, IssueIn
from threebirds_rules.names import IssueId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import opening


def ladder(issues: int, *, when: tuple[int, ...] = ()) -> RuleSet:
    """On each issue of five options North gains what South loses; a rule joins the issues of `when`."""
    joined = AllOf(tuple(IssueIn(IssueId(f"issue{place}"), (4,)) for place in when))
    return a_rule_set(
        roles=(a_role("NOR", comfort=-1), a_role("SOU", comfort=-1)),
        issues=tuple(an_issue(f"issue{at}", {NORTH: range(5), SOUTH: range(0, -5, -1)}) for at in range(issues)),
        gauges=(),
        rules=(a_rule("all_the_way", when=joined, points={NORTH: 1, SOUTH: 1}),) if when else (),
        curves=(),
        bodies=(a_body("league", NORTH, SOUTH), a_body("never", NORTH, when=IssueIn(IssueId("issue0"), ()))),
        cards=(),
        paths=(),
    )


def test_a_sample_gives_shares_and_no_frontier() -> None:
    rules = ladder(24)
    found = analyse(rules, opening(rules))
    assert (found.packages, found.examined) == (5**24, 1 << 15)
    assert found.per_role[NORTH].acceptable == found.examined
    share = found.per_role[NORTH].share
    assert 0.999 < share.low < share.share == share.high == 1.0
    assert (found.zopa, found.zopa_share.low) == (0, 0)
    assert 0 < found.zopa_share.high < 0.001
    assert [found.frontier_all, found.frontier_zopa, found.nash, found.utilitarian_all] == [None] * 4


def test_a_body_that_no_sampled_package_needs_could_have_any_share() -> None:
    rules = ladder(24)
    never = analyse(rules, opening(rules)).per_body[rules.bodies[1].id]
    assert (never.needed, never.share.low, never.share.high) == (0, 0, 1)


def test_packages_that_cannot_all_be_looked_at_cannot_be_compared() -> None:
    rules = ladder(12)
    for compare in (
        lambda: efficiency(rules, opening(rules), (0,) * 12),
        lambda: influence(rules, opening(rules)),
        lambda: zone_sizes(rules, [opening(rules)]),
        lambda: counts(rules, opening(rules)),
    ):
        with pytest.raises(TooManyPackagesError, match="244,140,625 packages are too many: at most 50,000,000"):
            compare()


def test_a_rule_over_a_few_issues_is_waited_for_and_one_over_many_is_not() -> None:
    few, many = ladder(6, when=(0, 3)), ladder(6, when=(0, 1, 2, 3, 4, 5))
    assert elimination.plan_of(model_of(few, opening(few))) is not None
    assert elimination.plan_of(model_of(many, opening(many))) is None


@pytest.mark.parametrize(("when", "vectors"), [((), 25), ((0, 3), 24), ((0, 1, 2, 3, 4, 5), 24)])
def test_the_frontier_of_a_ladder_is_all_of_it_but_what_the_rule_beats(when: tuple[int, ...], vectors: int) -> None:
    rules = ladder(6, when=when)
    found = analyse(rules, opening(rules))
    assert found.frontier_all is not None
    assert found.nash is not None
    assert found.packages == 5**6
    assert found.frontier_all.vectors == vectors
    assert found.nash.value == 1


def test_ties_are_all_counted_and_the_first_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "TILE", 1)
    rules = ladder(6)
    found = analyse(rules, opening(rules)).utilitarian_all
    assert found is not None
    assert (found.value, found.ties) == (2, 5**6)
    assert [point.package for point in found.points] == list(product([0], [0], [0], [0], range(4), range(5)))[:16]


@pytest.mark.parametrize("pairs", [0, 3])
def test_the_domains_of_the_benchmarks_have_one_frontier_whichever_way_it_is_looked_for(
    pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = camps(parties=4, issues=6, options=3, pairs=pairs)
    short = analyse_model(model)
    monkeypatch.setattr(elimination, "WIDEST", 0)
    assert analyse_model(model, threads=2) == short
    assert 0 < short.zopa < short.packages
