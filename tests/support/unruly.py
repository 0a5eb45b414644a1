"""Any action of any kind by anybody, legal or not, with any parameters that its type allows."""

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any, get_args

import msgspec
from msgspec import inspect

from tests.support.tables import HOST, PlayedTable, joined, opened
from tests.support.wandering import Wanderer
from threebirds_rules.actions import Action, Actor, ActorKind, Given, Start
from threebirds_rules.names import PersonId, PhaseKey, RoleId
from threebirds_rules.refusals import Refused
from threebirds_rules.ruleset import RuleSet

KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
TYPES: tuple[type[Any], ...] = get_args(Action)

_NUMBERS = (-1, 0, 1, 2, 3, 7, 100, 10**6, 10**15)


class Unruly:
    """The same seed asks for the same things of the same table."""

    def __init__(self, table: PlayedTable, seed: int) -> None:
        self.table = table
        self.random = Random(seed)  # a test's own chance

    def actor(self) -> Actor:
        """Mostly somebody who is there: with a stranger, few actions come far."""
        if self.random.random() < 0.7:
            return self.table.seat(self.random.choice(self.table.state.seats).role)
        role = None if self.random.random() < 0.2 else RoleId(self._word())
        person = None if self.random.random() < 0.5 else PersonId(self._word())
        return Actor(kind=self.random.choice(KINDS), role=role, person=person)

    def given(self) -> Given:
        return self.random.choice((Given(), Given(phase=self.table.state.phase), Given(phase=PhaseKey("x"), version=1)))

    def action(self) -> Action:
        """Drawn until it is one that could come over the wire: types have bounds."""
        while True:
            asked = self.random.choice(TYPES)
            fields = inspect.type_info(asked)
            assert isinstance(fields, inspect.StructType)
            drawn = {one.encode_name: self._drawn(one.type) for one in fields.fields if self._given(one)}
            try:
                return msgspec.convert(drawn | {fields.tag_field: fields.tag}, asked, strict=False)
            except msgspec.ValidationError:
                continue

    def _given(self, field: inspect.Field) -> bool:
        return field.required or self.random.random() < 0.6

    def _drawn(self, kind: inspect.Type) -> Any:
        match kind:
            case inspect.UnionType():
                return self._drawn(self.random.choice(kind.types))
            case inspect.LiteralType():
                return self.random.choice(kind.values)
            case inspect.DictType():
                return {self._drawn(kind.key_type): self._drawn(kind.value_type) for _ in range(self._few())}
            case inspect.VarTupleType() | inspect.ListType():
                return [self._drawn(kind.item_type) for _ in range(self._few())]
            case inspect.TupleType():
                return [self._drawn(one) for one in kind.item_types]
            case inspect.StructType():
                return {one.encode_name: self._drawn(one.type) for one in kind.fields if self._given(one)}
            case _:
                return self._plain(kind)

    def _plain(self, kind: inspect.Type) -> Any:
        plain: Mapping[type[inspect.Type], Callable[[], Any]] = {
            inspect.StrType: self._word,
            inspect.IntType: lambda: self.random.choice(_NUMBERS),
            inspect.BoolType: lambda: self.random.random() < 0.5,
            inspect.NoneType: lambda: None,
        }
        return plain[type(kind)]()

    def _few(self) -> int:
        return self.random.choice((0, 1, 1, 2, 3))

    def _word(self) -> str:
        """A name that is somewhere at the table, or none at all."""
        rules, state = self.table.rules, self.table.state
        families = (
            [one.id for one in rules.roles],
            [one.id for one in rules.issues],
            [one.id for one in (*rules.aspects, *rules.tracks, *rules.cards, *rules.switches)],
            [one.id for one in state.proposals],
            [part.id for one in state.proposals for part in one.amendments],
            [seat.head for seat in state.seats if seat.head is not None],
            ["plenary", "delegation", "", "x", "conceder", "Нет", "é" * 40],
        )
        return self.random.choice(self.random.choice([family for family in families if family]))


def meddled(rules: RuleSet, seed: int, *, moves: int = 150) -> Iterator[PlayedTable]:
    """A table on which legal and unruly actions are asked by turns; yields it after every one that was accepted."""
    table = opened(rules)
    for number, seat in enumerate(table.state.seats[:-1]):
        joined(table, f"person {number}", seat.role)
    table.do(HOST, Start(bot="conceder"))
    wanderer, unruly = Wanderer(table, seed), Unruly(table, seed)
    for _ in range(moves):
        table.now += unruly.random.randint(1, 20_000)
        if unruly.random.random() < 0.4:
            actor, action = wanderer.move()
            answer = table.ask(actor, action, table.as_read(action))
        else:
            answer = table.ask(unruly.actor(), unruly.action(), unruly.given())
        if not isinstance(answer, Refused):
            yield table
