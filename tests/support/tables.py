"""A table played by hand in a test: actions in, refusals or events out, everything that happened kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from threebirds_rules import actions as asked
from threebirds_rules.actions import Action, Actor, Given
from threebirds_rules.engine import decide, evolve, next_due_at, view
from threebirds_rules.events import Event
from threebirds_rules.names import IssueId, PersonId, ProposalId, RoleId
from threebirds_rules.refusals import Refused
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import Proposal, State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.shapes import View

HOST = Actor(kind="host")
FACILITATOR = Actor(kind="facilitator")
CLOCK = Actor(kind="clock")
NOON = 1_290_000_000_000


class PlayedTable:
    """`do` expects success and gives the events; `refused` expects a refusal and gives it."""

    def __init__(self, rules: RuleSet, *, now: int = NOON) -> None:
        self.rules = rules
        self.state = State()
        self.now = now
        self.log: list[Event] = []

    def ask(self, actor: Actor, action: Action, given: Given | None = None) -> tuple[Event, ...] | Refused:
        answer = decide(self.rules, self.state, actor, action, self.now, given=given or Given())
        if not isinstance(answer, Refused):
            self.keep(answer)
        return answer

    def keep(self, events: Iterable[Event]) -> None:
        for event in events:
            self.log.append(event)
            self.state = evolve(self.rules, self.state, event)

    def do(self, actor: Actor, action: Action, given: Given | None = None) -> tuple[Event, ...]:
        answer = self.ask(actor, action, given)
        assert not isinstance(answer, Refused), answer
        return answer

    def refused(self, actor: Actor, action: Action, given: Given | None = None) -> Refused:
        answer = self.ask(actor, action, given)
        assert isinstance(answer, Refused), answer
        return answer

    def seat(self, role: RoleId) -> Actor:
        """Whoever may act for this seat: its head, or its bot."""
        seat = self.state.seat(role)
        return Actor(kind="seat", role=role, person=None if seat is None else seat.head)

    def by(self, role: RoleId, action: Action) -> tuple[Event, ...]:
        """The seat acts, having read the text it acts on."""
        return self.do(self.seat(role), action, self.as_read(action))

    def refuses(self, role: RoleId, action: Action) -> Refused:
        return self.refused(self.seat(role), action, self.as_read(action))

    def as_read(self, action: Action) -> Given:
        proposal = self.state.proposal(getattr(action, "proposal", ProposalId("")))
        if proposal is None:
            return Given(phase=self.state.phase)
        return Given(phase=self.state.phase, version=proposal.version, digest=proposal.digest)

    def time_up(self) -> tuple[Event, ...]:
        """Let the clock run to whatever is due next."""
        self.now = next_due_at(self.state) or self.now
        return self.do(CLOCK, asked.TimeUp())

    def go_to(self, phase: str) -> None:
        while self.state.phase != phase:
            self.time_up()

    def tabled(self, role: RoleId, options: Mapping[str, int]) -> Proposal:
        self.by(role, asked.Table(options={IssueId(name): at for name, at in options.items()}))
        return self.state.proposals[-1]

    def text(self, proposal: Proposal) -> Proposal:
        """The same proposal as it stands now."""
        found = self.state.proposal(proposal.id)
        assert found is not None
        return found

    def view(self, role: RoleId) -> View:
        return view(self.rules, self.state, Viewer("seat", role))


def opened(rules: RuleSet, *roles: RoleId, now: int = NOON, **changes: Any) -> PlayedTable:
    """A table in the lobby with these roles (or all that are not optional)."""
    seats = roles or tuple(role.id for role in rules.roles if not role.optional)
    table = PlayedTable(rules, now=now)
    table.do(
        HOST,
        asked.Open(seed="a secret", roles=seats, switches=changes.pop("switches", ()), **changes),
    )
    return table


def joined(table: PlayedTable, person: str, role: RoleId | None = None) -> PersonId:
    """Somebody comes in by the door and, with a role, sits down."""
    who = PersonId(person)
    table.do(HOST, asked.Join(person=who, name=person.title()))
    if role is not None:
        table.do(HOST, asked.Seat(person=who, role=role))
    return who


def started(rules: RuleSet, *roles: RoleId, now: int = NOON) -> PlayedTable:
    """A table in its first phase, each seat held by one person."""
    table = opened(rules, *roles, now=now)
    for seat in table.state.seats:
        joined(table, f"{seat.role.lower()} one", seat.role)
    table.do(FACILITATOR, asked.Start())
    return table
