"""The facilitator keeps order: announcements, muting, corrections, and whose silence counts."""

import pytest

from tests.support.rulesets import BUREAU, DAM, NORTH, SOUTH, TOLL, a_rule_set
from tests.support.tables import FACILITATOR, HOST, PlayedTable, joined, opened, started
from threebirds_rules import actions as asked
from threebirds_rules.actions import Action
from threebirds_rules.engine import seat_event, view, view_changes
from threebirds_rules.events import VoteCounted
from threebirds_rules.names import AspectId, ChannelId, MessageId, PersonId, ProposalId, RoleId
from threebirds_rules.state import Proposal
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.shapes import BallotView, View

PLENARY = ChannelId("plenary")
DELEGATION = ChannelId("delegation")
HEAD = PersonId("nor one")
POINTS = AspectId("points")
DESK = Viewer("facilitator")


def plenary() -> PlayedTable:
    table = started(a_rule_set())
    table.go_to("1.plenary")
    return table


def desk(table: PlayedTable) -> View:
    return view(table.rules, table.state, DESK)


def on_desk(table: PlayedTable, kind: str) -> dict[str, tuple[str, ...]] | None:
    found = next((one for one in desk(table).legal if one.kind == kind), None)
    return found and {"people": found.people, "proposals": found.proposals, "roles": found.roles}


def voted_down(table: PlayedTable) -> Proposal:
    text = table.tabled(NORTH, {"toll": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    table.by(SOUTH, asked.BreakSilence(proposal=text.id, issue=TOLL, reason="A slip of the finger."))
    table.time_up()
    return text


def ballot(table: PlayedTable, viewer: Viewer = DESK) -> BallotView:
    found = view(table.rules, table.state, viewer).ballot
    assert found is not None
    return found


def test_an_announcement_reaches_everybody_at_any_time_and_the_wall_too() -> None:
    table = opened(a_rule_set())
    (event,) = table.do(FACILITATOR, asked.Announce(text="  Five minutes.\u0007 "))
    for viewer in (Viewer("seat", NORTH), Viewer("public"), DESK):
        assert [one.text for one in view(table.rules, table.state, viewer).announcements] == ["Five minutes."]
        assert seat_event(table.rules, table.state, event, viewer) == {
            "kind": "announced",
            "at": table.now,
            "text": "Five minutes.",
        }
    ended = started(a_rule_set())
    ended.do(FACILITATOR, asked.End())
    ended.do(FACILITATOR, asked.Announce(text="Thank you."))
    assert [one.kind for one in desk(ended).legal] == ["announce", "correct"]


@pytest.mark.parametrize(("text", "code"), [("  ", "invalid_action"), ("x" * 4001, "too_large")])
def test_an_announcement_has_words_and_an_end(text: str, code: str) -> None:
    assert opened(a_rule_set()).refused(FACILITATOR, asked.Announce(text=text)).code == code


def test_only_the_facilitator_keeps_order() -> None:
    table = started(a_rule_set())
    for action in (asked.Announce(text="Hear me."), asked.Mute(person=HEAD), asked.Correct(message=MessageId("m"))):
        assert table.refuses(NORTH, action).code == "forbidden"
        assert table.refused(HOST, action).code == "forbidden"


def smuggling(text: Proposal, other: Proposal) -> list[Action]:
    """Every way in which a head of delegation puts words before others."""
    return [
        asked.Say(channel=PLENARY, text="Rude."),
        asked.Say(channel=ChannelId("NOR+SOU"), text="Rude."),
        asked.Circulate(options={DAM: 1}, to=(SOUTH,), note="Rude."),
        asked.Table(options={DAM: 1}, note="Rude."),
        asked.Amend(proposal=text.id, options={DAM: 1}, note="Rude."),
        asked.Amend(proposal=other.id, options={DAM: 1}, note="Rude."),
        asked.Support(proposal=other.id, position="yes", reason="Rude."),
    ]


def test_somebody_who_is_muted_gets_no_word_to_others_not_even_in_a_note() -> None:
    table = plenary()
    text, other = table.tabled(NORTH, {"toll": 1}), table.tabled(SOUTH, {"toll": 1})
    table.do(FACILITATOR, asked.Mute(person=HEAD))
    for action in smuggling(text, other):
        refusal = table.refuses(NORTH, action)
        assert (refusal.code, refusal.rule) == ("forbidden", "say.muted"), action
    table.do(HOST, asked.Leave(person=HEAD))
    joined(table, HEAD, NORTH)
    assert table.refuses(NORTH, asked.Say(channel=PLENARY, text="Back.")).rule == "say.muted"


def test_somebody_who_is_muted_still_works_for_its_delegation() -> None:
    table = plenary()
    text = table.tabled(SOUTH, {"toll": 1})
    table.do(FACILITATOR, asked.Mute(person=HEAD))
    table.by(NORTH, asked.Say(channel=DELEGATION, text="What do we want?"))
    table.by(NORTH, asked.Support(proposal=text.id, position="no", issue=TOLL, aspect=POINTS))
    table.by(NORTH, asked.Table(options={DAM: 1}))
    table.by(SOUTH, asked.CallVote(proposal=text.id))
    table.by(NORTH, asked.BreakSilence(proposal=text.id, issue=TOLL, reason="Too dear."))


def test_who_is_muted_is_seen_and_the_rest_of_the_delegation_speaks() -> None:
    table = started(a_rule_set())
    table.do(FACILITATOR, asked.Mute(person=HEAD))
    assert [one.person for one in table.view(SOUTH).people if one.muted] == [HEAD]
    say = next(one for one in table.view(NORTH).legal if one.kind == "say")
    assert (say.channels, say.roles) == ((DELEGATION,), ())
    joined(table, "second", NORTH)
    say = next(one for one in table.view(NORTH).legal if one.kind == "say")
    assert PLENARY in say.channels
    table.do(asked.Actor(kind="seat", role=NORTH, person=PersonId("second")), asked.Say(channel=PLENARY, text="Sorry."))


def test_muting_is_undone_and_is_asked_once() -> None:
    table = started(a_rule_set())
    assert table.refused(FACILITATOR, asked.Unmute(person=HEAD)).rule == "mute.once"
    table.do(FACILITATOR, asked.Mute(person=HEAD))
    assert table.refused(FACILITATOR, asked.Mute(person=HEAD)).rule == "mute.once"
    assert on_desk(table, "unmute") == {"people": (HEAD,), "proposals": (), "roles": ()}
    table.do(FACILITATOR, asked.Unmute(person=HEAD))
    assert on_desk(table, "unmute") is None
    table.by(NORTH, asked.Say(channel=PLENARY, text="Thank you."))
    assert table.refused(FACILITATOR, asked.Mute(person=PersonId("nobody"))).path == "person"


def hidden(table: PlayedTable, channel: str) -> MessageId:
    (said,) = table.by(NORTH, asked.Say(channel=ChannelId(channel), text="Rude."))
    message = MessageId(getattr(said, "message", ""))
    table.do(FACILITATOR, asked.Correct(message=message))
    return message


@pytest.mark.parametrize("channel", ["plenary", "NOR+SOU", "delegation"])
def test_a_hidden_message_is_gone_for_everybody_and_stands_in_the_log(channel: str) -> None:
    table = started(a_rule_set())
    message = hidden(table, channel)
    for viewer in (Viewer("seat", NORTH), DESK):
        shown = [one for it in view(table.rules, table.state, viewer).channels for one in it.messages]
        assert [(one.id, one.text, one.removed) for one in shown] == [(message, "", True)]
    assert "Rude." in repr(table.log)


def test_who_could_not_read_a_message_is_not_told_that_it_was_hidden() -> None:
    table = started(a_rule_set())
    (said,) = table.by(NORTH, asked.Say(channel=ChannelId("NOR+SOU"), text="Rude."))
    before = table.state
    (event,) = table.do(FACILITATOR, asked.Correct(message=MessageId(getattr(said, "message", ""))))
    for viewer in (Viewer("seat", BUREAU), Viewer("observer"), Viewer("public")):
        assert seat_event(table.rules, before, event, viewer) is None
        assert view_changes(table.rules, before, event, viewer) == []
    open_hidden = started(a_rule_set())
    hidden(open_hidden, "plenary")
    assert seat_event(open_hidden.rules, before, open_hidden.log[-1], Viewer("public")) is None


def test_a_message_is_hidden_once_and_is_not_taken_back_after_it() -> None:
    table = started(a_rule_set())
    message = hidden(table, "plenary")
    assert table.refused(FACILITATOR, asked.Correct(message=message)).path == "message"
    assert table.refuses(NORTH, asked.TakeBack()).rule == "take_back.last"


def test_a_correction_names_one_thing() -> None:
    table = started(a_rule_set())
    both = asked.Correct(message=MessageId("m"), proposal=ProposalId("p"))
    for action in (asked.Correct(), both):
        assert table.refused(FACILITATOR, action).code == "invalid_action"


def test_a_vote_that_was_lost_is_reopened_and_everybody_votes_anew() -> None:
    table = plenary()
    text = voted_down(table)
    assert on_desk(table, "correct") == {"people": (), "proposals": (text.id,), "roles": ()}
    table.do(FACILITATOR, asked.Correct(proposal=text.id))
    shown = ballot(table, Viewer("seat", SOUTH))
    assert (shown.votes, shown.closes_at, table.text(text).status) == ((), table.now + 60_000, "voting")
    assert [member.reading for member in table.view(SOUTH).proposals[0].bodies[-1].members] == ["silent", "silent"]
    for role in (NORTH, SOUTH):
        table.by(role, asked.Vote(proposal=text.id, choice="yes"))
    table.time_up()
    assert [event.adopted for event in table.log if isinstance(event, VoteCounted)] == [False, True]
    assert table.state.status == "ended"


def test_a_vote_is_reopened_in_its_own_phase_only_and_not_beside_another() -> None:
    table = plenary()
    text, other = voted_down(table), table.tabled(SOUTH, {"dam": 1})
    table.by(SOUTH, asked.CallVote(proposal=other.id))
    assert table.refused(FACILITATOR, asked.Correct(proposal=text.id)).rule == "correct.vote"
    table.time_up()
    table.go_to("2.card")
    for proposal in (text.id, other.id, ProposalId("p0")):
        assert table.refused(FACILITATOR, asked.Correct(proposal=proposal)).rule == "correct.vote"
    assert on_desk(table, "correct") == {"people": (), "proposals": (), "roles": ()}


def silent_south() -> tuple[PlayedTable, Proposal]:
    """North has voted; of South nobody was there in this phase."""
    table = plenary()
    text = table.tabled(NORTH, {"toll": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    table.by(NORTH, asked.Vote(proposal=text.id, choice="yes"))
    return table, text


def test_whose_silence_would_not_count_is_shown_to_the_facilitator_alone() -> None:
    table, _ = silent_south()
    assert (ballot(table).absent, ballot(table, Viewer("seat", NORTH)).absent) == ((SOUTH,), None)
    table.by(SOUTH, asked.Attend())
    assert ballot(table).absent == ()


def test_the_facilitator_rules_that_the_silence_of_an_absent_seat_counts() -> None:
    table, text = silent_south()
    assert on_desk(table, "rule_present") == {"people": (), "proposals": (), "roles": (SOUTH,)}
    table.do(FACILITATOR, asked.RulePresent(role=SOUTH))
    seen = ballot(table, Viewer("public"))
    assert (seen.ruled_present, ballot(table).absent) == ((SOUTH,), ())
    table.time_up()
    assert table.text(text).status == "adopted"


def test_a_ruling_is_taken_back_before_the_count() -> None:
    table, text = silent_south()
    assert table.refused(FACILITATOR, asked.RulePresent(role=SOUTH, present=False)).rule == "silence.ruled"
    table.do(FACILITATOR, asked.RulePresent(role=SOUTH))
    assert table.refused(FACILITATOR, asked.RulePresent(role=SOUTH)).rule == "silence.ruled"
    table.do(FACILITATOR, asked.RulePresent(role=SOUTH, present=False))
    table.time_up()
    assert table.text(text).status == "rejected"


def test_a_ruling_never_outweighs_a_word_and_is_for_absent_members_of_silence_bodies_only() -> None:
    table, text = silent_south()
    for role in (NORTH, BUREAU, RoleId("XXX")):
        assert table.refused(FACILITATOR, asked.RulePresent(role=role)).rule == "silence.absent"
    table.do(FACILITATOR, asked.RulePresent(role=SOUTH))
    table.by(SOUTH, asked.BreakSilence(proposal=text.id, issue=TOLL, reason="Here I am."))
    table.time_up()
    assert table.text(text).status == "rejected"
    assert table.refused(FACILITATOR, asked.RulePresent(role=SOUTH)).rule == "silence.absent"
