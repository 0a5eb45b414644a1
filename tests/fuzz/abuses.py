"""What may be wrong below a message: each abuse breaks a rule of RFC 6455, and says how it may be answered."""

import struct
import zlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.fuzz.raw import BINARY, CLOSE, CONTINUED, PING, TEXT, claiming, frame
from tests.support.dice import Dice
from threebirds_wire.limits import FRAME_BYTES

PROTOCOL_ERROR, INVALID_DATA, TOO_MANY, TOO_BIG = 1002, 1007, 1008, 1009
SAY = b'{"type":"pong"}'
NOT_UTF8 = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf0\x9f\x90", b"\xc0\xaf", b"\xf5\x80\x80\x80")


class Abuse(NamedTuple):
    """What is sent, and the codes with which the server may close."""

    data: Callable[[Dice], bytes]
    codes: frozenset[int]


def cut_character(dice: Dice) -> bytes:
    return frame(b'{"type":"' + dice.pick(NOT_UTF8))


def cut_between_fragments(dice: Dice) -> bytes:
    """The first half of a character, and then something else than its second half."""
    return frame(b'{"type":"\xd0', fin=False) + frame(b'"}', CONTINUED)


def unmasked(dice: Dice) -> bytes:
    return frame(SAY, mask=False)


def reserved_bits(dice: Dice) -> bytes:
    return frame(SAY, reserved=dice.pick((1, 2, 3)))


def compressed(dice: Dice) -> bytes:
    """Nobody has agreed on it: the bomb of a mebibyte stays packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_SYNC_FLUSH)
    return frame(packed.removesuffix(b"\0\0\xff\xff"), reserved=4)


def unknown_kind(dice: Dice) -> bytes:
    return frame(SAY, dice.pick((3, 7, 11, 15)))


def long_ping(dice: Dice) -> bytes:
    return frame(b"x" * 126, PING)


def ping_in_parts(dice: Dice) -> bytes:
    return frame(b"x", PING, fin=False)


def rest_of_nothing(dice: Dice) -> bytes:
    return frame(SAY, CONTINUED, fin=dice.happens(50))


def text_in_a_text(dice: Dice) -> bytes:
    return frame(b"{", fin=False) + frame(SAY, dice.pick((TEXT, BINARY)))


def too_large(dice: Dice) -> bytes:
    return frame(b" " * (FRAME_BYTES + 1 + dice.below(3)), dice.pick((TEXT, BINARY)))


def too_large_together(dice: Dice) -> bytes:
    part = b" " * (FRAME_BYTES // 4)
    return frame(part, fin=False) + frame(part, CONTINUED, fin=False) * 4


def in_dust(dice: Dice) -> bytes:
    """No message is too large that consists of nothing; so many pieces of nothing are too many."""
    return frame(b"", fin=False) + frame(b"", CONTINUED, fin=False) * 5_000


def claims_to_be_huge(dice: Dice) -> bytes:
    return claiming(dice.pick((FRAME_BYTES + 1, 2**32, 2**62, 2**63, 2**64 - 1)))


def closes_oddly(dice: Dice) -> bytes:
    """Codes that may not be sent, half a code, a reason that is not text."""
    bodies = (b"\x03", *(struct.pack("!H", code) for code in (0, 999, 1005, 1006, 5_000)), b"\x03\xe8\xff")
    return frame(dice.pick(bodies), CLOSE)


def speaks_after_closing(dice: Dice) -> bytes:
    return frame(struct.pack("!H", 1000), CLOSE) + frame(SAY) * 20 + frame(b"{") * 20


def noise(dice: Dice) -> bytes:
    return b"".join(struct.pack("!Q", dice.below(2**64)) for _ in range(200))


ABUSES: Mapping[str, Abuse] = {
    name: Abuse(data, frozenset(codes))
    for name, data, *codes in (
        ("a cut character", cut_character, INVALID_DATA),
        ("a character cut between fragments", cut_between_fragments, INVALID_DATA),
        ("unmasked", unmasked, PROTOCOL_ERROR),
        ("reserved bits", reserved_bits, PROTOCOL_ERROR),
        ("compressed", compressed, PROTOCOL_ERROR),
        ("an unknown kind", unknown_kind, PROTOCOL_ERROR),
        ("a long ping", long_ping, PROTOCOL_ERROR),
        ("a ping in parts", ping_in_parts, PROTOCOL_ERROR),
        ("the rest of nothing", rest_of_nothing, PROTOCOL_ERROR),
        ("a text in a text", text_in_a_text, PROTOCOL_ERROR),
        ("too large", too_large, TOO_BIG),
        ("too large together", too_large_together, TOO_BIG),
        ("in dust", in_dust, TOO_MANY),
        ("claims to be huge", claims_to_be_huge, TOO_BIG, PROTOCOL_ERROR),
        ("closes oddly", closes_oddly, PROTOCOL_ERROR, INVALID_DATA),
        ("speaks after closing", speaks_after_closing, 1000),
        ("noise", noise, PROTOCOL_ERROR, INVALID_DATA, TOO_BIG),
    )
}
