"""What every action and every event has in common."""

from typing import Annotated

from msgspec import Meta, Struct

from threebirds_rules.names import RoleId

PersonText = Annotated[str, Meta(extra={"kept_in": "text"})]
"""Words that a person wrote: a store keeps them apart from the log, so that they can be hidden or erased."""
PersonName = Annotated[str, Meta(extra={"kept_in": "person"})]
"""A person's name, kept apart in the same way."""


class Ask(Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True):
    """An action that somebody asks for."""


class Fact(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Something that has happened, at `at` (ms since 1970, UTC). `audience` None is everybody."""

    at: int
    audience: tuple[RoleId, ...] | None = None
