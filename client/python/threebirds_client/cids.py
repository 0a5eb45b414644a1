"""Names for actions that nobody else uses."""

import secrets
from uuid import UUID


def new_cid(now_ms: int) -> str:
    """A UUID of version 7 (RFC 9562, 5.7): `now_ms` (since 1970, UTC), then 74 bits of chance."""
    stamp = (now_ms & (2**48 - 1)) << 80
    chance_a, chance_b = secrets.randbits(12), secrets.randbits(62)
    return str(UUID(int=stamp | 0x7 << 76 | chance_a << 64 | 0b10 << 62 | chance_b))
