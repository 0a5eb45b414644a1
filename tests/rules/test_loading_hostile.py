"""Documents that were written to break the loader are answered like others: soon, and in little memory.

How soon is for `python -m tests.benchmarks.loading`, on a machine that does nothing else.
"""

from hypothesis import given
from hypothesis import strategies as st

from tests.support.boxed import boxed, unanswered
from tests.support.documents import RIVER, problems_in
from tests.support.hostile import HOSTILE, LEAST, slipped
from threebirds_rules.loading.hints import Hints

SLIPS = 250
MEGABYTES = 64


def test_the_worst_documents_and_many_with_slips_are_answered_in_little_memory() -> None:
    report = boxed(SLIPS)
    assert report.lost == []
    assert report.documents == len(HOSTILE) + SLIPS
    assert report.megabytes < MEGABYTES


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(data: bytes) -> None:
    assert unanswered(data) is None


@given(st.integers(0, len(RIVER)), st.binary(max_size=6))
def test_any_bytes_within_a_document_are_answered(at: int, data: bytes) -> None:
    document = RIVER.encode()
    assert unanswered(document[:at] + data + document[at:]) is None


@given(st.integers(0, 1 << 32))
def test_slips_of_the_pen_are_answered(seed: int) -> None:
    assert unanswered(slipped(seed)) is None


def test_thousands_of_wrong_names_are_all_told_but_not_all_get_a_hint() -> None:
    problems = problems_in(HOSTILE["long names that nobody has"]())
    wrong = [problem for problem in problems if "the name of a rule that sleeps" in problem]
    assert len(wrong) == 14_000
    assert 0 < sum("did you mean" in problem for problem in wrong) < 1_000


def test_a_hundred_wrong_names_all_get_a_hint() -> None:
    problems = problems_in(f"{LEAST}fill_order: [{'AA, ' * 100}]")
    assert sum("did you mean A?" in problem for problem in problems) == 100


def test_hints_are_for_names_of_a_names_length_and_end_when_they_have_taken_long_enough() -> None:
    hints = Hints(pairs=100)
    assert hints.nearest("dan", ["dam", "x" * 65]) == "dam"
    assert hints.nearest("x" * 65, ["x" * 64]) is None
    assert hints.nearest("xx", ["yy"]) is None
    assert hints.nearest("dammm" * 4, ["damm" * 4]) is None
    assert hints.nearest("dan", ["dam"]) is None
