"""Plain data read leniently: what is not the shape asked for counts as empty."""

from collections.abc import Mapping
from typing import cast


def mapping(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}


def sequence(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []
