"""One viewer's stream: its frames numbered 1, 2, 3 and chained by a rolling hash, the last ones kept for resuming."""

from collections import deque
from typing import NamedTuple

from threebirds_wire.frames import Mark, SnapshotReason
from threebirds_wire.marks import NO_FRAMES, mark_after

MOST_CHARACTERS = 1024 * 1024


class Sent(NamedTuple):
    """A frame, and the mark of the stream after it."""

    text: str
    mark: Mark


class Stream:
    """`n` is the number of the last frame and `mark` the hash up to it, whether or not it is still kept.

    It begins after number `n`: what came before was never here.
    """

    def __init__(
        self, n: int = 0, mark: Mark = NO_FRAMES, *, most_frames: int, most_characters: int = MOST_CHARACTERS
    ) -> None:
        self.n = n
        self.mark = mark
        self._most_frames = most_frames
        self._most_characters = most_characters
        self._characters = 0
        self._before_kept = mark
        self._whole = n == 0
        self._kept: deque[Sent] = deque()

    def add(self, text: str) -> None:
        self.n += 1
        self.mark = mark_after(self.mark, text)
        self._kept.append(Sent(text, self.mark))
        self._characters += len(text)
        while len(self._kept) > self._most_frames or self._characters > self._most_characters:
            self._forget_first()

    def after(self, n: int) -> tuple[str, ...] | None:
        """The frames that follow number `n`; None if not all of them are kept, or there never was such a number."""
        place = n - (self.n - len(self._kept))
        if place < 0 or n > self.n:
            return None
        return tuple(sent.text for sent in list(self._kept)[place:])

    def lacks(self, n: int) -> bool:
        """Whether a stream that had begun earlier would have the frames after number `n`, and this one has not."""
        first = self.n - len(self._kept)
        return not self._whole and n < first and self.n - n <= self._most_frames

    def rest(self, n: int, mark: Mark | None) -> tuple[str, ...] | SnapshotReason:
        """What a client that holds `n` frames with this mark lacks, or why it must begin anew. None fits always."""
        if n > self.n:
            return "history_differs"
        frames = self.after(n)
        if frames is None:
            return "too_far_behind"
        return frames if mark in (None, self._mark_at(n)) else "history_differs"

    def _mark_at(self, n: int) -> Mark:
        place = n - (self.n - len(self._kept))
        return self._kept[place - 1].mark if place else self._before_kept

    def _forget_first(self) -> None:
        gone = self._kept.popleft()
        # Nobody could have more: an earlier frame would have been forgotten before this one.
        self._whole = True
        self._before_kept = gone.mark
        self._characters -= len(gone.text)
