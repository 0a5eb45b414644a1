"""Which fields of an event hold what a person wrote: read off the annotations, so a new event needs no code here."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, cast, get_args

from msgspec import Struct, inspect

Place = Literal["text", "person"]


@cache
def kept_fields(event_type: type[Struct]) -> Mapping[str, Place]:
    """The fields annotated `kept_in` and the table that keeps them.

    Raise `TypeError` where words would stay in the log unseen: inside a list or another struct, or a name in an event
    that does not say whose name it is.
    """
    described = cast("inspect.StructType", inspect.type_info(event_type))
    places: dict[str, Place] = {field.name: place for field in described.fields if (place := _place(field.type))}
    hidden = [field.name for field in described.fields if field.name not in places and _mentions_words(field.type)]
    if hidden:
        raise TypeError(f"{event_type.__name__}.{hidden[0]} hides a person's words where no store finds them.")
    if "person" in places.values() and "person" not in event_type.__struct_fields__:
        raise TypeError(f"{event_type.__name__} holds a name and has no field `person` that says whose.")
    return places


def kinds_of(union: Any) -> Mapping[str, type[Struct]]:
    """The structs of a tagged union by their tags."""
    return {str(arm.__struct_config__.tag): arm for arm in get_args(union)}


def _place(annotated: inspect.Type) -> Place | None:
    if isinstance(annotated, inspect.UnionType):
        return next((place for one in annotated.types if (place := _place(one))), None)
    return _kept_in(annotated)


def _kept_in(part: object) -> Place | None:
    extra = cast("Mapping[str, Place]", getattr(part, "extra", None) or {})
    return extra.get("kept_in")


def _mentions_words(part: object) -> bool:
    if isinstance(part, tuple):
        return any(_mentions_words(one) for one in cast("tuple[object, ...]", part))
    if not isinstance(part, Struct):
        return False
    return _kept_in(part) is not None or any(_mentions_words(getattr(part, name)) for name in part.__struct_fields__)
