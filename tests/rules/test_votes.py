"""Votes: who calls one, who votes, silence, the closing moment, the count."""

import pytest
from msgspec.structs import replace

from tests.support.rulesets import (
    BUREAU,
    DAM,
    EAST,
    NORTH,
    SOUTH,
    TOLL,
    a_body,
    a_rule_set,
    a_schedule,
    a_voting,
)
from tests.support.tables import CLOCK, FACILITATOR, HOST, PlayedTable, joined, opened, started
from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor
from threebirds_rules.conditions import GaugeWithin
from threebirds_rules.events import BodyCount, ClosingBegan, TableEnded, VoteCalled, VoteCounted
from threebirds_rules.names import GaugeId, IssueId
from threebirds_rules.ruleset import Body, RuleSet
from threebirds_rules.state import Proposal


def plenary(rules: RuleSet | None = None) -> PlayedTable:
    table = started(a_rule_set() if rules is None else rules)
    table.go_to("1.plenary")
    return table


def voting(table: PlayedTable, options: dict[str, int] | None = None) -> Proposal:
    """A text of North's that is being voted on."""
    text = table.tabled(NORTH, options or {"toll": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    return text


def deciding(*bodies: Body) -> RuleSet:
    return a_rule_set(bodies=bodies)


def count(table: PlayedTable) -> tuple[BodyCount, ...]:
    return next(event.bodies for event in table.log if isinstance(event, VoteCounted))


def test_a_vote_runs_for_its_time_and_holds_the_phase_open() -> None:
    table = plenary()
    table.now += 100_000
    voting(table)
    ballot = table.view(SOUTH).ballot
    assert ballot is not None
    assert (ballot.caller, ballot.closing, ballot.closes_at) == (NORTH, False, table.now + 60_000)
    table.now += 30_000
    assert table.refused(CLOCK, asked.TimeUp()).rule == "clock.due"


def test_sponsor_and_chair_call_the_vote_and_nobody_else() -> None:
    table = plenary()
    text = table.tabled(NORTH, {"toll": 1})
    assert table.refuses(SOUTH, asked.CallVote(proposal=text.id)).rule == "vote.caller"
    (event,) = table.by(BUREAU, asked.CallVote(proposal=text.id))
    assert isinstance(event, VoteCalled)
    assert event.role == BUREAU


def test_where_only_the_chair_calls_the_sponsor_may_if_no_chair_is_there() -> None:
    schedule = a_schedule(voting=a_voting(callers=("chair",)))
    table = plenary(a_rule_set(schedule=schedule))
    text = table.tabled(NORTH, {"toll": 1})
    assert table.refuses(NORTH, asked.CallVote(proposal=text.id)).rule == "vote.caller"
    alone = opened(a_rule_set(schedule=schedule))
    joined(alone, "anna", NORTH)
    joined(alone, "ben", SOUTH)
    alone.do(FACILITATOR, asked.Start(empty="drop"))
    alone.go_to("1.plenary")
    text = alone.tabled(NORTH, {"toll": 1})
    alone.by(NORTH, asked.CallVote(proposal=text.id))


def test_no_vote_before_its_round() -> None:
    table = plenary(a_rule_set(schedule=a_schedule(voting=a_voting(from_round=2))))
    text = table.tabled(NORTH, {"toll": 1})
    refusal = table.refuses(NORTH, asked.CallVote(proposal=text.id))
    assert (refusal.rule, refusal.message) == ("vote.from_round", "A vote can be called from round 2 on.")


def test_one_vote_at_a_time_and_only_on_a_tabled_text() -> None:
    table = plenary()
    table.by(NORTH, asked.Circulate(options={DAM: 1}, to=(SOUTH,)))
    paper = table.state.proposals[-1]
    assert table.refuses(NORTH, asked.CallVote(proposal=paper.id)).rule == "vote.tabled"
    other = table.tabled(NORTH, {"dam": 1})
    voting(table)
    assert table.refuses(NORTH, asked.CallVote(proposal=other.id)).rule == "vote.one"


def test_a_text_does_not_change_while_it_is_voted_on() -> None:
    table = plenary()
    text = voting(table)
    assert table.refuses(SOUTH, asked.Amend(proposal=text.id, options={DAM: 1})).rule == "text.voting"


def test_who_sits_in_no_competent_body_does_not_vote() -> None:
    table = plenary()
    text = table.tabled(NORTH, {"toll": 1})
    assert table.refuses(SOUTH, asked.Vote(proposal=text.id, choice="yes")).rule == "vote.open"
    table.by(NORTH, asked.CallVote(proposal=text.id))
    assert table.refuses(BUREAU, asked.Vote(proposal=text.id, choice="yes")).rule == "vote.member"
    breaking = asked.BreakSilence(proposal=text.id, issue=TOLL, reason="No.")
    assert table.refuses(BUREAU, breaking).rule == "vote.member"


def test_silence_is_broken_with_an_article_and_a_reason() -> None:
    table = plenary()
    text = voting(table)
    assert table.refuses(SOUTH, asked.Vote(proposal=text.id, choice="no")).rule == "vote.silence"
    empty = asked.BreakSilence(proposal=text.id, issue=TOLL, reason=" ")
    assert table.refuses(SOUTH, empty).path == "reason"
    nowhere = asked.BreakSilence(proposal=text.id, issue=IssueId("tol"), reason="No.")
    assert table.refuses(SOUTH, nowhere).path == "options.tol"
    table.by(SOUTH, asked.BreakSilence(proposal=text.id, issue=TOLL, reason="Too dear."))
    ballot = table.view(NORTH).ballot
    assert ballot is not None
    assert [(vote.role, vote.choice, vote.reason) for vote in ballot.votes] == [(SOUTH, "no", "Too dear.")]


def test_silence_is_broken_only_in_a_body_that_decides_by_silence() -> None:
    table = plenary(deciding(a_body("all", NORTH, SOUTH)))
    text = voting(table)
    breaking = asked.BreakSilence(proposal=text.id, issue=TOLL, reason="No.")
    assert table.refuses(SOUTH, breaking).rule == "silence.member"
    table.by(SOUTH, asked.Vote(proposal=text.id, choice="no"))


def test_once_all_have_voted_a_last_moment_is_left_to_change_a_vote() -> None:
    table = plenary()
    text = voting(table)
    table.by(NORTH, asked.Vote(proposal=text.id, choice="yes"))
    _, closing = table.by(SOUTH, asked.Vote(proposal=text.id, choice="yes"))
    assert closing == ClosingBegan(at=table.now, proposal=text.id, closes_at=table.now + 10_000)
    table.by(SOUTH, asked.BreakSilence(proposal=text.id, issue=TOLL, reason="On second thoughts."))
    assert isinstance(table.time_up()[0], VoteCounted)
    assert table.text(text).status == "rejected"
    assert table.state.phase == "1.plenary"


def test_an_adopted_text_ends_the_conference_with_everybodys_points() -> None:
    table = plenary()
    text = voting(table)
    table.by(NORTH, asked.Vote(proposal=text.id, choice="yes"))
    table.by(SOUTH, asked.Vote(proposal=text.id, choice="yes"))
    counted, ended = table.time_up()
    assert isinstance(counted, VoteCounted)
    assert isinstance(ended, TableEnded)
    assert (counted.adopted, ended.result, ended.proposal) == (True, "adopted", text.id)
    assert all(result.surplus == result.score - result.walk_away for result in ended.results)
    assert table.refuses(NORTH, asked.Pass()).code == "game_over"


def test_the_silence_of_a_seat_that_is_there_consents() -> None:
    table = plenary()
    text = voting(table)
    table.by(NORTH, asked.Vote(proposal=text.id, choice="yes"))
    table.by(SOUTH, asked.Attend())
    table.time_up()
    league = count(table)[-1]
    assert (league.consents, league.yes, league.silent, league.absent) == (True, (NORTH,), (SOUTH,), ())


def test_the_silence_of_a_seat_that_nobody_answers_for_does_not() -> None:
    table = plenary()
    text = voting(table)
    table.by(NORTH, asked.Vote(proposal=text.id, choice="yes"))
    table.time_up()
    league = count(table)[-1]
    assert (league.consents, league.absent) == (False, (SOUTH,))
    readings = {one.role: one.reading for one in table.view(NORTH).proposals[0].bodies[-1].members}
    assert readings == {NORTH: "yes", SOUTH: "waiting"}


def test_a_confidential_word_is_no_sign_of_presence() -> None:
    table = plenary()
    text = voting(table)
    table.by(NORTH, asked.Vote(proposal=text.id, choice="yes"))
    table.by(SOUTH, asked.Draft(options={DAM: 1}))
    table.time_up()
    assert count(table)[-1].absent == (SOUTH,)


def test_a_bot_is_always_there() -> None:
    table = plenary()
    table.do(FACILITATOR, asked.HandToBot(role=SOUTH, bot="random"))
    text = voting(table)
    table.by(NORTH, asked.Vote(proposal=text.id, choice="yes"))
    table.time_up()
    assert count(table)[-1].consents


def test_while_a_vote_runs_silence_reads_as_silence() -> None:
    table = plenary()
    voting(table)
    readings = table.view(BUREAU).proposals[0].bodies[-1].members
    assert [one.reading for one in readings] == ["silent", "silent"]


@pytest.mark.parametrize(
    ("body", "choices", "consents"),
    [
        (a_body("b", NORTH, SOUTH, EAST), ("yes", "yes", "yes"), True),
        (a_body("b", NORTH, SOUTH, EAST), ("yes", "yes", None), False),
        (a_body("b", NORTH, SOUTH, EAST, decides="majority"), ("yes", "yes", "no"), True),
        (a_body("b", NORTH, SOUTH, EAST, decides="majority"), ("yes", None, "no"), False),
        (a_body("b", NORTH, SOUTH, EAST, decides="majority", vetoes=(EAST,)), ("yes", "yes", "no"), False),
        (a_body("b", NORTH, SOUTH, EAST, decides="majority", vetoes=(EAST,)), ("yes", "yes", None), True),
        (a_body("b", NORTH, SOUTH, EAST, decides="majority", quorum=3), ("yes", "yes", None), False),
        (a_body("b", NORTH, SOUTH, EAST, decides="majority", quorum=3), ("yes", "yes", "no"), True),
    ],
)
def test_a_body_decides_by_its_rule(body: Body, choices: tuple[asked.Choice | None, ...], *, consents: bool) -> None:
    table = started(deciding(body), NORTH, SOUTH, EAST)
    table.go_to("1.plenary")
    text = voting(table)
    for role, choice in zip((NORTH, SOUTH, EAST), choices, strict=True):
        if choice is not None:
            table.by(role, asked.Vote(proposal=text.id, choice=choice))
    table.time_up()
    assert [one.consents for one in count(table)] == [consents]


def test_a_text_that_no_body_has_to_agree_to_is_not_adopted() -> None:
    table = plenary(deciding(a_body("far", EAST)))
    text = voting(table)
    table.time_up()
    assert table.text(text).status == "rejected"


def test_a_rejected_text_goes_on_showing_its_count() -> None:
    table = plenary()
    text = voting(table)
    table.by(SOUTH, asked.BreakSilence(proposal=text.id, issue=TOLL, reason="No."))
    table.time_up()
    shown = table.view(BUREAU).proposals[0]
    assert [body.consents for body in shown.bodies] == [False, False]
    assert "not adopted" in table.refuses(NORTH, asked.Withdraw(proposal=text.id)).message


def test_a_phase_that_was_due_closes_after_the_count() -> None:
    table = plenary()
    table.now += 100_000
    voting(table)
    table.time_up()
    assert table.state.phase == "2.card"


def test_seats_that_all_passed_during_a_vote_move_on_after_it() -> None:
    table = plenary()
    voting(table)
    for role in (NORTH, SOUTH, BUREAU):
        table.by(role, asked.Pass())
    assert table.state.phase == "1.plenary"
    table.time_up()
    assert table.state.phase == "2.card"


def test_closing_the_phase_counts_the_vote_first() -> None:
    table = plenary()
    voting(table)
    counted, *_ = table.do(FACILITATOR, asked.ClosePhase())
    assert isinstance(counted, VoteCounted)
    assert table.state.phase == "2.card"


def test_closing_the_phase_on_an_accepted_text_ends_the_conference() -> None:
    table = plenary()
    text = voting(table)
    table.by(NORTH, asked.Vote(proposal=text.id, choice="yes"))
    table.by(SOUTH, asked.Vote(proposal=text.id, choice="yes"))
    table.do(FACILITATOR, asked.ClosePhase())
    assert table.state.status == "ended"


def test_the_last_text_on_the_table_is_put_to_the_vote_at_the_end() -> None:
    table = plenary()
    table.tabled(NORTH, {"dam": 1})
    last = table.tabled(SOUTH, {"toll": 1})
    table.go_to("2.plenary")
    (called,) = table.time_up()
    assert isinstance(called, VoteCalled)
    assert (called.proposal, called.role) == (last.id, None)
    events = table.time_up()
    assert [type(event).__name__ for event in events] == ["VoteCounted", "PhaseClosed", "TableEnded"]


@pytest.mark.parametrize("last_text", [True, False])
def test_without_a_text_or_without_that_rule_the_end_comes_at_once(*, last_text: bool) -> None:
    schedule = a_schedule(rounds=1, voting=a_voting(last_text=last_text))
    table = plenary(a_rule_set(schedule=schedule))
    if not last_text:
        table.tabled(NORTH, {"dam": 1})
    table.time_up()
    assert table.state.status == "ended"


def test_a_vote_pauses_and_stretches_with_the_clock() -> None:
    table = plenary()
    voting(table)
    start = table.now
    table.do(FACILITATOR, asked.Extend(seconds=5))
    table.do(FACILITATOR, asked.Pause())
    ballot = table.view(SOUTH).ballot
    assert ballot is not None
    assert (ballot.closes_at, ballot.left_ms) == (None, 65_000)
    table.now += 1_000
    table.do(FACILITATOR, asked.Resume())
    ballot = table.view(SOUTH).ballot
    assert ballot is not None
    assert ballot.closes_at == start + 66_000


def test_a_vote_is_called_on_the_version_that_was_read() -> None:
    table = plenary()
    text = table.tabled(NORTH, {"toll": 1})
    table.by(NORTH, asked.Amend(proposal=text.id, options={DAM: 1}))
    stale = asked.Given(version=text.version, digest=text.digest)
    assert table.refused(table.seat(BUREAU), asked.CallVote(proposal=text.id), stale).code == "stale_proposal"


def test_votes_in_a_body_without_silence_close_it_early_for_members_only() -> None:
    """South has no say in the northern council's matters here, so that North alone closes the vote."""
    table = plenary(deciding(a_body("north_council", NORTH)))
    text = voting(table)
    events = table.by(NORTH, asked.Vote(proposal=text.id, choice="yes"))
    assert isinstance(events[-1], ClosingBegan)


def test_a_person_who_left_in_mid_vote_leaves_a_seat_that_is_absent() -> None:
    table = plenary()
    text = voting(table)
    table.by(NORTH, asked.Vote(proposal=text.id, choice="yes"))
    table.do(HOST, asked.Seat(person=joined(table, "late"), role=SOUTH))
    assert table.refused(Actor(kind="seat", role=SOUTH, person=None), asked.Pass()).code == "not_your_seat"


def test_a_stored_ballot_survives_a_count_that_has_no_ballot() -> None:
    """`evolve` is total: a vote that arrives after the count in some old log changes nothing but its author."""
    table = plenary()
    text = voting(table)
    (cast,) = table.by(NORTH, asked.Vote(proposal=text.id, choice="yes"))
    table.time_up()
    before = table.state
    table.keep([replace(cast, at=table.now)])
    assert table.state.ballot is None
    assert table.state.proposals == before.proposals


def test_a_body_may_be_competent_by_a_gauge() -> None:
    deep = a_body("deep", SOUTH, when=GaugeWithin(GaugeId("depth"), 3, None))
    table = plenary(deciding(a_body("north_council", NORTH), deep))
    shallow, dug = table.tabled(NORTH, {"dam": 1}), table.tabled(NORTH, {"dam": 2})
    seen = {one.id: [body.body for body in one.bodies] for one in table.view(SOUTH).proposals}
    assert (seen[shallow.id], seen[dug.id]) == (["north_council"], ["north_council", "deep"])
