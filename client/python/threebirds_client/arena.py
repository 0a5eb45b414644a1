"""A whole game in one process: the engine, a strategy in every seat, and a clock that is only a number."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec
from msgspec import Struct

from threebirds_rules import actions as asked
from threebirds_rules.actions import Action, Actor, Given
from threebirds_rules.chance import token
from threebirds_rules.engine import Step, advance, next_due_at, view
from threebirds_rules.events import Event, RoleResult
from threebirds_rules.names import RoleId
from threebirds_rules.refusals import Refused
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.strategy import Move, Strategy
from threebirds_rules.variants import as_played
from threebirds_rules.viewers import Viewer

START = 1_257_508_800_000
"""The evening of 6 November 2009, UTC: every game in an arena begins then, so that the same game has the same bytes."""
MOVE_MS = 1_000
"""What a move takes, so that no strategy, however talkative, can keep a phase open for ever."""

_HOST = Actor(kind="host")
_CLOCK = Actor(kind="clock")


class Refusal(NamedTuple):
    """A move that was refused: a fault in a strategy, or the sign of one."""

    role: RoleId
    move: Move
    refused: Refused


class Game(Struct, frozen=True, kw_only=True):
    """A finished game. `log` alone says all that happened."""

    rules: RuleSet
    log: tuple[Event, ...]
    state: State
    refusals: tuple[Refusal, ...]

    @property
    def results(self) -> tuple[RoleResult, ...]:
        return () if self.state.outcome is None else self.state.outcome.results

    @property
    def adopted(self) -> bool:
        return self.state.outcome is not None and self.state.outcome.result == "adopted"

    def encoded(self) -> bytes:
        """The log as lines of JSON: equal games have equal bytes."""
        return b"".join(msgspec.json.encode(event, order="sorted") + b"\n" for event in self.log)


def play_game(
    rules: RuleSet,
    strategies: Mapping[RoleId, Strategy],
    *,
    seed: str,
    names: Mapping[RoleId, str] | None = None,
    start: int = START,
    variant: str = "",
) -> Game:
    """Play to the end. Every role with a strategy is seated; `names` is what the log calls its bot.

    Raises UnknownVariantError.
    """
    table = _Arena(as_played(rules, variant), strategies, seed, start)
    table.open(dict.fromkeys(strategies, "bot") | dict(names or {}))
    while table.state.status != "ended":
        table.go_on()
    return Game(rules=table.rules, log=tuple(table.log), state=table.state, refusals=tuple(table.refusals))


class _Arena:
    """`now` moves with every move, and jumps to what is due when nobody has anything to do."""

    def __init__(self, rules: RuleSet, strategies: Mapping[RoleId, Strategy], seed: str, start: int) -> None:
        self.rules = rules
        self.state = State()
        self.log: list[Event] = []
        self.refusals: list[Refusal] = []
        self._strategies = strategies
        self._roles = tuple(role.id for role in rules.roles if role.id in strategies)
        self._seed = seed
        self._now = start
        self._moves = dict.fromkeys(self._roles, 0)

    def open(self, names: Mapping[RoleId, str]) -> None:
        switches = tuple(switch.id for switch in self.rules.switches if switch.on)
        opening = asked.Open(seed=self._seed, roles=self._roles, switches=switches, variant=self.rules.variant)
        self._ask(_HOST, opening)
        for role in self._roles:
            self._ask(_HOST, asked.HandToBot(role=role, bot=names[role]))
        self._ask(_HOST, asked.Start())

    def go_on(self) -> None:
        """Everybody in turn, once; if nobody moved, the clock does."""
        moved = [self._let_move(role) for role in self._roles if self.state.status == "running"]
        if not any(moved) and self.state.status == "running":
            self._now = max(self._now, next_due_at(self.state) or self._now)
            self._ask(_CLOCK, asked.TimeUp())

    def _let_move(self, role: RoleId) -> bool:
        if self._is_due():
            return False
        chance = token(self._seed, "bot", role, self._moves[role])
        move = self._strategies[role].choose(view(self.rules, self.state, Viewer("seat", role)), chance=chance)
        if move is None:
            return False
        self._moves[role] += 1
        self._now += MOVE_MS
        answer = self._ask(Actor(kind="seat", role=role), move.action, move.given)
        if isinstance(answer, Refused):
            self.refusals.append(Refusal(role, move, answer))
            return False
        return True

    def _is_due(self) -> bool:
        due = next_due_at(self.state)
        return due is not None and self._now >= due

    def _ask(self, actor: Actor, action: Action, given: Given | None = None) -> Iterable[Step] | Refused:
        answer = advance(self.rules, self.state, actor, action, self._now, given=given or Given())
        if not isinstance(answer, Refused):
            for step in answer:
                self.log.append(step.event)
                self.state = step.after
        return answer
