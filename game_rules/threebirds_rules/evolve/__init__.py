"""Fold one fact into the state. Total: every event that was ever written replays, whatever the rules say today."""

from threebirds_rules import events as facts
from threebirds_rules.events import Event
from threebirds_rules.evolve import ballots, clock, order, proposals, seats, talk
from threebirds_rules.evolve.edits import attended
from threebirds_rules.mechanics import folds
from threebirds_rules.mechanics.facts import MechanicFact, openly_acting
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def evolve(rules: RuleSet, state: State, event: Event) -> State:
    """The state after `event`."""
    after = _evolved(rules, state, event)
    role = _openly_acting(event)
    return after if role is None else attended(after, role)


def _openly_acting(event: Event) -> RoleId | None:
    """The seat that did this before everybody's eyes."""
    if event.audience is not None:
        return None
    match event:
        case facts.Said() | facts.AmendmentProposed() | facts.VersionMade() | facts.Supported():
            return event.role
        case facts.VoteCalled() | facts.VoteCast() | facts.Passed() | facts.TakenBack():
            return event.role
        case facts.Tabled(sponsor=sponsor):
            return sponsor
        case _:
            return openly_acting(event) if isinstance(event, MechanicFact) else None


def _evolved(rules: RuleSet, state: State, event: Event) -> State:
    match event:
        case facts.Said() | facts.Drafted():
            return talk.evolved(rules, state, event)
        case (
            facts.TableOpened()
            | facts.PersonJoined()
            | facts.PersonSeated()
            | facts.PersonLeft()
            | facts.HeadChanged()
            | facts.SeatHandedToBot()
            | facts.SeatDropped()
            | facts.Attended()
        ):
            return seats.evolved(rules, state, event)
        case facts.TakenBack():
            return talk.taken_back(state, event)
        case (
            facts.Circulated()
            | facts.Tabled()
            | facts.AmendmentProposed()
            | facts.VersionMade()
            | facts.Withdrawn()
            | facts.Supported()
        ):
            return proposals.evolved(state, event)
        case (
            facts.VoteCalled()
            | facts.VoteCast()
            | facts.ClosingBegan()
            | facts.VoteCounted()
            | facts.VoteReopened()
            | facts.PresenceRuled()
        ):
            return ballots.evolved(state, event)
        case facts.RulesReplaced() | facts.Announced() | facts.PersonMuted() | facts.MessageHidden():
            return order.evolved(state, event)
        case _:
            return folds.evolved(state, event) if isinstance(event, MechanicFact) else clock.evolved(state, event)
