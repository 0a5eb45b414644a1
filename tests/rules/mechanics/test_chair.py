"""The chair: agenda, floor, one single text a round, an article held back, and what it loses without a text."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from tests.support.documents import changed, loaded, problems_in
from tests.support.rulesets import BUREAU, DAM, DECIDE, EAST, NORTH, SOUTH, TOLL, WATCH, a_phase, a_rule_set, a_schedule
from tests.support.tables import FACILITATOR, HOST, PlayedTable, started
from tests.support.wandering import everybody, wander
from threebirds_rules import actions as asked
from threebirds_rules.actions import Action
from threebirds_rules.engine import apply_changes, canonical, evolve, seat_event, view, view_changes
from threebirds_rules.legal import Legal
from threebirds_rules.loading import load_scenario
from threebirds_rules.mechanics.chair.shapes import ChairView, GiveFloor, HoldItem, SetAgenda
from threebirds_rules.mechanics.progress import Development
from threebirds_rules.mechanics.settings import BoldOffers, Chair, Effect, Mechanics
from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.changes import built

BOLD = BoldOffers(turned=2, bold=Effect(text="A bold offer."))
POWERS = ("set_agenda", "give_floor", "hold_item")


def chaired(texts_a_round: int = 1) -> RuleSet:
    """Two rounds of one plenary."""
    plenary = a_phase("plenary", *DECIDE, *POWERS)
    settings = Chair(texts_a_round=texts_a_round, without_text={BUREAU: -5}, text="Nothing came of it.")
    return a_rule_set(schedule=a_schedule(phases=(plenary,)), mechanics=Mechanics(chair=settings))


def table() -> PlayedTable:
    return started(chaired())


def seen(played: PlayedTable, role: RoleId = SOUTH) -> ChairView:
    found = played.view(role).mechanics.chair
    assert found is not None
    return found


def legal(played: PlayedTable, role: RoleId, kind: str) -> Legal | None:
    return next((one for one in played.view(role).legal if one.kind == kind), None)


@pytest.mark.parametrize("action", [SetAgenda(issues=(DAM,)), GiveFloor(role=SOUTH), HoldItem(issue=DAM)])
def test_nobody_but_the_chair_has_its_powers(action: Action) -> None:
    played = table()
    assert played.refuses(NORTH, action).rule == "chair.seat"
    assert [legal(played, NORTH, kind) for kind in POWERS] == [None] * 3
    plain = started(a_rule_set())
    assert plain.refuses(BUREAU, action).rule == "phase.actions"
    assert plain.view(BUREAU).mechanics.chair is None


def test_the_agenda_is_seen_by_everybody_and_may_be_changed_and_lifted() -> None:
    played = table()
    (event,) = played.by(BUREAU, SetAgenda(issues=(WATCH, DAM)))
    assert seat_event(played.rules, played.state, event, Viewer("public")) == {
        "kind": "agenda_set",
        "at": played.now,
        "role": BUREAU,
        "issues": ["watch", "dam"],
    }
    assert seen(played).agenda == (WATCH, DAM)
    assert played.by(BUREAU, SetAgenda(issues=(WATCH, DAM))) == ()
    played.by(BUREAU, SetAgenda(issues=()))
    assert seen(played).agenda == ()


@pytest.mark.parametrize(("issues", "path"), [((IssueId("damm"),), "options.damm"), ((DAM, TOLL, DAM), "issues")])
def test_an_agenda_names_articles_and_each_once(issues: Sequence[IssueId], path: str) -> None:
    assert table().refuses(BUREAU, SetAgenda(issues=tuple(issues))).path == path


def test_whoever_made_a_bold_offer_sets_the_agenda_of_the_next_round_and_has_no_other_power() -> None:
    played = table()
    played.rules = replace(played.rules, mechanics=replace(played.rules.mechanics, bold_offers=BOLD))
    text = played.tabled(NORTH, {"toll": 1})
    made = Development(mechanic="bold_offers", effect="bold", round=1, at=0, about=text.id, tracks={}, shifts={})
    played.state = replace(played.state, progress=replace(played.state.progress, developments=(made,)))
    assert legal(played, NORTH, "set_agenda") is None
    played.go_to("2.plenary")
    assert legal(played, NORTH, "set_agenda") is not None
    played.by(NORTH, SetAgenda(issues=(TOLL,)))
    assert played.refuses(NORTH, GiveFloor(role=SOUTH)).rule == "chair.seat"
    assert [legal(played, NORTH, kind) for kind in ("give_floor", "hold_item")] == [None, None]


def test_the_floor_is_given_taken_and_nobodys_in_the_next_phase() -> None:
    played = table()
    offered = legal(played, BUREAU, "give_floor")
    assert offered is not None
    assert offered.roles == (NORTH, SOUTH)
    played.by(BUREAU, GiveFloor(role=SOUTH))
    assert seen(played).floor == SOUTH
    assert played.refuses(BUREAU, GiveFloor(role=SOUTH)).rule == "floor.given"
    played.by(BUREAU, GiveFloor(role=None))
    assert seen(played).floor is None
    played.by(BUREAU, GiveFloor(role=NORTH))
    played.go_to("2.plenary")
    assert seen(played).floor is None
    for nobody in (BUREAU, EAST):
        assert played.refuses(BUREAU, GiveFloor(role=nobody)).path == "role"


def test_the_floor_can_be_taken_from_somebody_who_is_gone() -> None:
    played = started(chaired(), NORTH, BUREAU)
    played.by(BUREAU, GiveFloor(role=NORTH))
    assert legal(played, BUREAU, "give_floor") == Legal(kind="give_floor")
    played.do(HOST, asked.Leave(person=asked.PersonId("nor one")))
    played.by(BUREAU, GiveFloor(role=None))
    assert legal(played, BUREAU, "give_floor") is None


def test_a_seat_that_keeps_silent_needs_no_floor_to_speak() -> None:
    played = table()
    played.by(BUREAU, GiveFloor(role=SOUTH))
    played.by(NORTH, asked.Say(channel=asked.ChannelId("plenary"), text="I object."))


def test_a_text_that_changes_the_held_article_is_not_put_to_the_vote_in_that_round() -> None:
    """By whomever, in whatever version; and no text gets around it by being called before its change."""
    played = table()
    with_dam, without = played.tabled(NORTH, {"dam": 1, "toll": 1}), played.tabled(SOUTH, {"toll": 1})
    played.by(BUREAU, HoldItem(issue=DAM))
    assert seen(played).held is not None
    for role in (NORTH, BUREAU):
        refusal = played.refuses(role, asked.CallVote(proposal=with_dam.id))
        assert (refusal.rule, "Dam" in refusal.message) == ("vote.held", True)
    callable_now = legal(played, BUREAU, "call_vote")
    assert callable_now is not None
    assert callable_now.proposals == (without.id,)
    played.by(SOUTH, asked.Amend(proposal=without.id, options={DAM: 2}))
    assert legal(played, BUREAU, "call_vote") is None
    played.by(NORTH, asked.Amend(proposal=with_dam.id, options={DAM: 0}))
    played.by(NORTH, asked.CallVote(proposal=with_dam.id))
    played.go_to("2.plenary")
    played.by(SOUTH, asked.CallVote(proposal=without.id))


def test_one_article_is_held_back_in_a_round_and_none_in_the_last() -> None:
    played = table()
    assert played.refuses(BUREAU, HoldItem(issue=IssueId("damm"))).path == "options.damm"
    played.by(BUREAU, HoldItem(issue=DAM))
    assert played.refuses(BUREAU, HoldItem(issue=TOLL)).rule == "hold.once"
    assert legal(played, BUREAU, "hold_item") is None
    played.go_to("2.plenary")
    assert played.refuses(BUREAU, HoldItem(issue=DAM)).rule == "hold.last_round"


def test_the_chair_tables_one_single_text_a_round_and_others_as_many_as_they_like() -> None:
    played = table()
    single = played.tabled(BUREAU, {"toll": 1})
    assert legal(played, BUREAU, "table") is None
    assert played.refuses(BUREAU, asked.Table(options={DAM: 1})).rule == "table.single"
    played.tabled(NORTH, {"dam": 1})
    played.tabled(NORTH, {"dam": 2})
    assert [text.single for text in played.view(SOUTH).proposals] == [True, False, False]
    played.by(BUREAU, asked.Amend(proposal=single.id, options={WATCH: 1}))
    played.go_to("2.plenary")
    played.tabled(BUREAU, {"toll": 1})


def test_a_single_text_that_was_taken_back_leaves_room_for_another_and_a_withdrawn_one_does_not() -> None:
    played = table()
    played.tabled(BUREAU, {"toll": 1})
    played.by(BUREAU, asked.TakeBack())
    again = played.tabled(BUREAU, {"toll": 1, "dam": 1})
    played.by(BUREAU, asked.Withdraw(proposal=again.id))
    assert played.refuses(BUREAU, asked.Table(options={DAM: 1})).rule == "table.single"
    two = started(chaired(texts_a_round=2))
    two.tabled(BUREAU, {"toll": 1})
    two.tabled(BUREAU, {"dam": 1})
    assert legal(two, BUREAU, "table") is None


def test_without_the_mechanic_the_chair_tables_as_everybody_does() -> None:
    played = started(replace(chaired(), mechanics=Mechanics(), schedule=a_schedule(phases=(a_phase("p", *DECIDE),))))
    played.tabled(BUREAU, {"toll": 1})
    assert not played.tabled(BUREAU, {"dam": 1}).amendments
    assert not any(text.single for text in played.view(SOUTH).proposals)


def test_the_chair_is_there_once_it_has_presided() -> None:
    played = table()
    played.by(BUREAU, SetAgenda(issues=(DAM,)))
    seat = played.state.seat(BUREAU)
    assert seat is not None
    assert seat.attended


def test_without_a_text_the_chair_loses_what_the_rule_set_says_and_knows_it_alone() -> None:
    played = table()
    assert (seen(played, BUREAU).without_text, seen(played, SOUTH).without_text) == (-5, 0)
    played.do(FACILITATOR, asked.End())
    outcome = played.view(SOUTH).outcome
    assert outcome is not None
    assert {one.role: (one.score, one.surplus) for one in outcome.results} == {
        NORTH: (0, 0),
        SOUTH: (0, 0),
        BUREAU: (-5, -5),
    }
    assert [one.text for result in outcome.results for one in result.adjustments] == ["Nothing came of it."]


def test_with_a_text_the_chair_has_the_points_of_the_text() -> None:
    played = table()
    text = played.tabled(NORTH, {"toll": 1})
    played.by(NORTH, asked.CallVote(proposal=text.id))
    for role in (NORTH, SOUTH):
        played.by(role, asked.Vote(proposal=text.id, choice="yes"))
    played.time_up()
    outcome = played.view(SOUTH).outcome
    assert outcome is not None
    assert next(one for one in outcome.results if one.role == BUREAU).score == 2


def test_the_powers_are_read_from_the_document_and_need_a_chair() -> None:
    on = ("mechanics: {}", "mechanics: {chair: {texts_a_round: 1, without_text: {NO: -5}, text: None.}}")
    assert loaded(changed(on)).mechanics.chair == Chair(texts_a_round=1, without_text={RoleId("NO"): -5}, text="None.")
    vacant = (on, ("chair: true", "chair: false"), ("[chair, sponsor]", "[sponsor]"))
    assert [found.split(": ", 1)[1] for found in problems_in(changed(*vacant))] == [
        "mechanics.chair: expected a role in the chair, for the mechanic of that name, found 'none'"
    ]


def test_the_secretariat_is_promised_what_the_engine_does() -> None:
    rules = load_scenario("european-security-treaty")
    brief = next(role for role in rules.roles if role.chair).confidential_brief
    powers = rules.mechanics.chair
    assert powers is not None
    assert (powers.texts_a_round, powers.without_text) == (1, {"NSG": -5})
    assert rules.schedule.voting.from_round == 3
    for promise in ("without one you score -5", "one text a round", "one article back for one round", "round 3"):
        assert promise in " ".join(brief.split())


@pytest.mark.parametrize("seed", range(6))
def test_games_at_random_keep_the_engines_promises_with_a_chair(seed: int) -> None:
    """What is legal is accepted, and the changes turn every view into the next one."""
    *_, played = wander(chaired(), seed)
    state = evolve(played.rules, State(), played.log[0])
    viewers = everybody(played)
    views = {who: built(view(played.rules, state, who)) for who in viewers}
    for event in played.log[1:]:
        after = evolve(played.rules, state, event)
        for who in viewers:
            changes = view_changes(played.rules, state, event, who)
            assert seat_event(played.rules, state, event, who) is not None or changes == []
            views[who] = apply_changes(views[who], changes)
            assert canonical(views[who]) == canonical(view(played.rules, after, who))
        state = after
