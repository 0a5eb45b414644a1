"""The rule sets of one table, by digest: the one it was opened with, and those that took over since."""

from collections.abc import Awaitable, Callable, Iterable, Mapping

from threebirds_rules.events import Event, RulesReplaced
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


class Shelf:
    """`find` looks up a rule set that is kept for ever; it raises `LookupError` if there is none for this table."""

    def __init__(self, first: RuleSet, find: Callable[[str], Awaitable[RuleSet]]) -> None:
        self.first = first
        self._find = find
        self._found: dict[str, RuleSet] = {first.digest: first}

    @property
    def found(self) -> Mapping[str, RuleSet]:
        return self._found

    def at(self, state: State) -> RuleSet:
        """The rules that hold in this state."""
        return self._found[state.digest] if state.digest else self.first

    async def reach(self, digest: str) -> RuleSet | None:
        """Look it up once, so that `at` has it."""
        if digest not in self._found:
            try:
                self._found[digest] = await self._find(digest)
            except LookupError:
                return None
        return self._found[digest]

    async def reach_all(self, events: Iterable[Event]) -> None:
        """All that take over in a log."""
        for event in events:
            if isinstance(event, RulesReplaced):
                await self.reach(event.digest)
