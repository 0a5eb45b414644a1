"""`threebirds analyse`."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TextIO

from cyclopts import Parameter
from cyclopts.validators import Number

from threebirds_client.analysing.encoding import encoded
from threebirds_client.analysing.position import At, position_asked
from threebirds_client.analysing.telling import told, told_efficiency, told_whole
from threebirds_client.documents import UnreadableFileError, bytes_of, rule_set_named
from threebirds_client.printing import BAD_INPUT, print_lines
from threebirds_client.reading.asked import AskedError, package_asked
from threebirds_rules.analysis import (
    DomainError,
    Progress,
    ScoresTooLargeError,
    TooManyPackagesError,
    analyse_model,
    efficiency_in,
    model_of,
    model_of_domain,
    read_domain,
)
from threebirds_rules.analysis.domains import SCALE
from threebirds_rules.loading import RuleSetError, UnknownScenarioError

BAR = 30
"""Characters of a full bar."""

Refused = (
    AskedError,
    DomainError,
    RuleSetError,
    ScoresTooLargeError,
    TooManyPackagesError,
    UnknownScenarioError,
    UnreadableFileError,
)


@Parameter(name="*")
@dataclass(frozen=True)
class Plain:
    """A plain domain instead of a scenario.

    Args:
        domain: A JSON file of plain domains (points by party, issue and option).
        id: Which of its domains.
    """

    domain: Path | None = None
    id: str = ""


def analyse(
    scenario: str | None = None,
    *,
    at: At = At(),  # noqa: B008  # frozen
    package: str | None = None,
    plain: Plain = Plain(),
    threads: Annotated[int, Parameter(validator=Number(gte=1))] = 1,
    json: bool = False,
) -> int:
    """Look at every package: who could sign what, what is efficient, and where fair division would end.

    Args:
        scenario: The id of a scenario, or the path of a rule set.
        at: Where the game stands.
        package: Compare this text with all others, such as "frame=2,seat=1".
        plain: What to look at, if it is no scenario.
        threads: How many threads share the work.
        json: Print it for programs.
    """
    try:
        if plain.domain is None:
            lines = _of_rule_set(scenario, at, package, threads=threads, json=json)
        else:
            lines = _of_domain(plain.domain, plain.id, threads=threads, json=json)
    except Refused as error:
        print_lines(sys.stderr, [str(error)])
        return BAD_INPUT
    print_lines(sys.stdout, lines)
    return 0


def _of_rule_set(scenario: str | None, at: At, package: str | None, *, threads: int, json: bool) -> list[str]:
    if scenario is None:
        raise AskedError("scenario", expected="the id of a scenario or the path of a rule set, or --domain", found="")
    rules = rule_set_named(scenario)
    model = model_of(rules, position_asked(rules, at))
    text = None if package is None else package_asked(rules, package)
    with progress_on(sys.stderr) as progress:
        found = analyse_model(model, threads=threads, progress=progress)
        compared = None if text is None else efficiency_in(model, text, progress=progress)
    if json:
        return [encoded(found, compared, scenario=rules.id, digest=rules.digest)]
    names = {one.id: one.name for one in (*rules.roles, *rules.bodies, *rules.paths)}
    return [*told(rules.title, found, names), *(() if compared is None else told_efficiency(compared))]


def _of_domain(path: Path, name: str, *, threads: int, json: bool) -> list[str]:
    model = model_of_domain(read_domain(bytes_of(path), name))
    with progress_on(sys.stderr) as progress:
        found = analyse_model(model, threads=threads, progress=progress)
    return [encoded(found, scale=SCALE, domain=name)] if json else [*told_whole(name, found)]


@contextmanager
def progress_on(stream: TextIO) -> Generator[Progress | None]:
    """Draws a bar on a terminal and takes it away at the end; draws nothing elsewhere."""
    if not stream.isatty():
        yield None
        return

    def draw(done: int, of: int) -> None:
        filled = BAR * done // of
        stream.write(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done / of:4.0%}")
        stream.flush()

    try:
        yield draw
    finally:
        stream.write(f"\r{' ' * (BAR + 8)}\r")
