"""`threebirds check`: what is wrong with a rule set, and what is odd in it."""

import sys
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from threebirds_client.documents import UnreadableFileError, document_named
from threebirds_client.printing import BAD_INPUT, print_lines
from threebirds_rules.linting import SMALL, Counted, Finding, lint, package_count
from threebirds_rules.loading import Problem, RuleSetError, UnknownScenarioError, load_with_positions
from threebirds_rules.ruleset import RuleSet

try:
    from threebirds_client.analysing.opening import opening_counts
except ModuleNotFoundError:  # without numpy
    opening_counts = None


class Checked(Struct, frozen=True, kw_only=True):
    """What `--json` prints: with errors there is no rule set yet, and so nothing to find."""

    source: str
    errors: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    id: str | None = None
    digest: str | None = None
    packages: int | None = None
    zone_judged: bool = False


def check(path: str, *, json: bool = False) -> int:
    """Read a rule set and list all that is wrong with it, and all that is odd in it, with line and column.

    Args:
        path: A YAML file, or the id of a scenario that ships with Three Birds.
        json: Print it for programs.
    """
    try:
        loaded = load_with_positions(document_named(path), source=path)
    except RuleSetError as error:
        if json:
            _print_json(Checked(source=path, errors=error.problems))
        else:
            print_lines(sys.stderr, [str(error)])
        return BAD_INPUT
    except (UnknownScenarioError, UnreadableFileError) as error:
        print_lines(sys.stderr, [str(error)])
        return BAD_INPUT
    counted = _counted(loaded.rules)
    checked = _checked(path, loaded.rules, lint(loaded, counted=counted), counted)
    if json:
        _print_json(checked)
    else:
        print_lines(sys.stdout, _told(checked, loaded.rules))
    return 0


def _counted(rules: RuleSet) -> Counted | None:
    return None if package_count(rules) <= SMALL or opening_counts is None else opening_counts(rules)


def _checked(path: str, rules: RuleSet, found: tuple[Finding, ...], counted: Counted | None) -> Checked:
    packages = package_count(rules)
    return Checked(
        source=path,
        findings=found,
        id=rules.id,
        digest=rules.digest,
        packages=packages,
        zone_judged=packages <= SMALL or counted is not None,
    )


def _told(checked: Checked, rules: RuleSet) -> Iterator[str]:
    yield from (f"{checked.source}:{finding}" for finding in checked.findings)
    summary = f"{len(rules.roles)} roles, {len(rules.issues)} issues, {checked.packages:,} packages"
    yield f"{rules.title} is a complete rule set: {summary}. Digest {rules.digest}."
    accepted = sum(finding.accepted is not None for finding in checked.findings)
    yield f"{len(checked.findings) - accepted} findings to look at, {accepted} accepted in the document."
    if not checked.zone_judged:
        yield f"Whether there is a text that all can sign was not looked at: {_why_not()}."


def _why_not() -> str:
    return "that needs pip install 'threebirds[analysis]'" if opening_counts is None else "there are too many"


def _print_json(checked: Checked) -> None:
    print_lines(sys.stdout, [msgspec.json.format(msgspec.json.encode(checked), indent=2).decode()])
