"""Talk in plenary and in confidence, the shared draft, and taking back."""

import pytest

from tests.support.rulesets import BUREAU, DAM, NORTH, SOUTH, TOLL, WATCH, a_rule_set
from tests.support.tables import FACILITATOR, HOST, PlayedTable, joined, started
from threebirds_rules import actions as asked
from threebirds_rules.actions import Action, Actor
from threebirds_rules.engine import seat_event, view
from threebirds_rules.events import Said
from threebirds_rules.names import AspectId, ChannelId, IssueId, PersonId, RoleId
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.shapes import ChannelView

PLENARY, DELEGATION = ChannelId("plenary"), ChannelId("delegation")
PAIR = ChannelId("SOU+NOR")


def channel(table: PlayedTable, role: RoleId, name: str) -> ChannelView:
    return next(one for one in table.view(role).channels if one.id == name)


def names(table: PlayedTable, viewer: Viewer) -> list[str]:
    return [one.id for one in view(table.rules, table.state, viewer).channels]


def test_what_is_said_in_plenary_reaches_everybody_at_the_table() -> None:
    table = started(a_rule_set())
    table.by(NORTH, asked.Say(channel=PLENARY, text="  Good morning.\u0007 "))
    (message,) = channel(table, BUREAU, "plenary").messages
    assert (message.role, message.name, message.text) == (NORTH, "Nor One", "Good morning.")


def test_a_confidential_word_reaches_only_those_it_is_meant_for() -> None:
    table = started(a_rule_set())
    table.by(NORTH, asked.Say(channel=PAIR, text="Between us."))
    assert channel(table, SOUTH, "NOR+SOU").members == (NORTH, SOUTH)
    assert "NOR+SOU" not in names(table, Viewer("seat", BUREAU))
    assert "NOR+SOU" in names(table, Viewer("facilitator"))
    assert names(table, Viewer("observer")) == ["plenary"]
    assert names(table, Viewer("public")) == []


def test_a_delegation_talks_among_itself() -> None:
    table = started(a_rule_set())
    table.by(NORTH, asked.Say(channel=DELEGATION, text="What do we want?"))
    table.by(NORTH, asked.Say(channel=DELEGATION, text="Everything."))
    assert len(channel(table, NORTH, "delegation").messages) == 2
    assert channel(table, SOUTH, "delegation").messages == ()
    assert "delegation:NOR" in names(table, Viewer("facilitator"))


def test_the_event_of_a_word_names_the_channel_as_its_reader_knows_it() -> None:
    table = started(a_rule_set())
    (said,) = table.by(NORTH, asked.Say(channel=DELEGATION, text="Hush."))
    own = seat_event(table.rules, table.state, said, Viewer("seat", NORTH))
    desk = seat_event(table.rules, table.state, said, Viewer("facilitator"))
    assert own is not None
    assert desk is not None
    assert (own["channel"], desk["channel"]) == ("delegation", "delegation:NOR")
    assert seat_event(table.rules, table.state, said, Viewer("seat", SOUTH)) is None


def test_the_wall_is_told_of_no_talk() -> None:
    table = started(a_rule_set())
    (said,) = table.by(NORTH, asked.Say(channel=PLENARY, text="Good morning."))
    assert seat_event(table.rules, table.state, said, Viewer("public")) is None


@pytest.mark.parametrize("name", ["SOU+BUR", "NOR", "NOR+XXX", "corridor", ""])
def test_a_channel_joins_delegations_at_this_table_ones_own_among_them(name: str) -> None:
    refusal = started(a_rule_set()).refuses(NORTH, asked.Say(channel=ChannelId(name), text="Hm."))
    assert (refusal.code, refusal.path) == ("invalid_action", "channel")


@pytest.mark.parametrize(
    ("text", "code"), [("", "invalid_action"), ("\u200b", "invalid_action"), ("x" * 4001, "too_large")]
)
def test_words_are_neither_empty_nor_endless(text: str, code: str) -> None:
    table = started(a_rule_set())
    assert table.refuses(NORTH, asked.Say(channel=PLENARY, text=text)).code == code


def test_who_has_left_is_not_named_any_more() -> None:
    table = started(a_rule_set())
    table.by(NORTH, asked.Say(channel=PLENARY, text="Goodbye."))
    table.do(HOST, asked.Leave(person=PersonId("nor one")))
    assert channel(table, SOUTH, "plenary").messages[0].name == "somebody who left"


def test_a_bot_speaks_in_its_delegations_name() -> None:
    table = started(a_rule_set())
    table.do(FACILITATOR, asked.HandToBot(role=NORTH, bot="random"))
    table.do(Actor(kind="seat", role=NORTH), asked.Say(channel=PLENARY, text="Beep."))
    assert channel(table, SOUTH, "plenary").messages[0].name == "North"


def test_the_draft_is_the_delegations_own() -> None:
    table = started(a_rule_set())
    table.by(NORTH, asked.Draft(options={DAM: 2, TOLL: 1}))
    table.by(NORTH, asked.Draft(options={DAM: 0, WATCH: 1}))
    assert table.view(NORTH).draft == {TOLL: 1, WATCH: 1}
    assert table.view(SOUTH).draft == {}
    assert view(table.rules, table.state, Viewer("facilitator")).draft is None
    table.by(NORTH, asked.Draft(options={DAM: 1}, fresh=True))
    assert table.view(NORTH).draft == {DAM: 1}


def test_a_draft_that_changes_nothing_is_no_event() -> None:
    table = started(a_rule_set())
    assert table.by(NORTH, asked.Draft(options={DAM: 0})) == ()


@pytest.mark.parametrize(
    ("options", "path", "words"),
    [
        ({IssueId("damm"): 1}, "options.damm", "The nearest is “dam”."),
        ({DAM: 3}, "options.dam", "the wordings 0 to 2, not 3"),
        ({DAM: -1}, "options.dam", "the wordings 0 to 2, not -1"),
    ],
)
def test_a_wording_that_is_not_there_is_named(options: dict[IssueId, int], path: str, words: str) -> None:
    refusal = started(a_rule_set()).refuses(NORTH, asked.Draft(options=options))
    assert (refusal.code, refusal.path) == ("invalid_action", path)
    assert words in refusal.message


def test_a_word_is_taken_back_until_somebody_answers_in_that_channel() -> None:
    table = started(a_rule_set())
    table.by(NORTH, asked.Say(channel=PLENARY, text="We give in."))
    table.by(SOUTH, asked.Say(channel=PAIR, text="Elsewhere."))
    table.by(NORTH, asked.TakeBack())
    (message,) = channel(table, SOUTH, "plenary").messages
    assert (message.text, message.removed) == ("", True)
    table.by(NORTH, asked.Say(channel=PLENARY, text="We do not."))
    table.by(SOUTH, asked.Say(channel=PLENARY, text="Noted."))
    assert table.refuses(NORTH, asked.TakeBack()).rule == "take_back.last"


def test_only_the_word_itself_goes() -> None:
    table = started(a_rule_set())
    table.by(NORTH, asked.Say(channel=PAIR, text="One."))
    table.by(NORTH, asked.Say(channel=PAIR, text="Two."))
    table.by(NORTH, asked.TakeBack())
    assert [one.removed for one in channel(table, SOUTH, "NOR+SOU").messages] == [False, True]


def test_nothing_is_taken_back_in_the_next_phase() -> None:
    table = started(a_rule_set())
    table.by(NORTH, asked.Say(channel=PLENARY, text="One."))
    table.time_up()
    assert table.refuses(NORTH, asked.TakeBack()).rule == "take_back.last"


def test_a_pass_is_taken_back() -> None:
    table = started(a_rule_set())
    table.by(NORTH, asked.Pass())
    table.by(NORTH, asked.TakeBack())
    assert not any(seat.passed for seat in table.view(NORTH).seats)


def takes_back(table: PlayedTable, role: RoleId, action: Action) -> None:
    table.by(role, action)
    table.by(role, asked.TakeBack())


def test_texts_amendments_and_opinions_are_taken_back() -> None:
    table = started(a_rule_set())
    table.go_to("1.plenary")
    text = table.tabled(NORTH, {"dam": 1})
    takes_back(table, SOUTH, asked.Amend(proposal=text.id, options={TOLL: 1}))
    assert table.text(text).amendments[0].status == "taken_back"
    table.by(SOUTH, asked.Support(proposal=text.id, position="reserve"))
    no = asked.Support(proposal=text.id, position="no", issue=DAM, aspect=AspectId("points"))
    takes_back(table, SOUTH, no)
    assert table.text(text).opinions[SOUTH].position == "reserve"
    takes_back(table, BUREAU, asked.Support(proposal=text.id, position="yes"))
    assert BUREAU not in table.text(text).opinions
    takes_back(table, SOUTH, asked.Table(options={WATCH: 1}))
    assert table.state.proposals[-1].status == "taken_back"
    takes_back(table, SOUTH, asked.Circulate(options={WATCH: 1}, to=(NORTH,)))
    assert table.state.proposals[-1].status == "taken_back"


def test_a_text_that_was_answered_stands() -> None:
    table = started(a_rule_set())
    table.go_to("1.plenary")
    text = table.tabled(NORTH, {"dam": 1})
    table.by(SOUTH, asked.Support(proposal=text.id, position="yes"))
    assert table.refuses(NORTH, asked.TakeBack()).rule == "take_back.last"
    assert "take_back" not in [one.kind for one in table.view(NORTH).legal]
    assert "take_back" in [one.kind for one in table.view(SOUTH).legal]


def test_somebody_of_the_seat_is_there_once_a_phase() -> None:
    table = started(a_rule_set())
    (event,) = table.by(NORTH, asked.Attend())
    assert event.audience == (NORTH,)
    assert table.by(NORTH, asked.Attend()) == ()
    assert isinstance(table.by(SOUTH, asked.Say(channel=PLENARY, text="Here."))[0], Said)
    assert table.by(SOUTH, asked.Attend()) == ()


def test_a_second_person_may_speak_for_the_delegation() -> None:
    table = started(a_rule_set())
    ben = joined(table, "ben", NORTH)
    table.do(Actor(kind="seat", role=NORTH, person=ben), asked.Say(channel=PLENARY, text="I am Ben."))
    assert channel(table, SOUTH, "plenary").messages[0].name == "Ben"
