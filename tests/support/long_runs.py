"""Two sizes for the tests that prove something by its number: `run.py test`, and `run.py test --long` for a night.

`figure(200, 5_000)` is the number for the run under way. `counts(kills=200, lost=0)` prints what was done at the end of
the run. A test marked `long` is left out of a short run, and one that `needs` a program out of a run where the program
is not installed: both are told by number, with what to do about it, and are never counted as passed.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable

import pytest

OPTION = "--long"
MARKS = (
    "long: only with --long",
    "uncovered: long, and takes no branch that others leave: run apart, where nobody counts branches",
    "needs(program, package): only where this program is installed; `package` is what Debian calls it",
    "at_most(s, at_night): seconds that a test may take in a short run, and at night",
)

Figure = Callable[[int, int], int]
Counts = Callable[..., None]

_left_out = pytest.StashKey[Counter[str]]()
_counted = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, action="store_true", help="the figures of a night: more kills, more seeds, more load")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_left_out] = Counter()
    config.stash[_counted] = []
    for mark in MARKS:
        config.addinivalue_line("markers", mark)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    reasons = {item: why_not(item, long=is_long(config)) for item in items}
    config.stash[_left_out].update(why for why in reasons.values() if why)
    config.hook.pytest_deselected(items=[item for item, why in reasons.items() if why])
    items[:] = [item for item, why in reasons.items() if not why]
    for item in items:
        for limit in item.iter_markers("at_most"):
            s, at_night = limit.args
            item.add_marker(pytest.mark.timeout(at_night if is_long(config) else s))


def why_not(item: pytest.Item, *, long: bool) -> str:
    """Why a test is left out of this run; empty if it is not."""
    if item.get_closest_marker("long") and not long:
        return f"only with {OPTION}"
    for needs in item.iter_markers("needs"):
        program, package = map(str, needs.args)
        if shutil.which(program) is None:
            return f"{program} is missing: install it (on Debian the package {package})"
    return ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    section(terminalreporter, "counted", config.stash[_counted])
    left_out = sorted(config.stash[_left_out].items())
    section(terminalreporter, "left out", (f"{number:5}  {why}" for why, number in left_out))


def section(terminal: pytest.TerminalReporter, title: str, lines: Iterable[str]) -> None:
    if told := list(lines):
        terminal.write_sep("-", title)
        for line in told:
            terminal.write_line(line)


def is_long(config: pytest.Config) -> bool:
    return bool(config.getoption(OPTION))


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Choose between the number for every run and the one for a night."""
    long = is_long(request.config)
    return lambda short, at_night: at_night if long else short


@pytest.fixture
def counts(request: pytest.FixtureRequest) -> Counts:
    """Have numbers of this test printed at the end of the run."""

    def count(**numbers: int | float | str) -> None:
        told = ", ".join(f"{name.replace('_', ' ')} {shown(number)}" for name, number in numbers.items())
        request.config.stash[_counted].append(f"{request.node.nodeid}: {told}")

    return count


def shown(number: float | str) -> str:
    return f"{number:,.3g}" if isinstance(number, float) else f"{number:,}" if isinstance(number, int) else number
