"""A bot that takes any legal action: it shows that whatever the rules allow can be played to an end."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from threebirds_client.sight import as_read, latest, own_seat, phase_began_at, text_named, texts_for
from threebirds_client.strategies.random_undertakings import UNDERTAKINGS
from threebirds_rules import actions as asked
from threebirds_rules.actions import Position3, SeatAction
from threebirds_rules.chance import draw
from threebirds_rules.legal import Legal
from threebirds_rules.names import IssueId, Package, RoleId
from threebirds_rules.state import PLENARY
from threebirds_rules.strategy import Move
from threebirds_rules.views.shapes import ProposalView, View

Item = TypeVar("Item")

SENTENCES = (
    "We are looking at every article again.",
    "Which wording stands in your way?",
    "Let us find a text that all of us can sign.",
)
REASON = "This article stands in our way."
POSITIONS: tuple[Position3, ...] = ("yes", "no", "reserve")
PATIENCE = 4
"""It passes with one chance in so many at first; each thing it does in a phase uses up one of them."""


class RandomBot:
    """Any legal action, with parameters drawn from `chance`; the longer a phase lasts, the sooner it passes."""

    def choose(self, view: View, *, chance: str) -> Move | None:
        seat = own_seat(view)
        if seat is None or view.status != "running":
            return None
        wandering = _Wandering(view, seat.role, chance)
        if view.ballot is not None:
            return wandering.vote()
        return None if seat.passed else wandering.anything()


class _Wandering:
    """One choice: every draw is for a purpose of its own, so that none hangs on how many came before it."""

    def __init__(self, view: View, role: RoleId, chance: str) -> None:
        self._view = view
        self._role = role
        self._chance = chance

    def vote(self) -> Move | None:
        ballot = self._view.ballot
        if ballot is None or self._role in {vote.role for vote in ballot.votes}:
            return None
        by_silence = texts_for(self._view, "break_silence")
        for text in texts_for(self._view, "vote"):
            if self._below(2, "vote"):
                return _on(text, asked.Vote(proposal=text.id, choice="yes"))
            if text in by_silence:
                return _on(text, self._objection(text))
            return _on(text, asked.Vote(proposal=text.id, choice="no"))
        return None

    def anything(self) -> Move | None:
        legal = {one.kind: one for one in self._view.legal}
        if "pass" in legal and self._below(max(1, PATIENCE - self._done()), "pass") == 0:
            return Move(action=asked.Pass())
        possible = [kind for kind in (*_ACTS, *UNDERTAKINGS) if kind in legal]
        if not possible:
            return None
        kind = self._one_of(possible, "kind")
        if kind in UNDERTAKINGS:
            return Move(action=UNDERTAKINGS[kind](self._view, legal[kind], self._below))
        return _ACTS[kind](self, legal[kind])

    def say(self, _legal: Legal) -> Move:
        return Move(action=asked.Say(channel=PLENARY, text=self._one_of(SENTENCES, "sentence")))

    def draft(self, _legal: Legal) -> Move:
        return Move(action=asked.Draft(options=self._changes(self._status_quo())))

    def circulate(self, legal: Legal) -> Move:
        to = (self._one_of(legal.roles, "to"),)
        return Move(action=asked.Circulate(options=self._changes(self._status_quo()), to=to))

    def table(self, _legal: Legal) -> Move:
        return Move(action=asked.Table(options=self._changes(self._status_quo())))

    def amend(self, legal: Legal) -> Move | None:
        text = self._text(legal)
        return text and _on(text, asked.Amend(proposal=text.id, options=self._changes(latest(text).package)))

    def accept_amendment(self, legal: Legal) -> Move | None:
        wanted = self._one_of(legal.amendments, "amendment")
        for text in self._view.proposals:
            if any(one.id == wanted for one in text.amendments):
                return _on(text, asked.AcceptAmendment(proposal=text.id, amendment=wanted))
        return None

    def withdraw(self, legal: Legal) -> Move | None:
        text = self._text(legal)
        return text and _on(text, asked.Withdraw(proposal=text.id))

    def support(self, legal: Legal) -> Move | None:
        text = self._text(legal)
        position = self._one_of(POSITIONS, "position")
        if text is None or position != "no":
            return text and _on(text, asked.Support(proposal=text.id, position=position))
        aspect = self._one_of(self._view.treaty.aspects, "aspect").id
        issue = self._changed_issue(latest(text).package)
        return _on(text, asked.Support(proposal=text.id, position="no", issue=issue, aspect=aspect, reason=REASON))

    def call_vote(self, legal: Legal) -> Move | None:
        text = self._text(legal)
        return text and _on(text, asked.CallVote(proposal=text.id))

    def _objection(self, text: ProposalView) -> asked.BreakSilence:
        issue = self._changed_issue(latest(text).package)
        return asked.BreakSilence(proposal=text.id, issue=issue, reason=REASON)

    def _text(self, legal: Legal) -> ProposalView | None:
        return text_named(self._view, self._one_of(legal.proposals, "text"))

    def _changes(self, package: Package) -> Mapping[IssueId, int]:
        """Another wording in one article."""
        issues = self._view.treaty.issues
        at = self._below(len(issues), "issue")
        step = 1 + self._below(len(issues[at].options) - 1, "option")
        return {issues[at].id: (package[at] + step) % len(issues[at].options)}

    def _changed_issue(self, package: Package) -> IssueId:
        """An article in which the text is not at the status quo; there is one in every text that says anything."""
        issues = [issue.id for issue, option in zip(self._view.treaty.issues, package, strict=True) if option]
        return self._one_of(issues or [issue.id for issue in self._view.treaty.issues], "objection")

    def _status_quo(self) -> Package:
        return (0,) * len(self._view.treaty.issues)

    def _done(self) -> int:
        """What it has said and put forward since the phase opened."""
        began = phase_began_at(self._view)
        said = [one.at for channel in self._view.channels for one in channel.messages if one.role == self._role]
        written = [text.versions[0].at for text in self._view.proposals if text.sponsor == self._role]
        return sum(at >= began for at in (*said, *written))

    def _one_of(self, items: Sequence[Item], purpose: str) -> Item:
        return items[self._below(len(items), purpose)]

    def _below(self, limit: int, purpose: str) -> int:
        return draw(self._chance, purpose) % limit


def _on(text: ProposalView, action: SeatAction) -> Move:
    return Move(action=action, given=as_read(text))


_ACTS: Mapping[str, Callable[[_Wandering, Legal], Move | None]] = {
    "say": _Wandering.say,
    "draft": _Wandering.draft,
    "circulate": _Wandering.circulate,
    "table": _Wandering.table,
    "amend": _Wandering.amend,
    "accept_amendment": _Wandering.accept_amendment,
    "withdraw": _Wandering.withdraw,
    "support": _Wandering.support,
    "call_vote": _Wandering.call_vote,
}
