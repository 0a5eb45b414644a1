"""Texts: circulated, tabled, amended, supported, withdrawn; and what may be written at all."""

import pytest

from tests.support.rulesets import BUREAU, DAM, NORTH, SOUTH, TOLL, WATCH, a_rule_set
from tests.support.tables import FACILITATOR, HOST, PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.actions import Given
from threebirds_rules.engine import view
from threebirds_rules.events import Circulated, Tabled, VersionMade
from threebirds_rules.names import AmendmentId, AspectId, IssueId, PersonId, ProposalId, RoleId
from threebirds_rules.texts import cleaned
from threebirds_rules.viewers import Viewer

POINTS = AspectId("points")


@pytest.fixture
def table() -> PlayedTable:
    """In the first plenary."""
    played = started(a_rule_set())
    played.go_to("1.plenary")
    return played


def test_a_tabled_text_is_there_for_everybody_with_a_number(table: PlayedTable) -> None:
    (event,) = table.by(NORTH, asked.Table(options={DAM: 1}, note="A beginning."))
    assert isinstance(event, Tabled)
    assert (event.number, event.package, event.note) == (1, (1, 0, 0), "A beginning.")
    assert table.tabled(SOUTH, {"toll": 1}).number == 2
    wall = view(table.rules, table.state, Viewer("public"))
    assert [one.number for one in wall.proposals] == [1, 2]
    assert [one.own for one in wall.proposals] == [None, None]


def test_a_text_that_changes_nothing_is_not_tabled(table: PlayedTable) -> None:
    assert table.refuses(NORTH, asked.Table(options={DAM: 0})).rule == "table.change"


def test_a_circulated_text_is_there_for_those_it_names(table: PlayedTable) -> None:
    (event,) = table.by(NORTH, asked.Circulate(options={DAM: 1}, to=(SOUTH, NORTH)))
    assert isinstance(event, Circulated)
    assert (event.to, event.audience) == ((SOUTH,), (NORTH, SOUTH))
    assert [len(table.view(role).proposals) for role in (NORTH, SOUTH, BUREAU)] == [1, 1, 0]
    assert len(view(table.rules, table.state, Viewer("facilitator")).proposals) == 1


@pytest.mark.parametrize("to", [(), (NORTH,), (RoleId("XXX"),)])
def test_a_text_is_circulated_to_others_at_this_table(table: PlayedTable, to: tuple[RoleId, ...]) -> None:
    assert table.refuses(NORTH, asked.Circulate(options={DAM: 1}, to=to)).path == "to"


def test_nobody_circulates_where_nobody_else_is(table: PlayedTable) -> None:
    for person in ("sou one", "bur one"):
        table.do(HOST, asked.Leave(person=PersonId(person)))
    assert "circulate" not in [one.kind for one in table.view(NORTH).legal]


def test_the_sponsor_amends_by_a_new_version(table: PlayedTable) -> None:
    text = table.tabled(NORTH, {"dam": 1})
    table.by(SOUTH, asked.Support(proposal=text.id, position="yes"))
    (event,) = table.by(NORTH, asked.Amend(proposal=text.id, options={TOLL: 1}))
    assert isinstance(event, VersionMade)
    after = table.text(text)
    assert (after.version, after.package, after.opinions) == (2, (1, 1, 0), {})
    assert after.digest != text.digest


def test_others_amend_by_asking_the_sponsor(table: PlayedTable) -> None:
    text = table.tabled(NORTH, {"dam": 1})
    table.by(SOUTH, asked.Amend(proposal=text.id, options={TOLL: 1}, note="For us."))
    table.by(BUREAU, asked.Amend(proposal=text.id, options={WATCH: 2}))
    first, second = table.text(text).amendments
    legal = {one.kind: one for one in table.view(NORTH).legal}
    assert legal["accept_amendment"].amendments == (first.id, second.id)
    table.by(NORTH, asked.AcceptAmendment(proposal=text.id, amendment=second.id))
    assert [one.status for one in table.text(text).amendments] == ["lapsed", "accepted"]
    assert table.text(text).package == (1, 0, 2)
    table.by(SOUTH, asked.Amend(proposal=text.id, options={DAM: 0}))
    table.by(NORTH, asked.Amend(proposal=text.id, options={DAM: 2}))
    assert [one.status for one in table.text(text).amendments] == ["lapsed", "accepted", "lapsed"]


def test_an_amendment_changes_something(table: PlayedTable) -> None:
    text = table.tabled(NORTH, {"dam": 1})
    assert table.refuses(SOUTH, asked.Amend(proposal=text.id, options={DAM: 1})).rule == "amend.change"


def test_only_an_open_amendment_is_accepted_and_only_by_the_sponsor(table: PlayedTable) -> None:
    text = table.tabled(NORTH, {"dam": 1})
    table.by(SOUTH, asked.Amend(proposal=text.id, options={TOLL: 1}))
    (amendment,) = table.text(text).amendments
    accept = asked.AcceptAmendment(proposal=text.id, amendment=amendment.id)
    assert table.refuses(SOUTH, accept).rule == "text.sponsor"
    never = asked.AcceptAmendment(proposal=text.id, amendment=AmendmentId("a0"))
    assert table.refuses(NORTH, never).path == "amendment"
    table.by(NORTH, accept)
    assert table.refuses(NORTH, accept).path == "amendment"


def test_two_tabs_acting_on_one_text_the_second_is_told_that_it_changed(table: PlayedTable) -> None:
    text = table.tabled(NORTH, {"dam": 1})
    read = Given(version=text.version, digest=text.digest)
    table.do(table.seat(NORTH), asked.Amend(proposal=text.id, options={DAM: 2}), read)
    refusal = table.refused(table.seat(NORTH), asked.Amend(proposal=text.id, options={TOLL: 1}), read)
    assert (refusal.code, refusal.path) == ("stale_proposal", "if.version")
    assert "version 2" in refusal.message


def test_an_answer_names_the_version_it_answers(table: PlayedTable) -> None:
    text = table.tabled(NORTH, {"dam": 1})
    refusal = table.refused(table.seat(SOUTH), asked.Support(proposal=text.id, position="yes"), Given(version=1))
    assert (refusal.code, refusal.path) == ("invalid_action", "if")


def test_nobody_answers_a_text_that_is_not_there(table: PlayedTable) -> None:
    refusal = table.refuses(SOUTH, asked.Support(proposal=ProposalId("p0"), position="yes"))
    assert refusal.path == "proposal"


def test_a_no_in_the_straw_poll_names_the_article_and_the_aspect(table: PlayedTable) -> None:
    text = table.tabled(NORTH, {"dam": 1})
    bare = asked.Support(proposal=text.id, position="no")
    assert table.refuses(SOUTH, bare).path == "issue"
    half = asked.Support(proposal=text.id, position="no", issue=DAM)
    assert (table.refuses(SOUTH, half).rule, table.refuses(SOUTH, half).path) == ("support.reason", "aspect")
    wrong = asked.Support(proposal=text.id, position="no", issue=IssueId("dam"), aspect=AspectId("x"))
    assert table.refuses(SOUTH, wrong).message == "The aspects are points."
    nowhere = asked.Support(proposal=text.id, position="no", issue=IssueId("x"), aspect=POINTS)
    assert table.refuses(SOUTH, nowhere).path == "options.x"
    full = asked.Support(proposal=text.id, position="no", issue=DAM, aspect=POINTS, reason="Too high.")
    table.by(SOUTH, full)
    (shown,) = table.view(NORTH).proposals[0].supports
    assert (shown.role, shown.position, shown.reason) == (SOUTH, "no", "Too high.")


def test_the_sponsor_needs_not_say_that_it_supports_its_text(table: PlayedTable) -> None:
    text = table.tabled(NORTH, {"dam": 1})
    assert table.refuses(NORTH, asked.Support(proposal=text.id, position="yes")).rule == "support.own"
    readings = {body.body: body.consents for body in table.view(SOUTH).proposals[0].bodies}
    assert readings == {"north_council": True, "league": False}


def test_a_withdrawn_text_is_closed(table: PlayedTable) -> None:
    text = table.tabled(NORTH, {"dam": 1})
    assert table.refuses(SOUTH, asked.Withdraw(proposal=text.id)).rule == "text.sponsor"
    table.by(NORTH, asked.Withdraw(proposal=text.id))
    refusal = table.refuses(SOUTH, asked.Support(proposal=text.id, position="yes"))
    assert (refusal.rule, refusal.message) == (
        "text.closed",
        "This text is withdrawn; nothing more can be done with it.",
    )


def test_a_text_taken_back_says_so(table: PlayedTable) -> None:
    text = table.tabled(NORTH, {"dam": 1})
    table.by(NORTH, asked.TakeBack())
    assert "taken back" in table.refuses(SOUTH, asked.Support(proposal=text.id, position="yes")).message


def test_everybody_sees_its_own_score_of_a_text(table: PlayedTable) -> None:
    table.tabled(NORTH, {"dam": 2})
    own = {role: table.view(role).proposals[0].own for role in (NORTH, SOUTH)}
    north, south = own[NORTH], own[SOUTH]
    assert north is not None
    assert south is not None
    assert (north.score, south.score) != (south.score, north.score)
    assert south.needed - south.score == -(south.surplus - 2)


def test_the_facilitator_has_no_seat_to_table_from(table: PlayedTable) -> None:
    assert table.refused(FACILITATOR, asked.Table(options={DAM: 1})).code == "forbidden"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (" a\tb\nc ", "a\tb\nc"),
        ("e\u0301", "\u00e9"),
        ("pay\u202e00", "pay00"),
        ("ze\u200bro", "zero"),
        ("\ufeffmark", "mark"),
        ("\U0001f468\u200d\U0001f33e", "\U0001f468\u200d\U0001f33e"),
    ],
)
def test_a_text_reads_the_same_to_everybody(raw: str, clean: str) -> None:
    assert cleaned(raw) == clean
