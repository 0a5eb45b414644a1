"""Side tables initial articles, and are held to what they initialled."""

import pytest

from tests.support.rulesets import (
    BUREAU,
    DAM,
    DECIDE,
    IDLE_ROUNDS,
    NORTH,
    SIDE_TABLES,
    SOUTH,
    TOLL,
    WATCH,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.engine import seat_event
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.mechanics.side_tables.shapes import InitialArticle, SideTablesView
from threebirds_rules.names import IssueId, RoleId, TrackId
from threebirds_rules.viewers import Viewer

RULES = a_rule_set(
    mechanics=Mechanics(side_tables=SIDE_TABLES, idle_rounds=IDLE_ROUNDS),
    cards=(),
    schedule=a_schedule(phases=(a_phase("plenary", *DECIDE, "initial"),)),
)


def dam(option: int | None = 1, table: str = "banks") -> InitialArticle:
    return InitialArticle(table=table, issue=DAM, option=option)


def initialled() -> PlayedTable:
    """A table at which the two banks have initialled the low dam."""
    table = started(RULES)
    table.by(NORTH, dam())
    table.by(SOUTH, dam())
    return table


def seen(table: PlayedTable, role: RoleId) -> SideTablesView:
    found = table.view(role).mechanics.side_tables
    assert found is not None
    return found


def standings(table: PlayedTable) -> dict[str, str]:
    return {one.initial: one.standing for one in seen(table, BUREAU).articles}


def trust(table: PlayedTable) -> int:
    return table.state.tracks[TrackId("trust")]


def test_an_initial_that_waits_is_for_the_members_of_its_table() -> None:
    table = started(RULES)
    before = table.view(BUREAU)
    (put,) = table.by(NORTH, dam())
    assert table.view(BUREAU) == before
    assert seat_event(RULES, table.state, put, Viewer("seat", BUREAU)) is None
    assert seat_event(RULES, table.state, put, Viewer("public")) is None
    assert [(one.role, one.option) for one in seen(table, SOUTH).waiting] == [(NORTH, 1)]


def test_what_all_members_initial_is_an_article_before_everybody() -> None:
    table = initialled()
    (article,) = seen(table, BUREAU).articles
    assert (article.initial, article.parties, article.option) == ("banks.dam.1", (NORTH, SOUTH), 1)
    assert seen(table, NORTH).waiting == ()


def test_different_wordings_are_no_article() -> None:
    table = started(RULES)
    table.by(NORTH, dam(1))
    table.by(SOUTH, dam(2))
    assert seen(table, BUREAU).articles == ()
    table.by(SOUTH, dam(1))
    assert standings(table) == {"banks.dam.1": "standing"}


def test_an_initial_can_be_taken_off_while_it_waits() -> None:
    table = started(RULES)
    table.by(NORTH, dam())
    table.by(NORTH, dam(None))
    table.by(SOUTH, dam())
    assert seen(table, BUREAU).articles == ()
    assert table.refuses(NORTH, dam(None)).rule == "initial.waiting"


def test_what_is_initialled_already_stays_as_it_is() -> None:
    table = started(RULES)
    table.by(NORTH, dam())
    assert table.by(NORTH, dam()) == ()
    table.by(SOUTH, dam())
    assert table.by(SOUTH, dam()) == ()


def test_the_same_parties_can_agree_on_another_wording() -> None:
    table = initialled()
    table.by(SOUTH, dam(2))
    table.by(NORTH, dam(2))
    assert standings(table) == {"banks.dam.1": "replaced", "banks.dam.2": "standing"}
    table.tabled(NORTH, {"dam": 2})
    assert trust(table) == 0


def test_an_initialled_article_is_an_agreed_one() -> None:
    table = initialled()
    table.go_to("2.plenary")
    assert trust(table) == 0


def test_a_party_that_tables_another_wording_breaks_it_once() -> None:
    table = initialled()
    text = table.tabled(NORTH, {"dam": 2})
    (article,) = seen(table, BUREAU).articles
    assert (article.standing, article.broken_by, article.proposal) == ("broken", NORTH, text.id)
    table.tabled(NORTH, {"dam": 2})
    assert trust(table) == -1
    assert [one.about for one in table.view(BUREAU).mechanics.developments] == ["banks.dam.1"]


def test_what_broke_an_initial_cannot_be_taken_back() -> None:
    table = initialled()
    table.tabled(NORTH, {"dam": 2})
    assert table.refuses(NORTH, asked.TakeBack()).rule == "take_back.last"


def test_leaving_the_article_at_the_status_quo_breaks_it_too() -> None:
    table = initialled()
    table.tabled(SOUTH, {"toll": 1})
    assert standings(table) == {"banks.dam.1": "broken"}


@pytest.mark.parametrize(("role", "options"), [(NORTH, {"dam": 1, "toll": 1}), (BUREAU, {"dam": 2})])
def test_a_text_that_keeps_it_and_a_text_of_others_do_not(role: RoleId, options: dict[str, int]) -> None:
    table = initialled()
    table.tabled(role, options)
    assert standings(table) == {"banks.dam.1": "standing"}


def test_a_paper_shown_in_confidence_breaks_nothing_before_everybody() -> None:
    table = initialled()
    table.by(NORTH, asked.Circulate(options={DAM: 2}, to=(SOUTH,)))
    text = table.state.proposals[-1]
    table.by(NORTH, asked.Amend(proposal=text.id, options={TOLL: 1}))
    assert standings(table) == {"banks.dam.1": "standing"}


def test_a_sponsor_that_accepts_another_wording_breaks_it() -> None:
    table = initialled()
    text = table.tabled(NORTH, {"dam": 1})
    table.by(BUREAU, asked.Amend(proposal=text.id, options={DAM: 0, WATCH: 1}))
    table.by(NORTH, asked.AcceptAmendment(proposal=text.id, amendment=table.text(text).amendments[0].id))
    assert standings(table) == {"banks.dam.1": "broken"}


@pytest.mark.parametrize(("last", "expected"), [("yes", "broken"), ("no", "standing")])
def test_a_vote_for_another_wording_breaks_it_as_it_stands_at_the_count(last: str, expected: str) -> None:
    table = initialled()
    text = table.tabled(BUREAU, {"toll": 1})
    table.by(BUREAU, asked.CallVote(proposal=text.id))
    table.by(SOUTH, asked.Vote(proposal=text.id, choice="yes"))
    if last == "no":
        table.by(SOUTH, asked.BreakSilence(proposal=text.id, issue=TOLL, reason="We had agreed on a dam."))
    assert standings(table) == {"banks.dam.1": "standing"}
    table.time_up()
    assert standings(table) == {"banks.dam.1": expected}


def test_a_member_that_is_not_seated_is_not_waited_for() -> None:
    table = started(RULES)
    for role in (SOUTH, BUREAU):
        table.by(role, InitialArticle(table="boats", issue=TOLL, option=1))
    assert standings(table) == {"boats.toll.1": "standing"}


def test_where_one_may_initial_what_stands_among_what_a_seat_may_do() -> None:
    table = started(RULES)
    may = {role: {one.kind: one for one in table.view(role).legal} for role in (NORTH, SOUTH)}
    assert may[NORTH]["initial"].issues_of == {"banks": (DAM, TOLL, WATCH)}
    assert may[SOUTH]["initial"].choices == ("banks", "boats")
    assert may[SOUTH]["initial"].options == {DAM: (1, 2), TOLL: (1,), WATCH: (1, 2)}


def test_who_sits_at_no_side_table_initials_nothing() -> None:
    table = started(RULES, NORTH, BUREAU)
    assert "initial" not in {one.kind for one in table.view(NORTH).legal}


def test_tables_show_who_sits_there_and_what_they_deal_with() -> None:
    tables = {one.id: (one.members, one.issues) for one in seen(started(RULES), NORTH).tables}
    assert tables == {
        "banks": ((NORTH, SOUTH), (DAM, TOLL, WATCH)),
        "boats": ((SOUTH, BUREAU), (TOLL,)),
        "far": ((NORTH,), (DAM, TOLL, WATCH)),
    }


@pytest.mark.parametrize(
    ("role", "action", "rule", "path"),
    [
        (BUREAU, dam(), "side_table.member", "table"),
        (NORTH, dam(table="far"), "side_table.member", "table"),
        (NORTH, dam(table="nowhere"), "side_table.member", "table"),
        (SOUTH, dam(table="boats"), "side_table.issues", "issue"),
        (NORTH, dam(0), None, "option"),
        (NORTH, dam(3), None, "options.dam"),
        (NORTH, InitialArticle(table="banks", issue=IssueId("dams"), option=1), None, "options.dams"),
    ],
)
def test_what_cannot_be_initialled_is_refused(
    role: RoleId, action: InitialArticle, rule: str | None, path: str
) -> None:
    refused = started(RULES).refuses(role, action)
    assert (refused.rule, refused.path) == (rule, path)
