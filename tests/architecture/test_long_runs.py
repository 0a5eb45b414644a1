"""What is left out of a run is told by number, and what is counted is printed."""

import pytest

pytest_plugins = ["pytester"]

ALONE = ("-p", "no:asyncio", "-p", "no:randomly")

TESTS = """
import pytest

@pytest.mark.long
def test_of_a_night():
    raise AssertionError("not now")

@pytest.mark.needs("no-such-program-42", "no-such-package")
def test_with_a_program():
    raise AssertionError("not here")

@pytest.mark.needs("sh", "dash")
def test_of_any_size(figure, counts):
    counts(kills=figure(200, 5_000), lost=0)
"""


@pytest.fixture
def elsewhere(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest('pytest_plugins = ["tests.support.long_runs"]')
    pytester.makepyfile(TESTS)
    return pytester


def test_a_short_run_tells_what_it_leaves_out(elsewhere: pytest.Pytester) -> None:
    done = elsewhere.runpytest(*ALONE, "--strict-markers")
    done.assert_outcomes(passed=1, deselected=2)
    done.stdout.fnmatch_lines(
        [
            "*::test_of_any_size: kills 200, lost 0",
            "    1  no-such-program-42 is missing: install it (on Debian the package no-such-package)",
            "    1  only with --long",
        ]
    )


def test_a_long_run_takes_the_larger_figures(elsewhere: pytest.Pytester) -> None:
    done = elsewhere.runpytest(*ALONE, "--long")
    done.assert_outcomes(passed=1, failed=1, deselected=1)
    done.stdout.fnmatch_lines(["*::test_of_any_size: kills 5,000, lost 0"])
