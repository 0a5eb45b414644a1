"""Whether a body consents: by its decision rule, from what each member said or did not say."""

from collections.abc import Mapping, Sequence

from threebirds_rules.events import BodyCount
from threebirds_rules.names import RoleId
from threebirds_rules.play import competent, convened, in_order, voters
from threebirds_rules.ruleset import Body, RuleSet
from threebirds_rules.state import Ballot, Proposal, State

Convened = Sequence[tuple[Body, tuple[RoleId, ...]]]
"""Bodies, each with its members at this table."""


def counted(rules: RuleSet, state: State, proposal: Proposal, ballot: Ballot) -> tuple[BodyCount, ...]:
    """The count of a vote in every competent body.

    Silence is consent only where a body decides by silence, and only of a seat that acted or answered in this phase,
    or that the facilitator has ruled present: nobody is taken to agree because the line was down.
    """
    words = {role: cast.choice for role, cast in ballot.votes.items()}
    present = _there(state) | set(ballot.ruled_present)
    bodies = convened(rules, state, proposal.package)
    return tuple([_count(body, members, words, present) for body, members in bodies])


def unheard(rules: RuleSet, state: State) -> tuple[RoleId, ...]:
    """In the vote under way, the members of silence bodies who have said nothing and were not there in this phase.

    Their silence counts only if the facilitator rules so.
    """
    ballot = state.ballot
    proposal = None if ballot is None else state.proposal(ballot.proposal)
    if ballot is None or proposal is None:
        return ()
    bodies = [body for body in competent(rules, state, proposal.package) if body.decides == "consensus"]
    asked = {role for body in bodies for role in voters(state, body)}
    return in_order(rules, asked - ballot.votes.keys() - _there(state))


def _there(state: State) -> frozenset[RoleId]:
    return frozenset(seat.role for seat in state.seats if seat.attended or seat.bot is not None)


def under_way(bodies: Convened, ballot: Ballot) -> tuple[BodyCount, ...]:
    """How a vote stands so far, for everybody to see: who is absent is told by the count, not before."""
    words = {role: cast.choice for role, cast in ballot.votes.items()}
    return tuple([_count(body, members, words, frozenset(members)) for body, members in bodies])


def polled(bodies: Convened, proposal: Proposal) -> tuple[BodyCount, ...]:
    """Where the bodies stand by the straw poll: a sponsor stands for its own text, silence says nothing yet."""
    words = {role: opinion.position for role, opinion in proposal.opinions.items()}
    words.setdefault(proposal.sponsor, "yes")
    return tuple([_count(body, members, words, frozenset()) for body, members in bodies])


def _count(
    body: Body, members: tuple[RoleId, ...], words: Mapping[RoleId, str], present: frozenset[RoleId]
) -> BodyCount:
    yes, no, silent, absent = list[RoleId](), list[RoleId](), list[RoleId](), list[RoleId]()
    for role in members:
        word = words.get(role)
        if word == "yes":
            yes.append(role)
        elif word == "no":
            no.append(role)
        else:
            (silent if role in present else absent).append(role)
    return BodyCount(
        body=body.id,
        consents=consents(body, len(members), tuple(yes), tuple(no), tuple(absent)),
        yes=tuple(yes),
        no=tuple(no),
        silent=tuple(silent),
        absent=tuple(absent),
    )


def consents(
    body: Body,
    members: int,
    yes: tuple[RoleId, ...],
    no: tuple[RoleId, ...],
    absent: tuple[RoleId, ...],
) -> bool:
    """By its decision rule, when of so many `members` these said yes, said no, and were not there.

    A veto is a spoken no. A quorum is of those who take part: by their word, or by silence where that is an answer.
    """
    took_part = members - len(absent) if body.decides == "consensus" else len(yes) + len(no)
    if any(role in no for role in body.vetoes) or took_part < body.quorum:
        return False
    match body.decides:
        case "consensus":
            return not no and not absent
        case "unanimity":
            return len(yes) == members
        case "weighted":
            return sum(body.weights[role] for role in yes) >= body.threshold
        case _:
            return 2 * len(yes) > members
