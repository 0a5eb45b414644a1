"""A table in play: what is asked of it in the proportions of a real game, and texts drawn at random."""

from random import Random
from typing import NamedTuple

from tests.support.tables import NOON, started
from threebirds_rules import actions as asked
from threebirds_rules.actions import Action, Actor, Given
from threebirds_rules.loading import load_scenario
from threebirds_rules.names import ChannelId, IssueId, Package, ProposalId, RoleId
from threebirds_rules.refusals import Refused
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import PLENARY

SCENARIO = "european-security-treaty"
WORDS = "If you move on the second article, we can move on the third."
MIX = ("say",) * 12 + ("support",) * 3 + ("amend",) * 2 + ("vote",) * 2 + ("table",)


class Asked(NamedTuple):
    """An action that was accepted, and by whom it was asked."""

    actor: Actor
    action: Action
    given: Given


class Mixed:
    """A table in the plenary of round 3, where a vote is under way that one delegation holds up.

    Without `roles` all that are not optional; `aloud`: what is said is said in the plenary. The table opens at `now`.
    """

    def __init__(self, seed: int, *roles: RoleId, now: int = NOON, aloud: bool = False) -> None:
        self.aloud = aloud
        self.table = started(load_scenario(SCENARIO), *roles, now=now)
        self.random = Random(seed)  # a test's own chance
        self.roles = [seat.role for seat in self.table.state.seats]
        self.table.go_to("3.plenary")
        for role in self.roles[:3]:
            self.table.tabled(role, {"frame": 1, "seat": self.random.randint(1, 3)})
        self.ballot = self.table.state.proposals[0].id
        self.table.by(self.roles[0], asked.CallVote(proposal=self.ballot))

    def play(self, count: int) -> list[Asked]:
        done: list[Asked] = []
        while len(done) < count:
            role = self.random.choice(self.roles)
            kind = self.random.choice(MIX)
            if kind == "vote" and role == self.roles[-1]:
                continue
            action = self._action(role, kind)
            actor, given = self.table.seat(role), self.table.as_read(action)
            one = Asked(actor, action, given)
            if not isinstance(self.table.ask(actor, action, given), Refused):
                done.append(one)
        return done

    def _action(self, role: RoleId, kind: str) -> Action:
        match kind:
            case "say":
                return asked.Say(channel=self._channel(role), text=WORDS)
            case "vote":
                return asked.Vote(proposal=self.ballot, choice="yes")
            case "table":
                return asked.Table(options={self._issue(): 1, self._issue(): 2})
            case "amend":
                return asked.Amend(proposal=self._text(), options={self._issue(): self.random.randint(0, 2)})
            case _:
                return asked.Support(proposal=self._text(), position="yes")

    def _channel(self, role: RoleId) -> ChannelId:
        if self.aloud:
            return PLENARY
        return ChannelId(self.random.choice(("plenary", "plenary", "delegation", f"{role}+{self._other(role)}")))

    def _other(self, role: RoleId) -> RoleId:
        return self.random.choice([one for one in self.roles if one != role])

    def _text(self) -> ProposalId:
        return self.random.choice(self.table.state.proposals[1:]).id

    def _issue(self) -> IssueId:
        return self.random.choice([one for one in self.table.rules.issues if len(one.options) > 2]).id


def some_packages(rules: RuleSet, count: int, seed: int) -> list[Package]:
    """Packages drawn at random; the same seed draws the same ones."""
    random = Random(seed)  # a test's own chance
    return [tuple(random.randrange(len(issue.options)) for issue in rules.issues) for _ in range(count)]
