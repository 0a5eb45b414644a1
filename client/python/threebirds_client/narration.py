"""A log in readable words, one line for every event that a reader would want to know of."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from threebirds_client.mechanics_narration import MechanicsNarrator
from threebirds_client.naming import Naming
from threebirds_rules import events as facts
from threebirds_rules.events import Event
from threebirds_rules.names import Package, ProposalId
from threebirds_rules.play import stages
from threebirds_rules.ruleset import RuleSet


class Narrator:
    """Tells the events of one game in their order; it remembers the texts that it told of."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._names = Naming(rules)
        self._numbers: dict[ProposalId, str] = {}
        self._mechanics = MechanicsNarrator(rules, self._names, self._numbers)
        self._packages: dict[ProposalId, Package] = {}

    def tell(self, event: Event) -> str | None:
        """The line for this event; None for what only the machinery needs."""
        told = _WORDS.get(type(event))
        line = self._mechanics.tell(event) if told is None else told(self, event)
        if line is None:
            return None
        time = datetime.fromtimestamp(event.at / 1000, UTC).strftime("%H:%M:%S")
        return f"{time}  {line}"

    def phase_opened(self, event: facts.PhaseOpened) -> str:
        title = next(phase.title for phase in stages(self._rules) if event.phase.endswith(f".{phase.id}"))
        return f"-- Round {event.round}, {title}"

    def card_drawn(self, event: facts.CardDrawn) -> str:
        card = next(card for card in self._rules.cards if card.id == event.card)
        return f"Card: {card.title}. {card.effect}".rstrip()

    def said(self, event: facts.Said) -> str:
        return f"{self._names.who(event.role)} says: {event.text}"

    def circulated(self, event: facts.Circulated) -> str:
        self._numbers[event.proposal] = f"a paper of {self._names.who(event.sponsor)}"
        to = ", ".join(self._names.who(role) for role in event.to)
        return f"{self._names.who(event.sponsor)} shows {to} a paper: {self._changes(event.proposal, event.package)}"

    def tabled(self, event: facts.Tabled) -> str:
        self._numbers[event.proposal] = f"text {event.number}"
        changes = self._changes(event.proposal, event.package)
        return f"{self._names.who(event.sponsor)} tables text {event.number}: {changes}"

    def amendment_proposed(self, event: facts.AmendmentProposed) -> str:
        changes = self._compared(self._packages[event.proposal], event.package)
        return f"{self._names.who(event.role)} asks to change {self._text(event.proposal)}: {changes}"

    def version_made(self, event: facts.VersionMade) -> str:
        how = "accepts an amendment to" if event.amendment else "rewrites"
        changes = self._changes(event.proposal, event.package)
        return f"{self._names.who(event.role)} {how} {self._text(event.proposal)}, version {event.version}: {changes}"

    def withdrawn(self, event: facts.Withdrawn) -> str:
        return f"{_begun(self._text(event.proposal))} is withdrawn"

    def supported(self, event: facts.Supported) -> str:
        where = f", because of {self._names.title(event.issue)}" if event.issue else ""
        return f"{self._names.who(event.role)} on {self._text(event.proposal)}: {event.position}{where}"

    def vote_called(self, event: facts.VoteCalled) -> str:
        caller = self._names.who(event.role) if event.role else "The schedule"
        return f"{caller} puts {self._text(event.proposal)} to the vote"

    def vote_cast(self, event: facts.VoteCast) -> str:
        where = f", because of {self._names.title(event.issue)}" if event.issue else ""
        return f"{self._names.who(event.role)} votes {event.choice}{where}"

    def vote_counted(self, event: facts.VoteCounted) -> str:
        bodies = {body.id: body.name for body in self._rules.bodies}
        counts = ", ".join(
            f"{bodies[one.body]} {'consents' if one.consents else 'does not consent'}" for one in event.bodies
        )
        return f"{_begun(self._text(event.proposal))} is {'' if event.adopted else 'not '}adopted: {counts}"

    def time_given_back(self, event: facts.TimeGivenBack) -> str:
        return f"The service was away for {abs(event.until - event.since) // 1000:,} s: the deadline moves by that"

    def injected(self, event: facts.Injected) -> str:
        return f"News: {event.title}. {event.text}".rstrip()

    def rules_replaced(self, event: facts.RulesReplaced) -> str:
        return f"The rules are replaced by {event.digest[:12]}"

    def announced(self, event: facts.Announced) -> str:
        return f"The facilitator: {event.text}"

    def vote_reopened(self, event: facts.VoteReopened) -> str:
        return f"The facilitator reopens the vote on {self._text(event.proposal)}"

    def presence_ruled(self, event: facts.PresenceRuled) -> str:
        ruling = "counts" if event.present else "does not count"
        return f"The facilitator rules that the silence of {self._names.who(event.role)} {ruling}"

    def taken_back(self, event: facts.TakenBack) -> str:
        return f"{self._names.who(event.role)} takes its last step back"

    def _text(self, proposal: ProposalId) -> str:
        return self._numbers[proposal]

    def _changes(self, proposal: ProposalId, package: Package) -> str:
        """The wordings that differ from the version before, or from the status quo."""
        before = self._packages.get(proposal, (0,) * len(package))
        self._packages[proposal] = package
        return self._compared(before, package)

    def _compared(self, before: Package, after: Package) -> str:
        changed = [
            f"{issue.title}: {issue.options[new].label}"
            for issue, old, new in zip(self._rules.issues, before, after, strict=True)
            if old != new
        ]
        return "; ".join(changed)


def _begun(sentence: str) -> str:
    """With a capital; whatever else is written large stays so."""
    return sentence[:1].upper() + sentence[1:]


_WORDS: Mapping[type[Event], Callable[[Narrator, Any], str]] = {
    facts.PhaseOpened: Narrator.phase_opened,
    facts.CardDrawn: Narrator.card_drawn,
    facts.Said: Narrator.said,
    facts.Circulated: Narrator.circulated,
    facts.Tabled: Narrator.tabled,
    facts.AmendmentProposed: Narrator.amendment_proposed,
    facts.VersionMade: Narrator.version_made,
    facts.Withdrawn: Narrator.withdrawn,
    facts.Supported: Narrator.supported,
    facts.VoteCalled: Narrator.vote_called,
    facts.VoteCast: Narrator.vote_cast,
    facts.VoteCounted: Narrator.vote_counted,
    facts.TakenBack: Narrator.taken_back,
    facts.TimeGivenBack: Narrator.time_given_back,
    facts.Injected: Narrator.injected,
    facts.RulesReplaced: Narrator.rules_replaced,
    facts.Announced: Narrator.announced,
    facts.VoteReopened: Narrator.vote_reopened,
    facts.PresenceRuled: Narrator.presence_ruled,
}
