"""Rule sets by name, and by digest as a table chose to play it, each made once in the life of a process."""

import asyncio
from importlib.resources import files
from typing import NamedTuple

from threebirds_rules.events import TableOpened
from threebirds_rules.loading import RuleSetError, UnknownScenarioError, load, scenario_ids
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.variants import as_opened
from threebirds_server.offload import Offload
from threebirds_server.ports import DamagedLogError, EventStore

SCENARIOS = files("threebirds_rules") / "scenarios"


class Shipped(NamedTuple):
    """A scenario, and the text that a table which plays it keeps."""

    rules: RuleSet
    document: str


class Rulebook:
    def __init__(self, store: EventStore, offload: Offload) -> None:
        self._store = store
        self._offload = offload
        self._pinned: dict[str, RuleSet] = {}
        self._reading: dict[str, asyncio.Task[None]] = {}
        self._opened: dict[tuple[str, str, str, str], RuleSet] = {}
        self._shipped: dict[str, Shipped] = {}

    async def pinned(self, digest: str) -> RuleSet:
        """The rule set that a table was made with; later releases may ship another one of that name.

        Raise `LookupError` if it is not kept, or `DamagedLogError` if what is kept is not what was pinned.
        """
        if digest not in self._pinned:
            # A hundred tables that are opened at once have mostly one rule set, which takes a while to read.
            if digest not in self._reading:
                self._reading[digest] = asyncio.create_task(self._read(digest), name=f"read rules {digest}")
            await asyncio.shield(self._reading[digest])
        return self._pinned[digest]

    async def opened(self, digest: str, opened: TableOpened) -> RuleSet:
        """The same in the words and the variant that the table chose when it was opened."""
        choice = (digest, opened.language, opened.names, opened.variant)
        pinned = await self.pinned(digest)
        if choice not in self._opened:
            self._opened[choice] = as_opened(pinned, opened)
        return self._opened[choice]

    async def kept(self, digest: str, opened: TableOpened) -> RuleSet:
        """The same, only if the store has it, so that the table can be read for ever; raise `LookupError` if not."""
        await self._store.rules(digest)
        return await self.opened(digest, opened)

    async def _read(self, digest: str) -> None:
        try:
            document = await self._store.rules(digest)
            self._pinned[digest] = await self._offload.run(lambda: _as_pinned(document, digest))
        finally:
            self._reading.pop(digest)

    async def scenario(self, scenario: str) -> Shipped:
        """Raise `UnknownScenarioError`."""
        if scenario not in scenario_ids():
            raise UnknownScenarioError(scenario)
        if scenario not in self._shipped:
            document = (SCENARIOS / f"{scenario}.yaml").read_text(encoding="utf-8")
            rules = await self._offload.run(lambda: load(document, source=f"{scenario}.yaml"))
            self._shipped[scenario] = Shipped(rules, document)
            self._pinned[rules.digest] = rules
        return self._shipped[scenario]

    async def scenarios(self) -> tuple[RuleSet, ...]:
        """All that ship, the shortest game first."""
        shipped = [(await self.scenario(scenario)).rules for scenario in scenario_ids()]
        return tuple(sorted(shipped, key=lambda rules: (rules.minutes, rules.id)))


def _as_pinned(document: str, digest: str) -> RuleSet:
    """Other rules would make another game of the same log."""
    try:
        rules = load(document, source=digest)
    except RuleSetError as error:
        raise DamagedLogError(f"The rule set {digest} cannot be read as it is kept.") from error
    if rules.digest != digest:
        raise DamagedLogError(f"The rule set {digest} is not kept as it was pinned.")
    return rules
