"""Variants: one document for forty-five minutes and for half a day."""

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.documents import changed, loaded, problems_in
from tests.support.rulesets import BUREAU, NORTH, SOUTH, a_phase, a_rule_set, a_schedule, an_ending
from tests.support.tables import HOST, PlayedTable, opened, started
from threebirds_rules import actions as asked
from threebirds_rules.events import TableOpened
from threebirds_rules.linting import findings
from threebirds_rules.loading import load_scenario, load_with_positions, scenario_ids, scenario_text
from threebirds_rules.names import ChannelId, VariantId
from threebirds_rules.play import phases
from threebirds_rules.ruleset import RuleSet, Variant
from threebirds_rules.scoring import opening
from threebirds_rules.variants import UnknownVariantError, as_opened, as_played

EVERY = [(scenario, variant.id) for scenario in scenario_ids() for variant in load_scenario(scenario).variants]


def a_variant(name: str, /, **changes: Any) -> Variant:
    """A variant that changes nothing."""
    plain = Variant(
        id=VariantId(name),
        name=name.title(),
        minutes=10,
        rounds=None,
        pace=100,
        seconds={},
        draws={},
        without=(),
        from_round=None,
        vote_seconds=None,
        closes={},
    )
    return replace(plain, **changes)


def played(**changes: Any) -> RuleSet:
    """The river treaty in a variant with these changes."""
    return as_played(a_rule_set(variants=(a_variant("whole"), a_variant("short", **changes))), "short")


def lengths(rules: RuleSet) -> Mapping[str, int]:
    return {phase.id: phase.seconds for phase in rules.schedule.phases}


def test_a_table_cannot_be_opened_in_a_variant_that_is_not_there() -> None:
    """Nor can the variant of one table be had by another name: a typing error is told, not played."""
    rules = a_rule_set(variants=(a_variant("whole"), a_variant("short")))
    refusal = PlayedTable(rules).refused(
        HOST, asked.Open(seed="s", roles=(NORTH, SOUTH), switches=(), variant=VariantId("shrot"))
    )
    assert (refusal.code, refusal.path) == ("invalid_action", "variant")
    assert refusal.message == "river has no variant shrot; did you mean short?"


@pytest.mark.parametrize(("variant", "told"), [("", "whole"), ("whole", "whole"), ("short", "short")])
def test_the_variant_is_written_where_the_table_opens(variant: str, told: str) -> None:
    rules = a_rule_set(variants=(a_variant("whole"), a_variant("short", rounds=1)))
    table = opened(rules, variant=VariantId(variant))
    (event,) = table.log
    assert isinstance(event, TableOpened)
    assert (event.variant, table.state.variant) == (told, told)
    assert as_opened(rules, event) == as_played(rules, told)


def test_a_log_from_before_there_were_variants_is_played_as_ever() -> None:
    plain = a_rule_set()
    (event,) = opened(plain).log
    assert isinstance(event, TableOpened)
    assert event.variant == ""
    assert as_opened(plain, event) == plain


def test_the_first_variant_changes_nothing_but_its_name() -> None:
    plain = a_rule_set(variants=(a_variant("whole"),))
    assert as_played(plain) == replace(plain, variants=(), variant=VariantId("whole"))


def test_what_is_played_in_a_variant_already_stays_as_it_is() -> None:
    short = played(pace=50)
    assert as_played(short) is short
    assert as_played(short, "short") is short
    with pytest.raises(UnknownVariantError):
        as_played(short, "whole")


def test_a_version_is_named_by_its_digest_and_an_edition_by_its_variant_besides() -> None:
    assert a_rule_set().edition == "ab" * 32
    assert played().edition == f"{'ab' * 32}/short"
    assert played().digest == a_rule_set().digest


def test_who_names_no_variant_of_a_rule_set_without_any_plays_it_as_it_is() -> None:
    assert as_played(a_rule_set()) == a_rule_set()
    with pytest.raises(UnknownVariantError, match="river has no variant short; there are none"):
        as_played(a_rule_set(), "short")


def test_a_variant_has_its_own_rounds_lengths_and_votes() -> None:
    rules = played(rounds=1, pace=50, seconds={"plenary": 300}, vote_seconds=20, from_round=1)
    assert rules.schedule.rounds == 1
    assert lengths(rules) == {"card": 15, "corridors": 30, "plenary": 300}
    assert (rules.schedule.voting.seconds, rules.schedule.voting.from_round) == (20, 1)


def test_a_phase_lasts_a_second_at_least() -> None:
    rules = a_rule_set(schedule=a_schedule(phases=(a_phase("talk", "say", seconds=1),)))
    fast = as_played(replace(rules, variants=(a_variant("fast", pace=10),)), "fast")
    assert lengths(fast) == {"talk": 1}


def test_a_variant_leaves_out_phases_and_mechanics_and_deals_cards_elsewhere() -> None:
    rules = played(without=("card", "pledges"), draws={"plenary": 2})
    assert [(phase.id, phase.draws) for phase in rules.schedule.phases] == [("corridors", 0), ("plenary", 2)]


def test_without_pledges_nobody_is_asked_to_honour_one() -> None:
    rules = load_scenario("european-security-treaty")
    lesson = as_played(rules, "lesson")
    assert "pledges" in rules.mechanics.names
    left_out = {"pledges", "audits", "attribution", "idle_rounds"}
    assert {*rules.mechanics.names} - {*lesson.mechanics.names} == left_out
    allowed = {action for phase in lesson.schedule.phases for action in phase.actions}
    assert allowed.isdisjoint({"pledge", "honour", "renege", "audit"})
    assert {"say", "circulate", "table", "vote"} < allowed


def test_without_cards_nothing_is_drawn() -> None:
    rules = played(without=("cards",), draws={"plenary": 2})
    assert (rules.cards, rules.deal_limits) == ((), ())
    assert rules.rules == a_rule_set().rules
    assert {phase.draws for phase in rules.schedule.phases} == {0}
    table = started(rules)
    table.go_to("2.plenary")
    assert table.state.cards == ()


def test_without_confidence_nobody_whispers_and_nothing_is_circulated() -> None:
    table = started(played(without=("confidential",)))
    table.go_to("1.corridors")
    refusal = table.refuses(NORTH, asked.Say(channel=ChannelId("NOR+SOU"), text="Psst."))
    assert (refusal.code, refusal.rule) == ("illegal_action", "say.confidential")
    assert table.refuses(NORTH, asked.Circulate(options={}, to=(SOUTH,))).rule == "phase.actions"
    (say,) = [one for one in table.view(NORTH).legal if one.kind == "say"]
    assert (say.channels, say.roles) == (("plenary", "delegation"), ())
    for channel in ("plenary", "delegation"):
        table.by(BUREAU, asked.Say(channel=ChannelId(channel), text="Good morning."))


def test_scores_are_the_same_in_every_variant() -> None:
    for scenario, variant in EVERY:
        rules = load_scenario(scenario)
        short = as_played(rules, variant)
        assert opening(short) == opening(rules)
        assert short.digest == rules.digest
        assert (short.rules, short.curves, short.bodies) == (rules.rules, rules.curves, rules.bodies)


@pytest.mark.parametrize(("scenario", "variant"), EVERY)
def test_every_variant_of_our_scenarios_is_without_findings_of_its_own(scenario: str, variant: str) -> None:
    loaded_one = load_with_positions(scenario_text(scenario), source=scenario)
    accepted = {(one.code, one.place) for one in loaded_one.accepted}
    found = {(one.code, one.place) for one in findings(as_played(loaded_one.rules, variant))}
    assert found - accepted == set()


@pytest.mark.parametrize(("scenario", "variant"), EVERY)
def test_the_rounds_of_every_variant_fit_its_minutes(scenario: str, variant: str) -> None:
    """The last text is asked when all phases are over, and what was adopted is then carried out."""
    rules = as_played(load_scenario(scenario), variant)
    talks = rules.schedule.rounds * sum(phase.seconds for phase in phases(rules))
    assert 0.8 * rules.minutes * 60 <= talks
    after = rules.schedule.implementation
    assert talks + rules.schedule.voting.seconds + (0 if after is None else after.seconds) <= rules.minutes * 60


def test_the_flagship_is_played_in_half_a_day_ninety_minutes_a_lesson_or_a_week() -> None:
    rules = load_scenario("european-security-treaty")
    told = {variant.id: (variant.minutes, as_played(rules, variant.id).schedule.rounds) for variant in rules.variants}
    assert told == {"half_day": (120, 6), "ninety_minutes": (90, 5), "lesson": (45, 4), "week": (10_080, 3)}
    assert [variant.id for variant in rules.variants if variant.in_days] == ["week"]


WHOLE = "{id: whole, name: Whole, minutes: 10}"


def with_variants(*entries: str) -> str:
    return changed(("deck:\n", f"variants: [{', '.join(entries)}]\ndeck:\n"))


def test_a_document_says_what_its_variants_change() -> None:
    short = (
        "{id: short, name: Short, minutes: 2, rounds: 1, pace: 50, seconds: {news: 20}, draws: {plenary: 1}, "
        "without: [vows, cards], from_round: 1, vote_seconds: 20}"
    )
    rules = loaded(with_variants(WHOLE, short))
    assert rules.variants[1] == a_variant(
        "short",
        minutes=2,
        rounds=1,
        pace=50,
        seconds={"news": 20},
        draws={"plenary": 1},
        without=("vows", "cards"),
        from_round=1,
        vote_seconds=20,
    )
    assert lengths(as_played(rules, "short")) == {"news": 20, "plenary": 30}
    assert as_played(rules, "short").cards == ()


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (
            "seconds: {newz: 20}",
            "variants[1].seconds.newz: expected a phase of this variant, found 'newz'; did you mean",
        ),
        ("without: [news], draws: {news: 1}", "variants[1].draws.news: expected a phase of this variant"),
        ("without: [pledgs]", "variants[1].without[0]: expected a phase, a mechanic, cards or confidential, found 'pl"),
        ("without: [news, plenary, vows]", "variants[1].without: expected a phase that is left, found 'every phase'"),
        ("rounds: 1, from_round: 2", "variants[1].from_round: expected voting from a round up to 1, found 2"),
        ("pace: 9", "variants[1].pace: expected 10 or more"),
        ("clock: days", "variants[1]: expected `clock: days` and dates in `closes`, or neither"),
        ('closes: {news: {days: 1, at: "18:00"}}', "variants[1]: expected `clock: days` and dates in `closes`"),
        ('clock: days, closes: {news: {days: 1, at: "24:00"}}', "closes.news.at: expected a time of the day"),
        ('clock: days, closes: {news: {days: 15, at: "12:00"}}', "closes.news.days: expected 14 or less"),
    ],
)
def test_what_does_not_fit_the_schedule_is_told(entry: str, problem: str) -> None:
    (found,) = problems_in(with_variants(WHOLE, f"{{id: short, name: Short, minutes: 2, {entry}}}"))
    assert problem in found


def test_in_days_every_phase_needs_a_date() -> None:
    entry = '{id: slow, name: Slow, minutes: 2, clock: days, without: [vows], closes: {news: {days: 1, at: "18:00"}}}'
    (found,) = problems_in(with_variants(WHOLE, entry))
    assert "variants[1].closes: expected a date for the phase plenary, found nothing" in found


def test_the_first_variant_is_the_game_as_it_stands() -> None:
    for entry in ("{id: whole, name: Whole, minutes: 9}", "{id: whole, name: Whole, minutes: 10, rounds: 1}"):
        (found,) = problems_in(with_variants(entry))
        assert "variants[0]: expected first the game as it stands, with 10 minutes and no changes" in found


def test_every_variant_has_a_name_of_its_own() -> None:
    (found,) = problems_in(with_variants(WHOLE, WHOLE))
    assert "variants[1].id: expected another name (this one is that of variants[0]), found 'whole'" in found


def test_a_variant_may_be_without_what_follows_an_adopted_text() -> None:
    schedule = a_schedule(implementation=a_phase("after", "say", seconds=100))
    rules = a_rule_set(schedule=schedule, variants=(a_variant("whole"), a_variant("short", pace=50)))
    after = as_played(rules, "short").schedule.implementation
    assert after is not None
    assert after.seconds == 50
    without = replace(rules, variants=(a_variant("whole"), a_variant("short", without=("after",))))
    assert as_played(without, "short").schedule.implementation is None


def test_an_ending_of_a_mechanic_goes_with_it() -> None:
    broken = an_ending("broken", happened="pledges.broken")
    rules = a_rule_set(
        endings=(broken, an_ending("calm")),
        variants=(a_variant("whole"), a_variant("short", without=("pledges",))),
    )
    assert [one.id for one in as_played(rules, "short").endings] == ["calm"]
