"""Second opinions: what a switch puts in, takes out and moves, and switches that contradict each other."""

import pytest
from msgspec.structs import replace

from tests.support.documents import changed, problems_in
from tests.support.rulesets import NORTH, SOUTH, a_rule, a_rule_set, a_switch
from tests.support.tables import HOST, PlayedTable
from threebirds_rules import actions as asked
from threebirds_rules.linting import findings
from threebirds_rules.mandate import Mandate
from threebirds_rules.names import SwitchId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import mandate, opening, score

CALM, WILD = SwitchId("calm"), SwitchId("wild")
DAM_BUILT = (1, 0, 0)


def two_readings() -> RuleSet:
    plain = a_rule_set()
    return replace(
        plain,
        rules=(a_rule("fear", points={NORTH: -20}, unless=(CALM,)), a_rule("hope", points={NORTH: 3}, switch=CALM)),
        curves=(replace(plain.curves[0], unless=(CALM, WILD)), replace(plain.curves[0], id="mud", switch=WILD)),
        switches=(a_switch("calm", comfort={SOUTH: -2}, excludes=(WILD,)), a_switch("wild")),
    )


def north(*switches: SwitchId) -> Mandate:
    rules = two_readings()
    return mandate(rules, NORTH, opening(rules, switches=switches))


def test_two_readings_that_contradict_each_other_are_refused() -> None:
    roles = (NORTH, SOUTH)
    for both in ((CALM, WILD), (WILD, CALM)):
        refusal = PlayedTable(two_readings()).refused(HOST, asked.Open(seed="s", roles=roles, switches=both))
        assert (refusal.code, refusal.path) == ("invalid_action", "switches")
        assert refusal.message == "The switches “calm” and “wild” contradict each other."
    for one in (CALM, WILD):
        PlayedTable(two_readings()).do(HOST, asked.Open(seed="s", roles=roles, switches=(one,)))


def test_a_rule_counts_unless_a_switch_is_on_and_another_stands_in_for_it() -> None:
    assert [rule.id for rule in north().rules] == ["fear"]
    assert [rule.id for rule in north(CALM).rules] == ["hope"]
    assert score(north(), DAM_BUILT) - score(north(CALM), DAM_BUILT) == -20 - 3 + 1


def test_a_curve_counts_by_its_switches_like_a_rule() -> None:
    assert [[curve.id for curve in north(*on).curves] for on in ((), (CALM,), (WILD,))] == [["silt"], [], ["mud"]]


def test_a_switch_moves_walk_aways_while_it_is_on() -> None:
    rules = two_readings()
    stands = [mandate(rules, SOUTH, opening(rules, switches=on)).walk_away for on in ((), (CALM,))]
    assert stands == [3, 1]
    assert north(CALM).walk_away == north().walk_away


@pytest.mark.parametrize(
    ("changes", "idle"),
    [
        ({}, True),
        ({"comfort": {SOUTH: -2}}, False),
        ({"comfort": {SOUTH: 0}}, True),
    ],
)
def test_a_switch_that_moves_a_walk_away_switches_something(changes: dict[str, object], *, idle: bool) -> None:
    rules = a_rule_set(switches=(a_switch("other", **changes),))
    assert ("switch_switches_nothing" in {one.code for one in findings(rules)}) is idle


def test_a_switch_that_takes_out_a_curve_switches_something() -> None:
    plain = a_rule_set(switches=(a_switch("other"),))
    for curve, idle in ((replace(plain.curves[0], unless=(SwitchId("other"),)), False), (plain.curves[0], True)):
        codes = {one.code for one in findings(replace(plain, curves=(curve,)))}
        assert ("switch_switches_nothing" in codes) is idle


@pytest.mark.parametrize(
    ("switches", "problem"),
    [
        ("excludes: [careful]", "switches[0].excludes[0]: expected another switch, which is not on together"),
        ("excludes: [bold]}\n  - {id: bold, name: Bold, on: true", "switches[0].excludes[0]: expected another switch"),
        ("excludes: [carefull]", "expected the name of a switch, found 'carefull'; did you mean careful?"),
        ("comfort: {WES: 3}", "switches[0].comfort.WES: expected the name of a role or group"),
    ],
)
def test_a_switch_is_checked_with_its_document(switches: str, problem: str) -> None:
    (found,) = problems_in(changed(("name: Careful banks, on: true", f"name: Careful banks, on: true, {switches}")))
    assert problem in found
