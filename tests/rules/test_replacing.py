"""Other rules take over between two phases: the same ids and shapes, other numbers and texts."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.rulesets import DAM, NORTH, SOUTH, a_body, a_rule_set, a_schedule, an_issue
from tests.support.tables import FACILITATOR, PlayedTable, opened, started
from tests.support.wandering import everybody
from threebirds_rules import actions as asked
from threebirds_rules.engine import Exchange, apply_changes, canonical, exchange, seat_event, steps, view
from threebirds_rules.events import RulesReplaced
from threebirds_rules.mechanics.settings import Effect, IdleRounds, Mechanics
from threebirds_rules.refusals import Refused
from threebirds_rules.replacing import incompatible
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.steps import Step
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.changes import built

SOUTH_SEAT = Viewer("seat", SOUTH)


def dearer(*, north: int = 50, digest: str = "ef" * 32) -> RuleSet:
    """The river treaty with a North that asks for more, in other words."""
    rules = a_rule_set()
    roles = tuple(replace(role, comfort=north) if role.id == NORTH else role for role in rules.roles)
    return replace(rules, roles=roles, title="The river treaty, revised", digest=digest)


def replaced(table: PlayedTable, new: RuleSet) -> tuple[Step, ...]:
    taken = exchange(table.rules, table.state, FACILITATOR, new, table.now)
    assert not isinstance(taken, Refused), taken
    table.log += [step.event for step in taken]
    table.state, table.rules = taken[-1].after, new
    return taken


def refusal(table: PlayedTable, new: RuleSet) -> Refused:
    taken = exchange(table.rules, table.state, FACILITATOR, new, table.now)
    assert isinstance(taken, Refused)
    return taken


def test_the_phase_is_closed_and_the_next_one_goes_by_the_other_rules() -> None:
    table = started(a_rule_set())
    longer = replace(
        dearer(), schedule=a_schedule(phases=tuple(replace(one, seconds=7) for one in a_schedule().phases))
    )
    taken = replaced(table, longer)
    assert [type(step.event).__name__ for step in taken] == ["PhaseClosed", "RulesReplaced", "PhaseOpened"]
    assert (table.state.phase, table.state.closes_at, table.state.digest) == (
        "1.corridors",
        table.now + 7_000,
        "ef" * 32,
    )
    mandate = table.view(NORTH).mandate
    assert mandate is not None
    assert mandate.mandate.walk_away == 50 + sum(one.shifts.get(NORTH, 0) for one in table.state.cards) + trust(table)


def trust(table: PlayedTable) -> int:
    return -sum(table.state.tracks.values())


def test_before_the_start_rules_are_replaced_at_once() -> None:
    table = opened(a_rule_set())
    assert [type(step.event) for step in replaced(table, dearer())] == [RulesReplaced]
    assert table.view(SOUTH).treaty.title == "The river treaty, revised"


def test_a_log_is_folded_by_the_rules_of_each_of_its_parts() -> None:
    table = started(a_rule_set())
    replaced(table, dearer())
    table.go_to("2.card")
    replaced(table, dearer(north=-50, digest="aa" * 32))
    table.go_to("2.plenary")
    later = {rules.digest: rules for rules in (dearer(), dearer(north=-50, digest="aa" * 32))}
    *_, last = steps(a_rule_set(), State(), table.log, later)
    assert last.after == table.state
    assert [one.digest for one in last.after.replacements] == ["ef" * 32, "aa" * 32]


def test_the_changes_turn_every_view_into_the_one_by_the_other_rules() -> None:
    table = started(a_rule_set())
    old = table.rules
    replacing = next(step for step in replaced(table, dearer()) if isinstance(step.event, RulesReplaced))
    for viewer in everybody(table):
        before = built(view(old, replacing.before, viewer))
        changes = Exchange((old, table.rules), replacing.before, replacing.after).changes(viewer)
        assert canonical(apply_changes(before, changes)) == canonical(view(table.rules, replacing.after, viewer))


def told(north: int, digest: str, viewer: Viewer) -> object:
    table = started(a_rule_set())
    old = table.rules
    replacing = next(step for step in replaced(table, dearer(north=north, digest=digest)) if step.event.at)
    step = Exchange((old, table.rules), replacing.before, table.state)
    event = next(one for one in table.log if isinstance(one, RulesReplaced))
    return (seat_event(old, table.state, event, viewer), step.changes(viewer), view(table.rules, table.state, viewer))


@pytest.mark.parametrize("viewer", [SOUTH_SEAT, Viewer("observer"), Viewer("public")])
def test_a_seat_learns_nothing_of_anothers_new_numbers_not_even_by_the_digest(viewer: Viewer) -> None:
    assert told(50, "ef" * 32, viewer) == told(-9, "aa" * 32, viewer)
    assert told(50, "ef" * 32, Viewer("seat", NORTH)) != told(-9, "aa" * 32, Viewer("seat", NORTH))


def test_everybody_sees_that_rules_were_replaced_and_the_facilitator_by_which() -> None:
    table = started(a_rule_set())
    replaced(table, dearer())
    assert [(one.at, one.digest) for one in table.view(SOUTH).replacements] == [(table.now, None)]
    desk = view(table.rules, table.state, Viewer("facilitator"))
    assert [one.digest for one in desk.replacements] == ["ef" * 32]


def may_replace(table: PlayedTable) -> bool:
    desk = view(table.rules, table.state, Viewer("facilitator"))
    return "replace_rules" in {one.kind for one in desk.legal}


def test_rules_are_not_replaced_while_a_vote_is_under_way_or_due_or_nothing_follows() -> None:
    table = started(a_rule_set())
    table.go_to("2.plenary")
    assert not may_replace(table)
    assert refusal(table, dearer()).rule == "replace.moment"
    voting = started(a_rule_set())
    assert may_replace(voting)
    voting.go_to("1.plenary")
    text = voting.tabled(NORTH, {"toll": 1})
    voting.by(NORTH, asked.CallVote(proposal=text.id))
    assert not may_replace(voting)
    due = started(a_rule_set(schedule=a_schedule(rounds=1, phases=(*a_schedule().phases, a_schedule().phases[0]))))
    due.go_to("1.plenary")
    assert may_replace(due)
    due.tabled(NORTH, {"toll": 1})
    assert not may_replace(due)
    due.do(FACILITATOR, asked.Pause())
    assert refusal(due, dearer()).rule == "replace.moment"


def test_only_whoever_has_the_other_rules_can_replace_them() -> None:
    table = started(a_rule_set())
    assert table.refused(FACILITATOR, asked.ReplaceRules(digest="ef" * 32)).path == "digest"
    assert refusal(table, a_rule_set()).rule == "replace.same"
    seat = exchange(table.rules, table.state, table.seat(NORTH), dearer(), table.now)
    assert isinstance(seat, Refused)
    assert seat.code == "forbidden"


def without_first(rules: RuleSet, section: str) -> dict[str, Any]:
    return {section: getattr(rules, section)[1:]}


SECTIONS = (
    "aspects",
    "roles",
    "issues",
    "gauges",
    "tracks",
    "rules",
    "bodies",
    "switches",
    "cards",
    "paths",
    "endings",
)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_part_that_is_missing_or_new_does_not_fit(section: str) -> None:
    old = a_rule_set()
    less = replace(old, **without_first(old, section))
    name = getattr(old, section)[0].id
    assert incompatible(old, less) == (f"{section}: {name} is missing.",)
    assert incompatible(less, old) == (f"{section}: {name} is new.",)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"issues": (an_issue("dam", {NORTH: (0, 1)}), *a_rule_set().issues[1:])}, "issues: dam is of another kind"),
        ({"roles": (replace(a_rule_set().roles[0], vote=False), *a_rule_set().roles[1:])}, "roles: NOR is of another"),
        ({"cards": a_rule_set().cards[::-1]}, "cards: they stand in another order"),
        ({"bodies": (a_body("north_council", SOUTH), *a_rule_set().bodies[1:])}, "bodies: north_council is of another"),
        ({"schedule": a_schedule(rounds=3)}, "rounds: 2 before, 3 now."),
        ({"schedule": a_schedule(phases=a_schedule().phases[:2])}, "phases: plenary is missing."),
        ({"mechanics": Mechanics(idle_rounds=IdleRounds(idle=Effect(text="Idle.")))}, "mechanics: idle_rounds is new."),
    ],
)
def test_what_people_sit_on_keeps_its_shape(changes: dict[str, Any], problem: str) -> None:
    new = replace(dearer(), **changes)
    (found,) = incompatible(a_rule_set(), new)
    assert found.startswith(problem)
    refused = refusal(started(a_rule_set()), new)
    assert refused.rule == "replace.shape"
    assert found in refused.message


def test_numbers_and_texts_may_all_differ() -> None:
    new = replace(
        dearer(),
        issues=(an_issue("dam", {SOUTH: (5, 6, 7)}), *a_rule_set().issues[1:]),
        bodies=tuple(replace(body, margin=9, text="Other words.") for body in a_rule_set().bodies),
    )
    assert incompatible(a_rule_set(), new) == ()
    table = started(a_rule_set())
    table.go_to("1.corridors")
    table.by(NORTH, asked.Circulate(options={DAM: 1}, to=(SOUTH,)))
    replaced(table, new)
    own = table.view(SOUTH).proposals[0].own
    assert own is not None
    assert own.score == 6
