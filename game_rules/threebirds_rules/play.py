"""Small questions about a table in play: who sits, which phases there are, what of the state touches scores."""

from collections.abc import Iterator, Mapping, Set
from hashlib import blake2b

from threebirds_rules.conditions import Condition, holds
from threebirds_rules.mandate import Position
from threebirds_rules.names import ChannelId, GaugeId, IssueId, Package, PhaseKey, ProposalId, RoleId
from threebirds_rules.ruleset import Body, Phase, Role, RuleSet
from threebirds_rules.scoring import gauges_of
from threebirds_rules.state import DELEGATION, PLENARY, SeatState, State


def role_of(rules: RuleSet, role: RoleId) -> Role:
    return next(one for one in rules.roles if one.id == role)


def in_order(rules: RuleSet, roles: Set[RoleId]) -> tuple[RoleId, ...]:
    """These roles in the rule set's order."""
    return tuple([role.id for role in rules.roles if role.id in roles])


def seated(state: State) -> tuple[RoleId, ...]:
    """The roles that count: all offered before the start, the ones not dropped after it."""
    return tuple([seat.role for seat in state.seats if not seat.dropped])


def occupied(state: State) -> tuple[SeatState, ...]:
    return tuple(seat for seat in state.seats if seat.occupied)


def phases(rules: RuleSet) -> tuple[Phase, ...]:
    return rules.played_phases


def stages(rules: RuleSet) -> tuple[Phase, ...]:
    """The phases of a round and, after them, what follows an adopted text."""
    after = rules.schedule.implementation
    return phases(rules) if after is None else (*phases(rules), after)


def current_phase(rules: RuleSet, state: State) -> Phase:
    return stages(rules)[state.phase_index]


def implementing(rules: RuleSet, state: State) -> bool:
    """A text is adopted, and what was promised is carried out."""
    return state.phase_index == len(phases(rules))


def phase_key(round_number: int, phase: Phase) -> PhaseKey:
    return PhaseKey(f"{round_number}.{phase.id}")


SCORING_FIELDS = ("seats", "switches", "rekey", "woken", "tracks", "shifts", "offsets")
"""The fields of the state that touch scores: those that `position` looks at."""


def position(state: State) -> Position:
    return Position(
        seated=seated(state),
        switches=state.switches,
        woken=state.woken,
        tracks=state.tracks,
        shifts=_shifts(state),
        offsets=state.offsets,
    )


def _shifts(state: State) -> Mapping[RoleId, int]:
    """Of cards, and of the re-key, which no mechanic changes."""
    if not state.rekey:
        return state.shifts
    return {role: state.shifts.get(role, 0) + state.rekey.get(role, 0) for role in {**state.rekey, **state.shifts}}


def voters(state: State, body: Body) -> tuple[RoleId, ...]:
    """The members of a body that sit at this table."""
    here = seated(state)
    return tuple([role for role in body.members if role in here])


def competent(rules: RuleSet, state: State, package: Package) -> Iterator[Body]:
    """The bodies whose consent this text needs: none that has no member at this table."""
    here = frozenset(seated(state))
    choice = None
    for body in rules.bodies:
        if here.isdisjoint(body.members):
            continue
        if body.when is not None:
            choice = choice or _choice(rules, package)
            if not holds(body.when, *choice):
                continue
        yield body


def convened(rules: RuleSet, state: State, package: Package) -> tuple[tuple[Body, tuple[RoleId, ...]], ...]:
    """The same, each with its members at this table."""
    return tuple([(body, voters(state, body)) for body in competent(rules, state, package)])


def fits(rules: RuleSet, when: Condition, package: Package) -> bool:
    return holds(when, *_choice(rules, package))


def _choice(rules: RuleSet, package: Package) -> tuple[dict[IssueId, int], dict[GaugeId, int]]:
    return dict(zip([issue.id for issue in rules.issues], package, strict=True)), _Reached(rules, package)


class _Reached(dict[GaugeId, int]):
    """The gauges of a package, worked out when one is asked for: most bodies ask for none."""

    def __init__(self, rules: RuleSet, package: Package) -> None:
        super().__init__()
        self._rules = rules
        self._package = package

    def __missing__(self, gauge: GaugeId) -> int:
        self.update(gauges_of(self._rules, self._package))
        return self[gauge]


def channel_of(members: tuple[RoleId, ...] | None, role: RoleId) -> ChannelId:
    """The id of the channel that these members share; a delegation's own is named after it."""
    if members is None:
        return PLENARY
    return ChannelId(f"{DELEGATION}:{role}" if len(members) == 1 else "+".join(members))


def digest_of(proposal: ProposalId, version: int, package: Package) -> str:
    """Names one version of one text, so that nobody answers a text it has not read."""
    words = f"{proposal}/{version}/{','.join(map(str, package))}"
    return blake2b(words.encode(), digest_size=8).hexdigest()


def next_due_at(state: State) -> int | None:
    """When the clock has something to do (ms since 1970); a vote under way holds its phase open until the count."""
    if state.status != "running":
        return None
    return state.closes_at if state.ballot is None else state.ballot.closes_at
