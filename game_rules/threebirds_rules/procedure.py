"""Rules of procedure: what a seat may do now. Each answer is a function of what that seat can see.

`decide` refuses by these and `legal` lists by these, so that the two cannot differ.
"""

from collections.abc import Iterable

from threebirds_rules.mechanics.asked import BEFORE_THE_START, MECHANIC_OF
from threebirds_rules.mechanics.chair import procedure as chair
from threebirds_rules.mechanics.pledges.procedure import falls_due
from threebirds_rules.names import BodyId, PersonId, PhaseKey, ProposalId, RoleId
from threebirds_rules.play import competent, current_phase, implementing, phase_key, phases, role_of, stages, voters
from threebirds_rules.refusals import Obstacle, RefusedError
from threebirds_rules.ruleset import Card, RuleSet
from threebirds_rules.state import LOBBY, Ballot, Proposal, SeatState, State

IN_LOBBY = ("say", "draft", "take_back", "lead")
WHILE_PAUSED = ("draft", "lead")
ALWAYS = ("lead", "attend")
FOR_THE_HEAD = frozenset(
    {
        "circulate",
        "table",
        "amend",
        "accept_amendment",
        "withdraw",
        "support",
        "call_vote",
        "vote",
        "break_silence",
        "pass",
        "lead",
        *MECHANIC_OF,
    }
)
"""What only the head of a delegation does; everybody in it speaks and edits the shared draft."""

ON_A_TEXT = (
    "amend",
    "accept_amendment",
    "withdraw",
    "support",
    "call_vote",
    "vote",
    "break_silence",
)
TO_OWN = frozenset({"amend", "accept_amendment", "withdraw"})
TO_OTHERS = frozenset({"amend", "support"})
ANSWERS = TO_OWN | TO_OTHERS
"""What a seat does to texts that stand open: its own and others'."""

ANSWERABLE = ("circulated", "tabled")


def kinds(rules: RuleSet, state: State) -> tuple[str, ...]:
    """The kinds of action that the moment allows to any seat."""
    match state.status:
        case "lobby":
            return (*IN_LOBBY, *(kind for kind in BEFORE_THE_START if rules.mechanics.plays(MECHANIC_OF[kind])))
        case "paused":
            return WHILE_PAUSED
        case "running":
            return (*current_phase(rules, state).actions, *ALWAYS)
        case _:
            return ()


def check_kind(rules: RuleSet, state: State, kind: str) -> None:
    """Refuses a kind that the moment does not allow, and says why."""
    if kind in kinds(rules, state):
        return
    if state.status == "ended":
        raise RefusedError("game_over", "The conference is over; nothing more can be done at this table.")
    if state.status == "paused":
        raise RefusedError("paused", "Paused by the facilitator. You can read and draft.")
    where = "before the start" if state.status == "lobby" else f"in {current_phase(rules, state).title}"
    raise RefusedError("illegal_action", f"{_named(kind)} is not possible {where}.", rule="phase.actions")


def other_phase(rules: RuleSet, state: State, meant: PhaseKey) -> str:
    """Why nothing is done that was meant for a phase which is not this one."""
    now = (state.round, state.phase_index)
    for number in range(1, rules.schedule.rounds + 1):
        for index, stage in enumerate(stages(rules)):
            if phase_key(number, stage) == meant:
                when = "yet to come" if (number, index) > now else "over"
                return f"The phase for which this was meant is {when}; nothing was done."
    if meant == LOBBY:
        return "This was meant for the time before the start, which is over; nothing was done."
    return "This was meant for a phase that this table does not have; nothing was done."


def _named(kind: str) -> str:
    return f"“{kind.replace('_', ' ')}”"


def pass_obstacle(rules: RuleSet, state: State, seat: SeatState) -> Obstacle | None:
    """Why this seat may not pass now. What it owes it does not leave to the clock by passing over it."""
    if seat.passed:
        return ("pass.once", "You have already passed.")
    if falls_due(rules, state, seat.role):
        return ("pledge.due", "You owe a pledge that falls due with this phase: honour it or break it first.")
    return None


def open_to(rules: RuleSet, state: State, role: RoleId, kind: str) -> tuple[ProposalId, ...]:
    """The texts on which `role` may do `kind` now: those without an obstacle."""
    if kind in ANSWERS:  # asked of every text after each one that is tabled: by itself it is ten times as quick
        texts = [text for text in state.proposals if text.status in ANSWERABLE and text.seen_by(role)]
        return tuple([text.id for text in texts if kind in (TO_OWN if text.sponsor == role else TO_OTHERS)])
    texts = [text for text in _in_question(rules, state, kind) if text.seen_by(role)]
    return tuple([text.id for text in texts if obstacle(rules, state, role, kind, text) is None])


def _in_question(rules: RuleSet, state: State, kind: str) -> tuple[Proposal, ...]:
    """Without the texts that everybody is refused."""
    if kind == "call_vote":
        early = state.round < rules.schedule.voting.from_round
        return () if early or state.ballot is not None else state.proposals
    voted = None if state.ballot is None else state.proposal(state.ballot.proposal)
    return () if voted is None else (voted,)


def obstacle(rules: RuleSet, state: State, role: RoleId, kind: str, proposal: Proposal) -> Obstacle | None:
    """Why `role` may not do `kind` on this text; None if it may."""
    match kind:
        case "vote":
            return _vote_obstacle(rules, state, role, proposal)
        case "break_silence":
            return _silence_obstacle(rules, state, role, proposal)
        case "call_vote":
            return _call_obstacle(rules, state, role, proposal)
        case _:
            return _answer_obstacle(role, kind, proposal)


def _answer_obstacle(role: RoleId, kind: str, proposal: Proposal) -> Obstacle | None:
    own = proposal.sponsor == role
    if proposal.status == "voting":
        return ("text.voting", "This text is being voted on; it cannot change now.")
    if proposal.status not in ANSWERABLE:
        return (
            "text.closed",
            f"This text is {_state_word(proposal)}; nothing more can be done with it.",
        )
    if own and kind not in TO_OWN:
        return ("support.own", "You sponsor this text: the others know that you support it.")
    if not own and kind not in TO_OTHERS:
        return ("text.sponsor", "Only the sponsor of a text can do that.")
    return None


def _state_word(proposal: Proposal) -> str:
    return {"taken_back": "taken back", "rejected": "not adopted"}.get(proposal.status, proposal.status)


def _call_obstacle(rules: RuleSet, state: State, role: RoleId, proposal: Proposal) -> Obstacle | None:
    voting = rules.schedule.voting
    if state.ballot is not None:
        return ("vote.one", "Another text is being voted on: one vote at a time.")
    if proposal.status != "tabled":
        return ("vote.tabled", "Only a text that is on the table can be put to the vote.")
    if state.round < voting.from_round:
        return ("vote.from_round", f"A vote can be called from round {voting.from_round} on.")
    if not _may_call(rules, state, role, proposal):
        return ("vote.caller", "Only the chair or the sponsor of the text calls the vote.")
    return chair.vote_obstacle(rules, state, proposal)


def _may_call(rules: RuleSet, state: State, role: RoleId, proposal: Proposal) -> bool:
    callers = rules.schedule.voting.callers
    if "chair" in callers and role_of(rules, role).chair:
        return True
    if proposal.sponsor != role:
        return False
    return "sponsor" in callers or not _chair_present(rules, state)


def _chair_present(rules: RuleSet, state: State) -> bool:
    return any(seat.occupied and role_of(rules, seat.role).chair for seat in state.seats)


def _vote_obstacle(rules: RuleSet, state: State, role: RoleId, proposal: Proposal) -> Obstacle | None:
    if state.ballot is None or state.ballot.proposal != proposal.id:
        return ("vote.open", "No vote is open on this text.")
    if not has_vote(rules, state, role, proposal):
        return ("vote.member", "Your delegation has no vote on this text.")
    return None


def _silence_obstacle(rules: RuleSet, state: State, role: RoleId, proposal: Proposal) -> Obstacle | None:
    closed = _vote_obstacle(rules, state, role, proposal)
    if closed is not None:
        return closed
    if not silence_bodies(rules, state, role, proposal):
        return (
            "silence.member",
            "No body that you sit in decides this text by silence: vote instead.",
        )
    return None


def silence_bodies(rules: RuleSet, state: State, role: RoleId, proposal: Proposal) -> tuple[BodyId, ...]:
    """The competent bodies that decide by silence and have `role` as a member."""
    return tuple(
        body.id
        for body in competent(rules, state, proposal.package)
        if body.decides == "consensus" and role in voters(state, body)
    )


def has_vote(rules: RuleSet, state: State, role: RoleId, proposal: Proposal) -> bool:
    """Whether `role` sits in a competent body."""
    return any(role in voters(state, body) for body in competent(rules, state, proposal.package))


def unmuted(state: State, people: Iterable[PersonId]) -> tuple[PersonId, ...]:
    return tuple(person for person in people if person not in state.muted)


def on_the_table(state: State) -> tuple[Proposal, ...]:
    return tuple(text for text in state.proposals if text.status == "tabled")


def last_text_due(rules: RuleSet, state: State) -> bool:
    """In the last phase with a vote the last text on the table is put to it, so that no game ends unasked."""
    if not rules.schedule.voting.last_text or state.last_call or state.round < rules.schedule.rounds:
        return False
    voting_phases = [index for index, one in enumerate(phases(rules)) if "vote" in one.actions]
    return voting_phases[-1:] == [state.phase_index] and bool(on_the_table(state))


def replaceable(rules: RuleSet, state: State) -> bool:
    """Whether this is a moment to replace the rules: a phase can be closed here, and another one follows."""
    if state.status != "running" or state.ballot is not None or implementing(rules, state):
        return state.status == "lobby"
    last = state.round == rules.schedule.rounds and state.phase_index + 1 == len(phases(rules))
    return not last and not last_text_due(rules, state)


def undrawn(rules: RuleSet, state: State) -> tuple[Card, ...]:
    drawn = {one.card for one in state.cards}
    return tuple(card for card in rules.cards if card.id not in drawn)


def reopenable(state: State) -> tuple[ProposalId, ...]:
    """The texts that were voted down in the phase that still runs, unless a vote is under way."""
    if state.status != "running" or state.ballot is not None:
        return ()
    return tuple(text.id for text in state.proposals if text.status == "rejected" and text.counted_in == state.phase)


def everybody_voted(rules: RuleSet, state: State, ballot: Ballot, proposal: Proposal) -> bool:
    bodies = competent(rules, state, proposal.package)
    return all(ballot.votes.keys() >= set(voters(state, body)) for body in bodies)
