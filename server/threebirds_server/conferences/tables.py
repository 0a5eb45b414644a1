"""The tables of this server: made with a pinned rule set, a join code and an opening; found by their code."""

from collections.abc import Sequence

from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor
from threebirds_rules.engine import advance, next_due_at
from threebirds_rules.loading import UnknownScenarioError
from threebirds_rules.names import RoleId, SwitchId, VariantId
from threebirds_rules.refusals import Refused
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.wording import UnknownLanguageError, UnknownNamesError, in_language
from threebirds_server.conferences.bodies import GameAsked
from threebirds_server.http.errors import ApiError
from threebirds_server.ids import join_code
from threebirds_server.ports import Append, Clock, CodeTakenError, EventStore, Ids, NewTable, PinnedRules, TableRow
from threebirds_server.rulebook import Rulebook, Shipped
from threebirds_wire.errors import error, error_of
from threebirds_wire.frames import TableId

HOST = Actor(kind="host")
CODES_TRIED = 5


class Tables:
    def __init__(self, store: EventStore, rulebook: Rulebook, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._rulebook = rulebook
        self._clock = clock
        self._ids = ids

    async def shipped(self, scenario: str) -> Shipped:
        """Raise `ApiError` for a scenario that is not there."""
        try:
            return await self._rulebook.scenario(scenario)
        except UnknownScenarioError as unknown:
            raise ApiError(error("invalid_action", f"{unknown}.", path="scenario")) from unknown

    async def make(self, game: GameAsked, title: str | None, *, extra: Sequence[RoleId] = ()) -> NewTable:
        """A table in the lobby, with all roles that are not optional and the `extra` ones."""
        shipped = await self.shipped(game.scenario)
        worded = shipped._replace(rules=_in_words(shipped.rules, game))
        return await self.make_with(worded, title, game, extra=extra)

    async def make_with(
        self, shipped: Shipped, title: str | None, game: GameAsked | None = None, *, extra: Sequence[RoleId] = ()
    ) -> NewTable:
        """The same with a rule set at hand, in the words that it is in."""
        chosen = game or GameAsked(scenario=shipped.rules.id)
        for _ in range(CODES_TRIED):
            table = self._new(shipped, title)
            try:
                await self._store.create(table, self._opening(table.id, shipped.rules, chosen, extra))
            except CodeTakenError:
                continue
            return table
        raise ApiError(error("busy", "No free join code was found; please try again."))

    async def with_code(self, typed: str) -> TableRow | None:
        """The table that a person means with what they typed."""
        code = join_code(typed)
        return await self._store.table_with_code(code) if code else None

    async def rows(self) -> Sequence[TableRow]:
        """The newest first."""
        return await self._store.tables()

    def _new(self, shipped: Shipped, title: str | None) -> NewTable:
        rules = shipped.rules
        return NewTable(
            id=self._ids.table(),
            code=self._ids.code(),
            epoch=self._ids.epoch(),
            title=title or rules.title,
            rules=PinnedRules(scenario=rules.id, digest=rules.digest, document=shipped.document),
            created_at=self._clock.now(),
        )

    def _opening(self, table: TableId, rules: RuleSet, game: GameAsked, extra: Sequence[RoleId]) -> Append:
        opened = asked.Open(
            seed=self._ids.seed(),
            roles=tuple(role.id for role in rules.roles if not role.optional or role.id in extra),
            switches=_switches(rules, game),
            language=rules.language,
            names=rules.names,
            variant=VariantId(game.variant),
            utc_offset_minutes=game.utc_offset_minutes,
            rekey=game.rekey,
        )
        taken = advance(rules, State(), HOST, opened, self._clock.now())
        if isinstance(taken, Refused):
            raise ApiError(error_of(taken))
        state = taken[-1].after
        return Append(
            table=table,
            head=0,
            actor=HOST,
            events=tuple(step.event for step in taken),
            status=state.status,
            next_due_at=next_due_at(state),
        )


def _in_words(rules: RuleSet, game: GameAsked) -> RuleSet:
    try:
        return in_language(rules, game.language, names=game.names)
    except UnknownLanguageError as unknown:
        raise ApiError(error("invalid_action", f"{unknown}.", path="language")) from unknown
    except UnknownNamesError as unknown:
        raise ApiError(error("invalid_action", f"{unknown}.", path="names")) from unknown


def _switches(rules: RuleSet, game: GameAsked) -> tuple[SwitchId, ...]:
    if game.switches is None:
        return tuple(switch.id for switch in rules.switches if switch.on)
    return tuple(SwitchId(name) for name in dict.fromkeys(game.switches))
