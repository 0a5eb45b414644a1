"""Work shared among threads."""

from collections.abc import Iterator
from threading import Barrier, get_ident

import pytest

from threebirds_rules.analysis.crew import Crew


def test_one_does_everything_itself_when_it_is_asked_for() -> None:
    taken: list[int] = []

    def things() -> Iterator[int]:
        for thing in range(3):
            taken.append(thing)
            yield thing

    with Crew(1) as crew:
        results = crew.each(lambda thing: (thing, get_ident()), things())
        assert next(results) == (0, get_ident())
        assert taken == [0]


def test_several_work_at_the_same_time_and_answer_in_order() -> None:
    both = Barrier(2, timeout=60)
    with Crew(2) as crew:
        assert list(crew.each(lambda thing: both.wait() * 0 + thing, range(40))) == list(range(40))


def test_what_fails_is_told_to_whoever_asked() -> None:
    with Crew(2) as crew, pytest.raises(ZeroDivisionError):
        list(crew.each(lambda thing: 1 // thing, [1, 0]))


def test_nobody_is_no_crew() -> None:
    with pytest.raises(ValueError, match="0 threads are too few"):
        Crew(0)
