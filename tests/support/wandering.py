"""Whole games of legal actions picked at random, to hold the engine's promises against."""

from collections.abc import Iterator
from random import Random

from tests.support.tables import CLOCK, FACILITATOR, PlayedTable, opened
from threebirds_client.strategies.random_undertakings import UNDERTAKINGS
from threebirds_rules import actions as asked
from threebirds_rules.actions import Action, Actor
from threebirds_rules.legal import Legal
from threebirds_rules.names import AspectId, CardId, ChannelId, IssueId, PersonId, RoleId
from threebirds_rules.play import seated
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import DELEGATION
from threebirds_rules.viewers import Viewer
from threebirds_rules.views import view

HOST = Actor(kind="host")
ORDER = 0.06
"""How often the facilitator steps in."""
ORDERS = ("announce", "inject", "mute", "unmute", "rule_present")


class Wanderer:
    """Takes any legal action with any legal parameters; the same seed takes the same ones."""

    def __init__(self, table: PlayedTable, seed: int) -> None:
        self.table = table
        self.random = Random(seed)  # a test's own chance

    def action(self, role: RoleId, legal: Legal) -> Action:
        match legal.kind:
            case "say":
                return asked.Say(channel=self._channel(role, legal), text=self._words())
            case "draft":
                return asked.Draft(options=self._options(), fresh=self.random.random() < 0.3)
            case "take_back":
                return asked.TakeBack()
            case "circulate":
                to = self.random.sample(legal.roles, self.random.randint(1, len(legal.roles)))
                return asked.Circulate(options=self._options(), to=tuple(to), note=self._note(role))
            case "table":
                return asked.Table(options=self._changes({}), note=self._note(role))
            case "pass":
                return asked.Pass()
            case "lead":
                return asked.Lead(person=self.random.choice(legal.people))
            case _:
                return self._with_a_mechanic(role, legal) or self._on_a_text(role, legal)

    def _with_a_mechanic(self, role: RoleId, legal: Legal) -> Action | None:
        """As the random bot does; None if this possibility belongs to no mechanic."""
        act = UNDERTAKINGS.get(legal.kind)
        return act and act(self.table.view(role), legal, lambda limit, _: self.random.randrange(limit))

    def _on_a_text(self, role: RoleId, legal: Legal) -> Action:
        proposal = self.random.choice(legal.proposals)
        issue = self.random.choice(self.table.rules.issues).id
        match legal.kind:
            case "amend":
                return asked.Amend(proposal=proposal, options=self._amendment(proposal))
            case "accept_amendment":
                return self._acceptance(legal)
            case "withdraw":
                return asked.Withdraw(proposal=proposal)
            case "support":
                return asked.Support(
                    proposal=proposal,
                    position=self.random.choice(("yes", "no", "reserve")),
                    issue=issue,
                    aspect=self._aspect(),
                    reason=self._note(role),
                )
            case "call_vote":
                return asked.CallVote(proposal=proposal)
            case "vote":
                return asked.Vote(proposal=proposal, choice="yes")
            case _:
                return asked.BreakSilence(proposal=proposal, issue=issue, reason="It is not enough.")

    def _acceptance(self, legal: Legal) -> Action:
        amendment = self.random.choice(legal.amendments)
        owner = next(one.id for one in self.table.state.proposals if amendment in {part.id for part in one.amendments})
        return asked.AcceptAmendment(proposal=owner, amendment=amendment)

    def _amendment(self, proposal: str) -> dict[IssueId, int]:
        text = next(one for one in self.table.state.proposals if one.id == proposal)
        ids = [issue.id for issue in self.table.rules.issues]
        return self._changes(dict(zip(ids, text.package, strict=True)))

    def _changes(self, held: dict[IssueId, int]) -> dict[IssueId, int]:
        """Options of which at least one differs from what is held (else from the status quo)."""
        issue = self.random.choice(self.table.rules.issues)
        others = [at for at in range(len(issue.options)) if at != held.get(issue.id, 0)]
        return {**self._options(), issue.id: self.random.choice(others)}

    def _options(self) -> dict[IssueId, int]:
        issues = self.random.sample(self.table.rules.issues, 2)
        return {issue.id: self.random.randrange(len(issue.options)) for issue in issues}

    def _channel(self, role: RoleId, legal: Legal) -> ChannelId:
        if self._muted(role):
            return DELEGATION
        if not legal.roles:
            return self.random.choice(legal.channels)
        pair = ChannelId(f"{role}+{self.random.choice(legal.roles)}")
        return self.random.choice((*legal.channels, pair))

    def _aspect(self) -> AspectId:
        return self.random.choice(self.table.rules.aspects).id

    def _muted(self, role: RoleId) -> bool:
        return self.table.seat(role).person in self.table.state.muted

    def _note(self, role: RoleId) -> str:
        return "" if self._muted(role) else self._words()

    def order(self, legal: Legal) -> Action:
        """What the facilitator does to keep order."""
        match legal.kind:
            case "announce":
                return asked.Announce(text=self._words())
            case "mute":
                return asked.Mute(person=self.random.choice(legal.people))
            case "inject":
                return self._injection(legal)
            case "unmute":
                return asked.Unmute(person=self.random.choice(legal.people))
            case "rule_present":
                ballot = self.table.state.ballot
                role = self.random.choice(legal.roles)
                return asked.RulePresent(role=role, present=ballot is None or role not in ballot.ruled_present)
            case _:
                return asked.Correct(proposal=self.random.choice(legal.proposals))

    def _injection(self, legal: Legal) -> Action:
        if legal.choices and self.random.random() < 0.5:
            return asked.Inject(card=CardId(self.random.choice(legal.choices)))
        role, tracks = self.random.choice(self.table.state.seats).role, self.table.rules.tracks
        shifts = {} if role not in seated(self.table.state) else {role: self.random.randint(-3, 3)}
        moved = {self.random.choice(tracks).id: self.random.randint(-2, 2)} if tracks else {}
        return asked.Inject(title="News", text=self._words(), shifts=shifts, tracks=moved)

    def _words(self) -> str:
        return self.random.choice(("Let us talk.", "Rivers — and birds.", "Нет", "#1, Art. 2?"))

    def move(self) -> tuple[Actor, Action]:
        """Somebody's next action, or the clock's."""
        if self.random.random() < ORDER:
            return FACILITATOR, self.order(self.random.choice(self._orders()))
        seats = [seat for seat in self.table.state.seats if seat.occupied]
        seat = self.random.choice(seats)
        legal = [one for one in self.table.view(seat.role).legal if one.kind != "pass" or self.random.random() < 0.5]
        if self.random.random() < 0.12 or not legal:
            return CLOCK, asked.TimeUp()
        return self.table.seat(seat.role), self.action(seat.role, self.random.choice(legal))

    def _orders(self) -> list[Legal]:
        desk = view(self.table.rules, self.table.state, Viewer("facilitator"))
        return [one for one in desk.legal if one.kind in ORDERS or (one.kind == "correct" and one.proposals)]


def everybody(table: PlayedTable) -> tuple[Viewer, ...]:
    seats = tuple(Viewer("seat", seat.role) for seat in table.state.seats)
    return (*seats, Viewer("facilitator"), Viewer("observer"), Viewer("public"))


def wander(rules: RuleSet, seed: int) -> Iterator[PlayedTable]:
    """A game from the door to its end; yields the table before every action and at the end."""
    table = opened(rules)
    wanderer = Wanderer(table, seed)
    for number, role in enumerate(seat.role for seat in table.state.seats[:-1]):
        for part in range(1 + number % 2):
            person = PersonId(f"p{number}{part}")
            yield table
            table.do(HOST, asked.Join(person=person, name=f"Person {number}{part}"))
            yield table
            table.do(HOST, asked.Seat(person=person, role=role))
    yield table
    table.do(HOST, asked.Start(bot="conceder"))
    while table.state.status != "ended":
        yield table
        table.now += wanderer.random.randint(1, 4_000)
        actor, action = wanderer.move()
        if isinstance(action, asked.TimeUp):
            table.time_up()
        else:
            table.do(actor, action, table.as_read(action))
    yield table
