"""One decision in progress: the steps so far, and the state as they leave it."""

from threebirds_rules.actions import Actor, Given
from threebirds_rules.events import Event, RulesReplaced
from threebirds_rules.evolve import evolve
from threebirds_rules.names import PersonId, ProposalId, RoleId
from threebirds_rules.play import in_order, occupied
from threebirds_rules.refusals import RefusedError
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import Proposal, State
from threebirds_rules.steps import Step
from threebirds_rules.texts import checked_text


class Turn:
    """`now` is milliseconds since 1970, UTC. Nothing outside changes: the caller gets `steps`."""

    def __init__(self, rules: RuleSet, state: State, actor: Actor, given: Given, now: int) -> None:
        self.rules = rules
        self.replacement: RuleSet | None = None
        """The rule set by which the actor would have the table go on."""
        self.state = state
        self.actor = actor
        self.given = given
        self.now = now
        self.steps: list[Step] = []

    def emit(self, event: Event) -> None:
        after = evolve(self.rules, self.state, event)
        self.steps.append(Step(self.state, event, after))
        self.state = after

    def go_by(self, rules: RuleSet, replaced: RulesReplaced) -> None:
        """From this event on."""
        self.emit(replaced)
        self.rules = rules

    @property
    def role(self) -> RoleId:
        """The acting seat's role; checked before any action of a seat is looked at."""
        if self.actor.role is None:
            raise RefusedError("not_your_seat", "You have no seat at this table.")
        return self.actor.role

    def proposal(self, proposal: ProposalId) -> Proposal:
        """A text that the acting seat can see. One it cannot see does not exist for it."""
        found = self.state.proposal(proposal)
        if found is None or not found.seen_by(self.role):
            raise RefusedError("invalid_action", "There is no such text.", path="proposal")
        return found

    def as_read(self, proposal: ProposalId) -> Proposal:
        """The same, in the very version that the sender had read."""
        found = self.proposal(proposal)
        given = self.given
        if given.version is None or given.digest is None:
            raise RefusedError("invalid_action", "Say which version you answer: its number and digest.", path="if")
        if (given.version, given.digest) != (found.version, found.digest):
            raise RefusedError(
                "stale_proposal",
                f"This text changed while you read it: it now stands at version {found.version}.",
                path="if.version",
            )
        return found

    def audience_of(self, proposal: Proposal) -> tuple[RoleId, ...] | None:
        if proposal.to is None:
            return None
        return in_order(self.rules, {proposal.sponsor, *proposal.to})

    def present(self) -> frozenset[RoleId]:
        return frozenset(seat.role for seat in occupied(self.state))

    def may_write(self, path: str) -> None:
        """Refuses words to others by somebody whom the facilitator has muted."""
        if self.actor.person in self.state.muted:
            raise RefusedError(
                "forbidden",
                "The facilitator has muted you: only your own delegation reads what you write.",
                rule="say.muted",
                path=path,
            )

    def note(self, words: str, path: str) -> str:
        """Words beside a text, which may be empty."""
        if words:
            self.may_write(path)
        return checked_text(words, path=path, required=False)

    def person_here(self, person: PersonId) -> None:
        if self.state.person(person) is None:
            raise RefusedError("invalid_action", "Nobody of that name is at this table.", path="person")
