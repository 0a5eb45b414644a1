"""Variants as a document writes them."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, model_validator

from threebirds_rules.loading.fields import Count, Id, Name, Seconds, fault
from threebirds_rules.loading.part import STRICT

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def _time(text: str) -> str:
    if _TIME.fullmatch(text) is None:
        raise fault('a time of the day from "00:00" to "23:59"')
    return text


class _Part(BaseModel):
    model_config = STRICT


class DeadlinePart(_Part):
    days: Annotated[int, Field(ge=1, le=14)]
    at: Annotated[str, AfterValidator(_time)]


class VariantPart(_Part):
    """With `clock: days` every phase that is left closes at a date, which stands in `closes`."""

    id: Id
    name: Name
    minutes: Annotated[int, Field(ge=1, le=100_000)]
    rounds: Annotated[int, Field(ge=1, le=50)] | None = None
    pace: Annotated[int, Field(ge=10, le=1000)] = 100
    seconds: dict[str, Seconds] = {}
    draws: dict[str, Count] = {}
    without: list[str] = []
    from_round: Annotated[int, Field(ge=1, le=50)] | None = None
    vote_seconds: Seconds | None = None
    clock: Literal["seconds", "days"] = "seconds"
    closes: dict[str, DeadlinePart] = {}

    @model_validator(mode="after")
    def _dates_in_days(self) -> Self:
        if (self.clock == "days") != bool(self.closes):
            raise fault("`clock: days` and dates in `closes`, or neither")
        return self
