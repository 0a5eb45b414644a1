"""Errors as data: a stable code, a sentence for a person, and whether to try again."""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from threebirds_rules.refusals import Refused

ErrorCode = Literal[
    "bad_frame",
    "unsupported_version",
    "unauthenticated",
    "forbidden",
    "not_your_seat",
    "unknown_table",
    "invalid_action",
    "illegal_action",
    "wrong_phase",
    "stale_proposal",
    "cid_reused",
    "rate_limited",
    "too_large",
    "paused",
    "game_over",
    "busy",
    "internal",
]
Retry = Literal["never", "same_cid", "after"]


class CloseCode(IntEnum):
    """Why a socket is closed: from 4000 to 4499 come back, from 4500 to 4999 do not."""

    TOO_LARGE = 1009
    RESTARTING = 4001
    SLOW = 4002
    NO_PONG = 4003
    BAD_TOKEN = 4500
    BAD_PROTOCOL = 4501
    REMOVED = 4502
    SEAT_GIVEN = 4503


class Handling(NamedTuple):
    """What follows from a code: for the sender, over HTTP, and on a socket (None: it stays open)."""

    retry: Retry
    http: int
    close: CloseCode | None


HANDLING: Mapping[ErrorCode, Handling] = MappingProxyType(
    {
        "bad_frame": Handling("never", 400, None),
        "unsupported_version": Handling("never", 400, CloseCode.BAD_PROTOCOL),
        "unauthenticated": Handling("never", 401, CloseCode.BAD_TOKEN),
        "forbidden": Handling("never", 403, None),
        "not_your_seat": Handling("never", 403, None),
        "unknown_table": Handling("never", 404, None),
        "invalid_action": Handling("never", 422, None),
        "illegal_action": Handling("never", 409, None),
        "wrong_phase": Handling("never", 409, None),
        "stale_proposal": Handling("never", 409, None),
        "cid_reused": Handling("never", 409, None),
        "rate_limited": Handling("after", 429, None),
        "too_large": Handling("never", 413, None),
        "paused": Handling("after", 409, None),
        "game_over": Handling("never", 409, None),
        "busy": Handling("same_cid", 503, None),
        "internal": Handling("same_cid", 500, None),
    }
)


class Error(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An answer that says no. `path` is the field at fault, `rule` the rule of procedure that says no.

    `retry` says `same_cid` where the same action may be sent again under its `cid`, `after` where it may be sent
    again later (in `after_ms` milliseconds if given).
    """

    code: ErrorCode
    message: str
    retry: Retry
    after_ms: int | None = None
    path: str | None = None
    rule: str | None = None
    details: Mapping[str, Any] | None = None


def error(
    code: ErrorCode,
    message: str,
    *,
    path: str | None = None,
    rule: str | None = None,
    after_ms: int | None = None,
) -> Error:
    """The error of this code, with the advice on trying again that belongs to it."""
    return Error(
        code=code,
        message=message,
        retry=HANDLING[code].retry,
        after_ms=after_ms,
        path=path,
        rule=rule,
    )


def error_of(refused: Refused) -> Error:
    """The engine's refusal as it goes over the wire."""
    return error(refused.code, refused.message, path=refused.path, rule=refused.rule)


def may_reconnect(close_code: int) -> bool:
    """Whether a client comes back after a socket was closed with this code (also one of RFC 6455's own)."""
    return not 4500 <= close_code <= 4999
