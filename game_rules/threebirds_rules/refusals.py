"""Refusals: an answer with a stable code, a sentence for a person, and where it applies the rule that says no."""

from typing import Literal

from msgspec import Struct

Code = Literal[
    "invalid_action",
    "illegal_action",
    "wrong_phase",
    "stale_proposal",
    "not_your_seat",
    "forbidden",
    "paused",
    "game_over",
    "too_large",
]


Obstacle = tuple[str, str]
"""Why something may not be done now: the rule of procedure, and the sentence that says so."""


class Refused(Struct, frozen=True, kw_only=True):
    """`rule` names the rule of procedure (`vote.from_round`), `path` the field at fault (`options.frame`)."""

    code: Code
    message: str
    rule: str | None = None
    path: str | None = None


class RefusedError(Exception):
    """Carries a `Refused` out of a check; `decide` turns it into its answer."""

    def __init__(self, code: Code, message: str, *, rule: str | None = None, path: str | None = None) -> None:
        super().__init__(message)
        self.refused = Refused(code=code, message=message, rule=rule, path=path)


def no_obstacle(against: Obstacle | None, *, path: str | None = None) -> None:
    """Refuses what an obstacle stands against."""
    if against is not None:
        rule, sentence = against
        raise RefusedError("illegal_action", sentence, rule=rule, path=path)
