"""An explanation adds up to the score: for every role, on any package, wherever a game stands."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.drawn import positions, rule_sets
from tests.support.tables import PlayedTable
from tests.support.unruly import meddled
from tests.support.wandering import wander
from threebirds_rules.loading import load_scenario, scenario_ids
from threebirds_rules.mandate import Mandate, Offset, Position
from threebirds_rules.names import Package
from threebirds_rules.play import position
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import Panel, Scorer, after_cards, explain, mandate, needed, opening, score, surplus

pytestmark = pytest.mark.uncovered
SCENARIOS = [load_scenario(scenario) for scenario in scenario_ids()]
points = st.integers(-9, 9)


def add_up(mandates: Sequence[Mandate], package: Package) -> None:
    assert Panel(mandates).scores(package) == [score(own, package) for own in mandates]
    for own in mandates:
        told, scorer = explain(own, package), Scorer(own)
        assert told.total == score(own, package) == scorer.score(package)
        assert told.total == sum(line.points for line in told.lines)
        assert told.total == sum(told.by_aspect.values()) + own.offset
        assert scorer.surplus(package) == surplus(own, package) == told.total - own.walk_away
        assert scorer.needed(package) == needed(own, package)
        for line in told.lines:
            assert line.kind == "offset" or sum(line.aspects.values()) == line.points


def mandates_in(rules: RuleSet, at: Position) -> list[Mandate]:
    return [mandate(rules, role, at) for role in at.seated]


def packages(rules: RuleSet) -> st.SearchStrategy[Package]:
    return st.tuples(*(st.integers(0, len(issue.options) - 1) for issue in rules.issues))


@st.composite
def anywhere(draw: st.DrawFn, rules: RuleSet) -> Position:
    """Any seats, switches and cards; tracks anywhere within their bounds; any shifts, and offsets of every kind."""
    seated = draw(st.lists(st.sampled_from([role.id for role in rules.roles]), min_size=1, unique=True))
    switches = [switch.id for switch in rules.switches if draw(st.booleans())]
    cards = draw(st.lists(st.sampled_from(rules.cards), unique_by=lambda card: card.id)) if rules.cards else []
    drawn = after_cards(rules, opening(rules, seated=seated, switches=switches), cards)
    issue, body = draw(st.sampled_from(rules.issues)), draw(st.sampled_from(rules.bodies))
    role = draw(st.none() | st.sampled_from(seated))
    rule = draw(st.sampled_from(rules.rules)).id if rules.rules else None
    offsets = (
        Offset(points=draw(points), role=role),
        Offset(points=draw(points), role=role, option=(issue.id, draw(st.integers(0, len(issue.options) - 1)))),
        Offset(points=draw(points), role=role, rule=rule),
        Offset(points=draw(points), body=body.id),
    )
    return replace(
        drawn,
        tracks={track.id: draw(st.integers(track.low, track.high)) for track in rules.tracks},
        shifts={one: drawn.shifts.get(one, 0) + draw(points) for one in seated},
        offsets=(*drawn.offsets, *draw(st.permutations(offsets))[: draw(st.integers(0, len(offsets)))]),
    )


@settings(max_examples=100)
@given(st.sampled_from(SCENARIOS).flatmap(lambda one: st.tuples(st.just(one), anywhere(one), packages(one))))
def test_it_adds_up_in_our_scenarios_wherever_they_stand(case: tuple[RuleSet, Position, Package]) -> None:
    rules, at, package = case
    add_up(mandates_in(rules, at), package)


@settings(max_examples=30)
@given(rule_sets().flatmap(lambda one: st.tuples(st.just(one), positions(one), packages(one))))
def test_it_adds_up_in_rule_sets_of_all_kinds(case: tuple[RuleSet, Position, Package]) -> None:
    rules, at, package = case
    add_up(mandates_in(rules, at), package)


@pytest.mark.parametrize("rules", SCENARIOS, ids=scenario_ids())
@pytest.mark.parametrize("play", [wander, meddled])
def test_it_adds_up_in_the_states_that_games_come_to(
    rules: RuleSet, play: Callable[[RuleSet, int], Iterator[PlayedTable]]
) -> None:
    for table in islice(play(rules, 4), 0, None, 7):
        for package in spread(rules, 5):
            add_up(mandates_in(rules, position(table.state)), package)
        for seat in table.state.seats:
            seen = table.view(seat.role).mandate
            assert seen is None or seen.mandate == mandate(rules, seat.role, position(table.state))


def spread(rules: RuleSet, count: int) -> Iterator[Package]:
    """So many packages from all over."""
    total = prod(len(issue.options) for issue in rules.issues)
    for number in range(0, total, max(1, total // count)):
        package: list[int] = []
        left = number
        for issue in rules.issues:
            left, option = divmod(left, len(issue.options))
            package.append(option)
        yield tuple(package)
