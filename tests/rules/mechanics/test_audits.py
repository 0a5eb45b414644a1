"""Audits: who may have which pledge examined, and what comes of it."""

import pytest

from tests.support.rulesets import (
    AUDITS,
    BUREAU,
    DAM,
    NORTH,
    PLEDGES,
    SOUTH,
    TALK,
    TOLL,
    a_phase,
    a_rule_set,
    a_schedule,
)
from tests.support.tables import PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.engine import seat_event
from threebirds_rules.mechanics.audits.shapes import AuditPledge
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge, RenegePledge
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.viewers import Viewer

KEEPING = ("honour", "renege", "audit")
RULES = a_rule_set(
    mechanics=Mechanics(pledges=PLEDGES, audits=AUDITS),
    schedule=a_schedule(
        rounds=4, phases=(a_phase("pledges", *TALK, "pledge", *KEEPING), a_phase("plenary", *TALK, *KEEPING))
    ),
)


def pledged(*roles: RoleId, issue: IssueId = DAM) -> PlayedTable:
    """In the plenary after these have pledged."""
    table = started(RULES)
    for role in roles:
        table.by(role, LayPledge(issue=issue, option=1))
    table.time_up()
    return table


def audits(table: PlayedTable) -> list[tuple[str, str, str]]:
    seen = table.view(BUREAU).mechanics.audits
    assert seen is not None
    return [(one.pledge, one.by, one.standing) for one in seen.asked]


def effects(table: PlayedTable) -> list[str]:
    return [one.effect for one in table.state.progress.developments if one.mechanic == "audits"]


def test_an_article_that_was_proved_is_never_asked_about_again() -> None:
    table = pledged(NORTH, SOUTH)
    table.by(SOUTH, AuditPledge(pledge="1.NOR"))
    table.go_to("2.pledges")
    table.by(NORTH, HonourPledge(pledge="1.NOR"))
    table.by(SOUTH, HonourPledge(pledge="1.SOU"))
    for role in (NORTH, SOUTH):
        table.by(role, LayPledge(issue=DAM, option=2))
    table.time_up()
    refused = table.refuses(SOUTH, AuditPledge(pledge="2.NOR"))
    assert (refused.code, refused.rule, refused.path) == ("illegal_action", "audit.proved", "pledge")
    table.by(NORTH, AuditPledge(pledge="2.SOU"))


def test_an_audit_of_what_is_due_stands_open_until_the_pledge_is_honoured() -> None:
    table = pledged(NORTH, SOUTH)
    (asked_for,) = table.by(SOUTH, AuditPledge(pledge="1.NOR"))
    assert (audits(table), effects(table)) == ([("1.NOR", SOUTH, "open")], [])
    assert seat_event(RULES, table.state, asked_for, Viewer("public")) is not None
    table.go_to("2.pledges")
    table.by(NORTH, HonourPledge(pledge="1.NOR"))
    assert (audits(table), effects(table)) == ([("1.NOR", SOUTH, "positive")], ["positive"])


def test_it_comes_out_badly_if_the_pledge_is_broken() -> None:
    table = pledged(NORTH, SOUTH)
    table.by(SOUTH, AuditPledge(pledge="1.NOR"))
    table.go_to("2.pledges")
    table.by(NORTH, RenegePledge(pledge="1.NOR"))
    assert (audits(table), effects(table)) == ([("1.NOR", SOUTH, "negative")], ["negative"])


def test_what_is_settled_already_comes_out_at_once() -> None:
    table = pledged(NORTH, SOUTH)
    table.go_to("2.pledges")
    table.by(NORTH, HonourPledge(pledge="1.NOR"))
    table.by(SOUTH, RenegePledge(pledge="1.SOU"))
    table.by(SOUTH, AuditPledge(pledge="1.NOR"))
    table.by(NORTH, AuditPledge(pledge="1.SOU"))
    assert effects(table) == ["positive", "negative"]


def test_it_lapses_with_the_pledge_of_a_seat_where_nobody_is() -> None:
    table = pledged(NORTH, SOUTH)
    table.by(SOUTH, AuditPledge(pledge="1.NOR"))
    table.go_to("2.plenary")
    assert (audits(table), effects(table)) == ([("1.NOR", SOUTH, "lapsed")], [])
    assert table.refuses(NORTH, AuditPledge(pledge="1.SOU")).rule == "audit.owed"


def test_a_broken_word_proves_nothing() -> None:
    table = pledged(NORTH, SOUTH, issue=TOLL)
    table.by(SOUTH, AuditPledge(pledge="1.NOR"))
    table.go_to("2.pledges")
    table.by(NORTH, RenegePledge(pledge="1.NOR"))
    for role in (NORTH, SOUTH):
        table.by(role, LayPledge(issue=TOLL, option=1))
    table.time_up()
    table.by(SOUTH, AuditPledge(pledge="2.NOR"))


def test_a_pledge_is_examined_once() -> None:
    table = pledged(NORTH, SOUTH)
    table.by(SOUTH, AuditPledge(pledge="1.NOR"))
    assert table.refuses(SOUTH, AuditPledge(pledge="1.NOR")).rule == "audit.once"


@pytest.mark.parametrize(
    ("role", "pledge", "rule"),
    [(NORTH, "1.NOR", "audit.side"), (BUREAU, "1.NOR", "audit.side"), (NORTH, "9.SOU", None)],
)
def test_what_cannot_be_audited_is_refused(role: RoleId, pledge: str, rule: str | None) -> None:
    refused = pledged(NORTH, SOUTH).refuses(role, AuditPledge(pledge=pledge))
    assert (refused.rule, refused.path) == (rule, "pledge")


def test_nobody_answers_for_a_pledge_of_one_side_alone() -> None:
    assert pledged(NORTH).refuses(SOUTH, AuditPledge(pledge="1.NOR")).rule == "audit.owed"


def test_a_pledge_that_lies_face_down_is_not_there_yet() -> None:
    table = started(RULES)
    table.by(NORTH, LayPledge(issue=DAM, option=1))
    assert table.refuses(SOUTH, AuditPledge(pledge="1.NOR")).message == "There is no such pledge on the table."


def test_what_a_seat_may_have_examined_stands_among_what_it_may_do() -> None:
    table = pledged(NORTH, SOUTH)
    may = {role: {one.kind: one.choices for one in table.view(role).legal} for role in (NORTH, BUREAU)}
    assert may[NORTH]["audit"] == ("1.SOU",)
    assert "audit" not in may[BUREAU]


def test_asking_shows_that_somebody_is_there() -> None:
    table = pledged(NORTH, SOUTH)
    table.by(SOUTH, AuditPledge(pledge="1.NOR"))
    table.go_to("2.plenary")
    assert {one.id: one.standing for one in table.state.progress.pledges} == {"1.NOR": "lapsed", "1.SOU": "lapsed"}
    table = pledged(NORTH, SOUTH)
    table.go_to("2.pledges")
    table.by(SOUTH, AuditPledge(pledge="1.NOR"))
    table.time_up()
    assert {one.id: one.standing for one in table.state.progress.pledges} == {"1.NOR": "lapsed", "1.SOU": "broken"}


def test_without_pledges_there_is_nothing_to_audit() -> None:
    plenary = a_schedule(phases=(a_phase("plenary", *TALK, "audit"),))
    table = started(a_rule_set(mechanics=Mechanics(audits=AUDITS), schedule=plenary))
    assert table.refuses(NORTH, AuditPledge(pledge="1.SOU")).code == "invalid_action"
    assert table.view(NORTH).mechanics.audits is not None
    assert isinstance(AuditPledge(pledge=""), asked.SeatAction)
