"""What the protocol allows, published to every client. Times are seconds unless a name says otherwise."""

from msgspec import Struct
from msgspec.structs import replace

PROTOCOL_VERSION = 1
SUBPROTOCOL = "threebirds.v1"

FRAME_BYTES = 64 * 1024
TEXT_CHARACTERS = 4_000
PACKAGES_PER_SCORE = 256
EVENTS_PER_PULL = 500
VIEWERS_PER_HELLO = 32

SEAT_SHARES = 4

HELLO_WITHIN_S = 10
HEARTBEAT_S = 10
SILENCE_S = 20
TICKET_S = 60

INTEGER_MAX = 2**53 - 1
"""The largest integer that a browser reads without loss."""


class Limits(Struct, frozen=True, kw_only=True):
    """`*_per_minute` are for one person, with a token of scope `bot` for one bot; a repeated `cid` is free.

    All who share a seat have `seat_shares` times as much together. Of network addresses only failures are counted.
    """

    frame_bytes: int
    text_characters: int
    packages_per_score: int
    events_per_pull: int
    actions_per_minute: int
    actions_per_minute_bot: int
    scores_per_minute: int
    scores_per_minute_bot: int
    seat_shares: int
    sockets_per_person: int
    sockets_per_seat: int
    ticket_s: int


PUBLISHED = Limits(
    frame_bytes=FRAME_BYTES,
    text_characters=TEXT_CHARACTERS,
    packages_per_score=PACKAGES_PER_SCORE,
    events_per_pull=EVENTS_PER_PULL,
    actions_per_minute=120,
    actions_per_minute_bot=1_200,
    scores_per_minute=240,
    scores_per_minute_bot=2_400,
    seat_shares=SEAT_SHARES,
    sockets_per_person=3,
    sockets_per_seat=40,
    ticket_s=TICKET_S,
)


def with_actions(limits: Limits, per_minute: int) -> Limits:
    """The same with another number of actions for a person, and no fewer for a bot."""
    return replace(
        limits,
        actions_per_minute=per_minute,
        actions_per_minute_bot=max(per_minute, limits.actions_per_minute_bot),
    )
