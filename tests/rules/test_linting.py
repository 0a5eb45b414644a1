"""The linter: what is odd in a rule set is found, with its place, and nothing else is."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.documents import changed
from threebirds_rules.conditions import AllOf, GaugeWithin
from threebirds_rules.linting import SMALL, Counted, Finding, findings, lint, package_count
from threebirds_rules.linting.reached import Reaches
from threebirds_rules.loading import (
    Loaded,
    RuleSetError,
    load,
    load_scenario,
    load_with_positions,
    scenario_ids,
    scenario_text,
)
from threebirds_rules.loading.vocabulary import FINDING_CODES
from threebirds_rules.names import GaugeId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import opening

TIDY = (
    # The small document of the loader's tests has some oddities of its own; without them it is clean.
    ("    - {id: vows, title: Vows, text: Promise., seconds: 60, actions: [say], mechanic: pledges}\n", ""),
    ("  - {id: kept, title: Kept, text: Vows were kept., adopted: true, mechanic: pledges}\n", ""),
    ("article: Nobody pays.", "article: Nobody pays., impacts: {SOU: {w: 1}}"),
    ("article: Boats pay much., impacts: {NOR: {h: -3}}", "article: Boats pay much., impacts: {NOR: {w: 1}}"),
    ("initials: N\n    comfort: 2", "initials: N\n    comfort: 3"),
    ("initials: S\n    comfort: 3", "initials: S\n    comfort: 2"),
)
LEAST = (Path(__file__).parent / "data" / "least.yaml").read_text(encoding="utf-8")


def document(*changes: tuple[str, str]) -> Loaded:
    text = changed(*TIDY)
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return load_with_positions(text, source="river.yaml")


def found(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in lint(document(*changes))]


def test_a_tidy_rule_set_has_no_findings() -> None:
    assert found() == []


@pytest.mark.parametrize("scenario", scenario_ids())
def test_every_finding_in_our_own_scenarios_is_explained_beside_it(scenario: str) -> None:
    told = lint(load_with_positions(scenario_text(scenario), source=scenario))
    assert [str(one) for one in told if one.accepted is None] == []


DEAR = ("comfort: 2", "comfort: 30")
OPTIONAL = ("initials: S\n", "initials: S\n    optional: true\n")
ASLEEP = ("wakes: [flood]", "wakes: []")
SHADOW = ("objective_cards: {at_least: 1}", "tag: null")
NO_EFFECT = (
    ("shifts: {banks: -1}", "shifts: {}"),
    ("margins: {senate: 2}", "margins: {}"),
    ("factors: {trust: -1}", "factors: {}"),
    ASLEEP,
)
NEVER_ASKED = ("    when: {dam: [1]}\n    decides", "    when: {dam: [1], depth: {equals: 1}}\n    decides")
WEIGHED = ("decides: consensus, vetoes: [SOU], quorum: 1", "decides: weighted, weights: {NOR: 2, SOU: 1}, threshold: 3")
MORE = "{id: more, title: More, text: More., adopted: true, when: {dam: [1], toll: [1]}}"
LATER = (
    "last_text: true}\n",
    "last_text: true}\n"
    "  implementation: {id: after, title: After, text: Later., seconds: 30, actions: [say], draws: 1}\n",
)
IDLE = (LATER[0], LATER[1].replace("[say], draws: 1", "[pass]"))
UNWRITTEN = (LATER[0], LATER[1].replace("Later.", '""'))
VOWS = (
    "mechanics: {}",
    "mechanics:\n  pledges: {sides: [[NOR], [SOU]], matched: {text: Both.}, kept: {text: Kept.}, broken: {text: No.}}",
)
PLEDGING = ("actions: [say, table, vote, pass]", "actions: [say, pledge, table, vote, pass]")
UNKEPT = ("endings:\n", "endings:\n  - {id: unkept, title: Unkept, text: No., happened: pledges.article_broken}\n")
STILL = "formula: {depth: 2, still: -1}}\n  - {id: still, name: Still}"

WHOLE, MUTE = "{id: whole, name: Whole, minutes: 10}", "{id: mute, name: Mute, minutes: 1, without: [plenary]}"


def variants(*entries: str) -> tuple[str, str]:
    return "deck:\n", f"variants: [{', '.join(entries)}]\ndeck:\n"


WRONG: list[tuple[str, str, tuple[tuple[str, str], ...]]] = [
    ("role_without_power", "roles.NO", (("chair: true", "chair: false"), ("[chair, sponsor]", "[sponsor]"))),
    ("role_unmoved", "roles.NO", (("banks: -2, NO: 1", "banks: -2"),)),
    ("option_dominated", "issues.toll.0", (("impacts: {SOU: {w: 1}}", "impacts: {SOU: {w: 0}}"),)),
    ("gauge_unread", "gauges.spare", (("start: 1}", "start: 1}\n  - {id: spare, name: Spare}"),)),
    ("gauge_never_moves", "gauges.spare", (("start: 1}", "start: 1}\n  - {id: spare, name: Spare}"),)),
    ("one_sided", "gauges.twice", (("formula: {depth: 2}}", STILL),)),
    ("rule_without_points", "rules.flood", (("points: {SOU: 4}", "points: {SOU: 0}"),)),
    ("rule_never_woken", "rules.flood", (ASLEEP,)),
    ("rule_never_fires", "rules.deep", (("at_least: 4, at_most: 9", "at_least: 40"), ("toll: [0, 1]", "dam: [0]"))),
    ("switch_switches_nothing", "switches.careful", (("    switch: careful\n", ""),)),
    ("path_never_taken", "paths.dry", (("when: {dam: [0]}}", "when: {dam: [0], depth: {at_least: 4}}}"),)),
    ("card_changes_nothing", "cards.storm", NO_EFFECT),
    ("body_cannot_decide", "bodies.senate", (OPTIONAL,)),
    ("body_cannot_decide", "bodies.league", (OPTIONAL, ("quorum: 1", "quorum: 2"))),
    ("body_cannot_decide", "bodies.league", (OPTIONAL, WEIGHED)),
    ("body_never_asked", "bodies.senate", (NEVER_ASKED,)),
    ("phase_empty", "phases.plenary", (("actions: [say, table, vote, pass]", "actions: [pass]"),)),
    ("phase_empty", "phases.news", (("actions: [say], draws: 1", "actions: []"),)),
    ("phase_empty", "phases.after", (IDLE,)),
    ("mechanic_unplayed", "mechanics.pledges", (VOWS,)),
    ("no_vote_possible", "schedule", (("actions: [say, table, vote, pass]", "actions: [say, table]"),)),
    ("no_vote_possible", "schedule", (("last_text: true", "last_text: false"),)),
    ("mechanic_off", "endings.calm", (("objective_cards: {at_most: 0}}", "mechanic: pledges}"), SHADOW)),
    ("mechanic_off", "endings.unkept", (UNKEPT,)),
    ("ending_never_fits", "endings.unkept", (UNKEPT, VOWS)),
    ("ending_never_fits", "endings.calm", (SHADOW,)),
    ("ending_never_fits", "endings.storms", (("kind: objective", "kind: neutral"),)),
    ("ending_never_fits", "endings.storms", (("at_most: 1}\ncards", "at_most: 0}\ncards"),)),
    ("ending_never_fits", "endings.more", (("tag: depth}", f"tag: depth}}\n  - {MORE}"),)),
    ("minutes_wrong", "variants.whole", (variants("{id: whole, name: Whole, minutes: 10}"),)),
    ("variant_changes_nothing", "variants.same", (variants(WHOLE, "{id: same, name: Same, minutes: 3}"),)),
    ("no_vote_possible", "variants.mute.schedule", (variants(WHOLE, MUTE),)),
    ("text_missing", "roles.SOU.public_brief", (("South has the fields.", '""'),)),
    ("text_missing", "issues.dam.1.article", (("A low dam is built.", '" "'),)),
    ("text_missing", "phases.after.text", (UNWRITTEN,)),
    ("text_missing", "reservations", (("reservations: With reservations.", 'reservations: ""'),)),
    ("text_missing", "sources", (("sources: [Made up for tests.]", "sources: []"),)),
    ("name_unused", "names.delta", (("sources:", "names: {delta: {historical: A, invented: B}}\nsources:"),)),
    ("no_zone", "issues", (DEAR,)),
    ("role_never_content", "roles.SOU", (DEAR,)),
    ("role_always_content", "roles.SOU", (("comfort: 2", "comfort: -30"),)),
]  # fmt: skip


def test_what_is_odd_in_the_game_itself_is_not_said_again_of_each_variant() -> None:
    empty = ("actions: [say], draws: 1", "actions: []")
    short = "{id: short, name: Short, minutes: 2, rounds: 1}"
    assert found(empty, variants(WHOLE, short)).count(("phase_empty", "phases.news")) == 1
    assert not any(place.startswith("variants.short") for _, place in found(empty, variants(WHOLE, short)))


@pytest.mark.parametrize(("code", "place", "changes"), WRONG)
def test_what_is_odd_is_found(code: str, place: str, changes: tuple[tuple[str, str], ...]) -> None:
    assert (code, place) in found(*changes)


def test_an_ending_for_what_may_happen_leaves_the_others_theirs() -> None:
    told = (VOWS[0], VOWS[1].replace("broken:", "article_broken: {text: Oh.}, broken:"))
    assert found(LATER, UNKEPT, told, PLEDGING) == []


def test_every_code_is_one_that_can_be_accepted() -> None:
    assert {code for code, _, _ in WRONG} | {"accepted_in_vain"} == set(FINDING_CODES)


def test_a_finding_says_where_what_and_what_to_do() -> None:
    (finding,) = lint(document(ASLEEP))
    assert str(finding) == (
        "68:5: rule_never_woken at rules.flood: flood sleeps, and no card or mechanic wakes it. "
        "Let a card wake it, or let it not sleep."
    )


def accepting(code: str, place: str) -> tuple[str, str]:
    entry = f"{{code: {code}, place: {place}, reason: It rains elsewhere.}}"
    return "mechanics: {}", f"mechanics: {{}}\naccepted_findings:\n  - {entry}"


def test_an_accepted_finding_is_told_with_the_authors_reason() -> None:
    (finding,) = lint(document(ASLEEP, accepting("rule_never_woken", "rules.flood")))
    assert finding.accepted == "It rains elsewhere."
    assert str(finding).endswith("no card or mechanic wakes it. Accepted: It rains elsewhere.")


def test_a_finding_that_is_not_there_is_accepted_in_vain() -> None:
    (finding,) = lint(document(accepting("rule_never_woken", "rules.flood")))
    assert (finding.code, finding.place) == ("accepted_in_vain", "accepted_findings.0")


def test_accepting_changes_no_version() -> None:
    plain, accepted = document(), document(accepting("rule_never_woken", "rules.flood"))
    assert plain.rules == accepted.rules


def test_an_unknown_code_cannot_be_accepted() -> None:
    with pytest.raises(RuleSetError, match=r"expected the name of a finding.*did you mean rule_never_woken"):
        document(accepting("rule_never_waken", "rules.flood"))


def test_the_least_game_is_told_what_it_lacks() -> None:
    told = [(one.code, one.place) for one in lint(load_with_positions(LEAST, source="least.yaml"))]
    assert ("role_always_content", "roles.A") in told
    assert ("option_dominated", "issues.deal.0") in told


def test_an_option_that_a_rule_favours_is_told_with_it() -> None:
    told = lint(document(("impacts: {SOU: {w: 1}}", "impacts: {SOU: {w: 0}}")))
    assert [("tells them apart" in one.says) for one in told if one.code == "option_dominated"] == [True]


def test_an_option_worth_as_much_to_everybody_is_told_once() -> None:
    told = found(("Boats pay much., impacts: {NOR: {w: 1}}", "Boats pay much., impacts: {SOU: {w: 1}}"))
    assert [place for code, place in told if code == "option_dominated"] == ["issues.toll.2"]


def test_a_body_that_decides_by_majority_can_do_without_one_of_three() -> None:
    three = (DEAR, ("    vote: false\n", ""), ("members: [banks], decides", "members: [banks, NO], decides"))
    majority = ("decides: consensus, vetoes: [SOU]", "decides: majority")
    assert ("no_zone", "issues") in found(*three)
    assert ("no_zone", "issues") not in found(*three, majority)


def large() -> RuleSet:
    return load_scenario("european-security-treaty")


def test_what_others_have_counted_of_more_packages_than_are_looked_at_is_told() -> None:
    rules = large()
    assert package_count(rules) > SMALL
    seated = opening(rules).seated
    some = dict.fromkeys(seated, 1)
    assert told_of(rules, Counted(4_363, some)) == told_of(rules, None) == set()
    assert told_of(rules, Counted(0, some)) == {("no_zone", "issues")}
    assert told_of(rules, Counted(1, {**some, seated[0]: 0})) == {("role_never_content", f"roles.{seated[0]}")}
    everything = {role: package_count(rules) for role in seated}
    voters = {f"roles.{role}" for body in rules.bodies for role in body.members if role in seated}
    assert told_of(rules, Counted(1, everything)) == {("role_always_content", place) for place in voters}


def told_of(rules: RuleSet, counted: Counted | None) -> set[tuple[str, str]]:
    """Findings of the pass over all packages."""
    codes = {"no_zone", "role_never_content", "role_always_content"}
    return {(one.code, one.place) for one in findings(rules, counted=counted) if one.code in codes}


@pytest.mark.parametrize(("comfort", "code"), [(10_000, "role_never_content"), (-10_000, "role_always_content")])
def test_a_role_out_of_all_reach_is_found_among_any_number_of_packages(comfort: int, code: str) -> None:
    rules = large()
    first, *others = rules.roles
    told = findings(replace(rules, roles=(replace(first, comfort=comfort), *others)))
    assert (code, "roles.RUS") in {(one.code, one.place) for one in told}


def test_what_would_take_too_long_to_find_out_is_left_open() -> None:
    rules = load(changed(), source="river.yaml")
    never = AllOf((GaugeWithin(gauge=GaugeId("depth"), low=100, high=None),))
    assert Reaches(rules).ever(never) is False
    assert Reaches(rules, steps=3).ever(never) is None


def test_findings_come_in_the_order_of_the_document() -> None:
    told: tuple[Finding, ...] = lint(load_with_positions(changed(), source="river.yaml"))
    assert [one.line for one in told] == sorted(one.line for one in told)
    assert len({one.code for one in told}) > 1
