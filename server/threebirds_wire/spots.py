"""One place in a frame: how to get there, what stands there, and the types that could have stood there."""

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias, cast

from msgspec import inspect

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_STEP = re.compile(r"\[(\d+|\.\.\.)\]|\.?([^.\[\]]+)")


class Spot(NamedTuple):
    """`path` is written `action.options.frame`; None is the whole frame.

    Where a key stands in an object twice, `value` is the last one, and msgspec may have complained about the first.
    """

    steps: tuple[str, ...]
    value: Json
    types: tuple[inspect.Type, ...]

    @property
    def path(self) -> str | None:
        return ".".join(self.steps) or None

    @property
    def name(self) -> str:
        return f"`{self.path}`" if self.steps else "The frame"

    def under(self, field: str) -> str:
        return ".".join((*self.steps, field))

    def fields(self) -> tuple[str, ...]:
        """The names of the fields that an object here may have."""
        return tuple(
            field.encode_name for kind in self._meant() if isinstance(kind, inspect.StructType) for field in kind.fields
        )

    def values(self) -> tuple[str, ...]:
        """The values that may stand here, where there is a list of them."""
        literals = [kind for kind in self.types if isinstance(kind, inspect.LiteralType)]
        return tuple(str(value) for kind in literals for value in kind.values)

    def form(self) -> str:
        """What the type says in words of the form it asks for."""
        schemas = [
            cast("dict[str, str]", kind.extra_json_schema)  # pyright: ignore[reportUnknownMemberType]
            for kind in self.types
            if isinstance(kind, inspect.Metadata)
        ]
        return schemas[0]["description"] if schemas else "another form"

    def inside(self, step: str) -> "Spot":
        """One step further in."""
        types = tuple(self._types_inside(step))
        match self.value:
            case dict() as fields:
                key = _key_at_fault(fields) if step == "..." else step
                return Spot((*self.steps, key), fields.get(key), types)
            case list() as items if int(step) < len(items):
                return Spot((*self.steps, step), items[int(step)], types)
            case _:
                return Spot((*self.steps, step), None, types)

    def _types_inside(self, step: str) -> Iterator[inspect.Type]:
        for kind in self.types:
            if isinstance(kind, inspect.StructType) and kind.tag_field == step:
                yield inspect.LiteralType((kind.tag,))
        for kind in self._meant():
            match kind:
                case inspect.StructType(fields=fields):
                    for field in fields:
                        if field.encode_name == step:
                            yield from alternatives(field.type)
                case inspect.DictType(value_type=item) | inspect.VarTupleType(item_type=item):
                    yield from alternatives(item)
                case _:
                    pass

    def _meant(self) -> Iterator[inspect.Type]:
        """The types that the value could be meant for: of structs with a tag, the one whose tag it bears."""
        for kind in self.types:
            match kind:
                case inspect.StructType(tag_field=str(field), tag=tag):
                    if isinstance(self.value, dict) and self.value.get(field) == tag:
                        yield kind
                case _:
                    yield kind


def spot_at(where: str, raw: Json, expected: inspect.Type) -> Spot:
    """The place that msgspec writes `action.options[...]` or `packages[0][1]`, in a `raw` frame of type `expected`."""
    spot = Spot((), raw, tuple(alternatives(expected)))
    for index, field in _STEP.findall(where):
        spot = spot.inside(index or field)
    return spot


def _key_at_fault(fields: dict[str, Json]) -> str:
    """Msgspec leaves a mapping's key unsaid; all mappings of client frames hold whole numbers."""
    return next((key for key, value in fields.items() if type(value) is not int), "...")


def alternatives(kind: inspect.Type) -> Iterator[inspect.Type]:
    """The members of a union, or the type itself."""
    match kind:
        case inspect.UnionType(types=types):
            for one in types:
                yield from alternatives(one)
        case _:
            yield kind
