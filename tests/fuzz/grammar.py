"""Client frames that are right by their types, drawn from these types: whatever the protocol gains is drawn too."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import inspect

from tests.support.dice import Dice
from threebirds_wire.frames import ClientFrame

Object = dict[str, Any]

LONGEST_DRAWN = 4
WORDS = ("", "x", "plenary", "delegation", "Нет", "é" * 40, "a word or two")


class World(NamedTuple):
    """What somebody at a table knows. `names` are words of the game: roles, issues, options, aspects."""

    table: str
    viewer: str
    phase: str
    names: Sequence[str]


class Grammar:
    """`frame` draws any client frame but a `hello`, `of_type` one of this type."""

    def __init__(self, world: World, dice: Dice) -> None:
        self._world = world
        self._dice = dice
        self._numbers = 0
        self._frames = [
            kind for kind in _members(inspect.type_info(ClientFrame)) if isinstance(kind, inspect.StructType)
        ]

    def frame(self) -> Object:
        return self._struct(self._dice.pick([kind for kind in self._frames if kind.tag != "hello"]))

    def of_type(self, tag: str) -> Object:
        return self._struct(next(kind for kind in self._frames if kind.tag == tag))

    def _struct(self, kind: inspect.StructType) -> Object:
        fields = {
            field.encode_name: self._field(field) for field in kind.fields if field.required or self._dice.happens(60)
        }
        return fields if kind.tag_field is None else {kind.tag_field: kind.tag, **fields}

    def _field(self, field: inspect.Field) -> Any:
        known: Mapping[str, Any] = {
            "table": self._world.table,
            "viewer": self._world.viewer,
            "phase": self._world.phase,
            "channel": "plenary",
        }
        if field.encode_name in known and self._dice.happens(90):
            return known[field.encode_name]
        if field.encode_name == "id":
            self._numbers += 1
            return self._numbers
        return self._value(field.type)

    def _value(self, kind: inspect.Type) -> Any:
        match kind:
            case inspect.Metadata(type=inner):
                return self._value(inner)
            case inspect.UnionType():
                return self._value(self._dice.pick(tuple(_members(kind))))
            case inspect.LiteralType(values=values):
                return self._dice.pick(values)
            case inspect.StructType():
                return self._struct(kind)
            case inspect.DictType(key_type=key, value_type=value):
                return {str(self._value(key)): self._value(value) for _ in range(self._dice.below(LONGEST_DRAWN))}
            case (
                inspect.VarTupleType(item_type=item, min_length=least)
                | inspect.ListType(item_type=item, min_length=least)
            ):
                return [self._value(item) for _ in range((least or 0) + self._dice.below(LONGEST_DRAWN))]
            case _:
                return self._plain(kind)

    def _plain(self, kind: inspect.Type) -> Any:
        match kind:
            case inspect.StrType(pattern=str(pattern)):
                return self._patterned(pattern)
            case inspect.StrType():
                return self._dice.pick(self._world.names if self._dice.happens(80) else WORDS)
            case inspect.IntType(ge=least, le=most):
                return self._number(least, most)
            case inspect.BoolType():
                return self._dice.happens(50)
            case inspect.NoneType():
                return None
            case _:
                raise TypeError(f"The fuzz test does not know how to draw {kind}: teach it.")

    def _patterned(self, pattern: str) -> str:
        """Of the texts with a form: a viewer, or hex digits of some length as in a `cid` or a mark."""
        if "seat:" in pattern:
            return self._dice.pick((self._world.viewer, "public", "observer", "seat:NOBODY"))
        digits = f"{self._dice.below(2**64):016x}"
        if "-7" not in pattern:
            return digits
        return f"{digits[:8]}-{digits[8:12]}-7{digits[12:15]}-8000-{self._dice.below(2**48):012x}"

    def _number(self, least: int | None, most: int | None) -> int:
        drawn = self._dice.pick((0, 1, 2, 3, 60, 256, 10**6, 2**53 - 1, -1))
        return max(drawn, drawn if least is None else least) if most is None else min(max(drawn, least or 0), most)


def _members(kind: inspect.Type) -> Sequence[inspect.Type]:
    return kind.types if isinstance(kind, inspect.UnionType) else (kind,)
