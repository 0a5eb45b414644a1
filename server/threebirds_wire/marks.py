"""The rolling hash of a stream: two ends that hold the same mark hold the same history."""

from hashlib import blake2b

from threebirds_wire.frames import Mark

NO_FRAMES: Mark = "0" * 16
"""The mark of a stream before its first event."""


def mark_after(mark: Mark, frame: str | bytes) -> Mark:
    """The mark after one more `event` frame: BLAKE2b of 64 bits over the mark so far and the frame as it was sent."""
    data = frame.encode() if isinstance(frame, str) else frame
    return blake2b(bytes.fromhex(mark) + data, digest_size=8).hexdigest()
