"""A viewer's stream: what a client lacks by number and mark."""

import pytest

from threebirds_server.live.stream import Stream
from threebirds_wire.frames import SnapshotReason
from threebirds_wire.marks import NO_FRAMES, mark_after


def a_stream(*texts: str, kept: int = 100) -> Stream:
    stream = Stream(most_frames=kept)
    for text in texts:
        stream.add(text)
    return stream


def marks(*texts: str) -> list[str]:
    found = [NO_FRAMES]
    for text in texts:
        found.append(mark_after(found[-1], text))
    return found


TEXTS = ("one", "two", "три", "four")


def test_the_mark_is_the_hash_of_all_frames_and_those_before_them() -> None:
    stream = a_stream(*TEXTS)
    assert (stream.n, stream.mark) == (4, marks(*TEXTS)[-1])


@pytest.mark.parametrize("n", range(5))
def test_from_every_number_with_its_mark_the_rest_comes(n: int) -> None:
    assert a_stream(*TEXTS).rest(n, marks(*TEXTS)[n]) == TEXTS[n:]


@pytest.mark.parametrize(
    ("n", "mark", "reason"),
    [
        (2, "0123456789abcdef", "history_differs"),
        (5, marks(*TEXTS)[4], "history_differs"),
        (1, marks(*TEXTS)[1], "too_far_behind"),
    ],
)
def test_what_does_not_fit_is_told_apart(n: int, mark: str, reason: SnapshotReason) -> None:
    assert a_stream(*TEXTS, kept=2).rest(n, mark) == reason


def test_the_oldest_place_that_can_be_resumed_is_just_before_what_is_kept() -> None:
    stream = a_stream(*TEXTS, kept=2)
    assert stream.rest(2, marks(*TEXTS)[2]) == TEXTS[2:]
    assert stream.rest(2, marks(*TEXTS)[1]) == "history_differs"


def test_long_frames_are_kept_for_a_shorter_time() -> None:
    stream = Stream(most_frames=100, most_characters=8)
    for text in TEXTS:
        stream.add(text)
    assert (stream.n, stream.after(2), stream.after(1)) == (4, ("три", "four"), None)
