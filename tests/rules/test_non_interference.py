"""Two tables that differ only in what one seat alone may know look the same, byte for byte, to another seat."""

from collections.abc import Callable, Iterator

import msgspec
import pytest
from msgspec.structs import replace

from tests.support.rulesets import BUREAU, DAM, NORTH, SOUTH, TOLL, WATCH, a_rule_set
from tests.support.tables import PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.actions import Action, Given
from threebirds_rules.engine import canonical, evolve, seat_event, view, view_changes
from threebirds_rules.events import Event
from threebirds_rules.names import AspectId, ChannelId, ProposalId, RoleId
from threebirds_rules.refusals import Refused
from threebirds_rules.ruleset import Role, RuleSet
from threebirds_rules.scoring import mandate
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views import table as table_views
from threebirds_rules.views.lens import Lens

SECRETS = "north in secret"
Step = tuple[RoleId, Action] | str


def other_north(rules: RuleSet) -> RuleSet:
    """The same rule set, but for North's brief, walk-away and values."""

    def change(role: Role) -> Role:
        return replace(role, comfort=-7, confidential_brief="Everything is different.") if role.id == NORTH else role

    issues = tuple(
        replace(
            issue,
            options=tuple(
                replace(option, points={**option.points, NORTH: (at * 5,)}) for at, option in enumerate(issue.options)
            ),
        )
        for issue in rules.issues
    )
    roles = tuple(change(role) for role in rules.roles)
    return replace(rules, roles=roles, issues=issues, digest="cd" * 32)


def quiet_north() -> list[Action]:
    return []


def busy_north() -> list[Action]:
    pair = ChannelId("NOR+SOU")
    return [
        asked.Draft(options={DAM: 2}),
        asked.Say(channel=pair, text="Between us."),
        asked.Say(channel=pair, text="And once more."),
        asked.Say(channel=ChannelId("delegation"), text="To ourselves."),
        asked.Circulate(options={DAM: 1}, to=(SOUTH,), note="Not for the Bureau."),
        asked.Draft(options={TOLL: 1}, fresh=True),
    ]


def script(table: PlayedTable) -> Iterator[Step]:
    """What everybody does in public; at each mark North does its secret things."""
    yield SECRETS
    yield SOUTH, asked.Say(channel=ChannelId("plenary"), text="Good morning.")
    yield BUREAU, asked.Draft(options={WATCH: 1})
    table.go_to("1.corridors")
    yield SECRETS
    yield BUREAU, asked.Circulate(options={WATCH: 1}, to=(SOUTH,), note="What about this?")
    yield BUREAU, asked.Say(channel=ChannelId("SOU+BUR"), text="And?")
    table.go_to("1.plenary")
    yield SECRETS
    yield NORTH, asked.Table(options={TOLL: 1, WATCH: 2})
    text = table.state.proposals[-1]
    yield BUREAU, asked.Support(proposal=text.id, position="yes")
    yield (
        SOUTH,
        asked.Support(proposal=text.id, position="no", issue=WATCH, aspect=AspectId("points"), reason="No."),
    )
    yield SOUTH, asked.Amend(proposal=text.id, options={WATCH: 1})
    yield (
        NORTH,
        asked.AcceptAmendment(proposal=text.id, amendment=table.text(text).amendments[0].id),
    )
    yield SECRETS
    yield BUREAU, asked.CallVote(proposal=text.id)
    yield SOUTH, asked.Vote(proposal=text.id, choice="yes")
    yield SECRETS
    yield from ((role, asked.Pass()) for role in (SOUTH, BUREAU))


def frames(rules: RuleSet, secrets: Callable[[], list[Action]], viewer: Viewer) -> list[bytes]:
    """All that `viewer` is sent: its first view, each event it may see with the changes, its last view."""
    table = started(rules)
    sent = [canonical(view(rules, table.state, viewer))]
    for step in script(table):
        asks = [(NORTH, action) for action in secrets()] if isinstance(step, str) else [step]
        for role, action in asks:
            before, known = table.state, len(table.log)
            table.ask(table.seat(role), action, table.as_read(action))
            for event in table.log[known:]:
                sent += told(rules, before, event, viewer)
                before = evolve(rules, before, event)
    return [*sent, canonical(view(rules, table.state, viewer))]


def told(rules: RuleSet, before: State, event: Event, viewer: Viewer) -> list[bytes]:
    fields = seat_event(rules, before, event, viewer)
    changes = view_changes(rules, before, event, viewer)
    return [msgspec.json.encode((fields, changes))] if fields is not None or changes else []


def both(viewer: Viewer) -> tuple[list[bytes], list[bytes]]:
    rules = a_rule_set()
    return frames(rules, quiet_north, viewer), frames(other_north(rules), busy_north, viewer)


@pytest.mark.parametrize("viewer", [Viewer("seat", BUREAU), Viewer("observer"), Viewer("public")])
def test_the_secrets_of_one_seat_leave_the_bytes_of_another_alone(viewer: Viewer) -> None:
    quiet, busy = both(viewer)
    assert quiet == busy


def test_the_seat_itself_and_those_it_wrote_to_do_see_a_difference() -> None:
    for viewer in (Viewer("seat", NORTH), Viewer("seat", SOUTH), Viewer("facilitator")):
        quiet, busy = both(viewer)
        assert quiet != busy


def everybody_reads(lens: Lens, thing: object) -> bool:
    return True


def first_mandate(lens: Lens) -> object:
    return mandate(lens.rules, NORTH, lens.position)


def count_of_notes(lens: Lens) -> tuple[int, ...]:
    return (len(lens.state.channels),)


@pytest.mark.parametrize(
    ("owner", "name", "leak"),
    [
        (Lens, "sees_channel", everybody_reads),
        (Lens, "sees_proposal", everybody_reads),
        (Lens, "mandate", property(first_mandate)),
        (table_views, "people", count_of_notes),
    ],
    ids=["channels", "proposals", "mandate", "count of notes"],
)
def test_a_planted_leak_is_found(owner: object, name: str, leak: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, leak)
        quiet, busy = both(Viewer("seat", BUREAU))
    assert quiet != busy


def test_a_text_that_one_may_not_see_does_not_exist() -> None:
    """The refusal is the same for a text of others and for one that was never written."""
    table = started(a_rule_set())
    table.go_to("1.corridors")
    table.by(NORTH, asked.Circulate(options={DAM: 1}, to=(SOUTH,)))
    hidden = table.state.proposals[-1]
    never = replace(hidden, id=ProposalId("p0000000000000000"))
    answers = [
        table.ask(
            table.seat(BUREAU),
            asked.Support(proposal=text.id, position="yes"),
            Given(version=text.version, digest=text.digest),
        )
        for text in (hidden, never)
    ]
    assert answers[0] == answers[1]
    assert isinstance(answers[0], Refused)
