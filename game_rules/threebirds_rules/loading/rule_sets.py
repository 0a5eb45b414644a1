"""Loading a document: text in, rule set out, or all that is wrong with it."""

import hashlib
import json
from collections.abc import Mapping

from msgspec import Struct

from threebirds_rules.loading.build import rule_set_of
from threebirds_rules.loading.checks import check_whole
from threebirds_rules.loading.conditions_in import conditions_in
from threebirds_rules.loading.known import check_names, known_in
from threebirds_rules.loading.parts import document_of
from threebirds_rules.loading.plain import mapping
from threebirds_rules.loading.problems import Path, Position, Problems, RuleSetError
from threebirds_rules.loading.tree import Tree, read_tree
from threebirds_rules.loading.wordings_in import with_wordings
from threebirds_rules.ruleset import RuleSet

ACCEPTED = "accepted_findings"
"""What the author knows of and means: not a part of the game, and so not of its version."""


class Accepted(Struct, frozen=True, kw_only=True):
    """A finding that is meant to be so, and why."""

    code: str
    place: str
    reason: str


class Loaded(Struct, frozen=True, kw_only=True):
    """A rule set, where in its document each part stands, and the findings that its author accepts."""

    rules: RuleSet
    positions: Mapping[Path, Position]
    accepted: tuple[Accepted, ...]


def load(document: str | bytes, *, source: str) -> RuleSet:
    """The rule set of a YAML document; raises RuleSetError with all its problems. `source` names it in messages."""
    return load_with_positions(document, source=source).rules


def load_with_positions(document: str | bytes, *, source: str) -> Loaded:
    """The same, with what a linter or an editor needs besides."""
    tree = read_tree(document, source=source)
    problems = Problems(tree.values, tree.keys)
    data = _top(tree, problems, source)
    known = known_in(data)
    check_names(data, problems)
    parts = document_of(data, known, problems)
    conditions = conditions_in(data, known, problems)
    check_whole(parts, known, problems)
    _raise_any(tree, problems, source)
    return Loaded(
        rules=with_wordings(parts, rule_set_of(parts, known, conditions, digest_of(data))),
        positions=tree.values,
        accepted=tuple(Accepted(code=one.code, place=one.place, reason=one.reason) for one in parts.accepted_findings),
    )


def digest_of(data: Mapping[str, object]) -> str:
    """SHA-256 of the document's canonical form: comments, layout and the order of keys do not change it."""
    game = {key: value for key, value in data.items() if key != ACCEPTED}
    canonical = json.dumps(game, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _top(tree: Tree, problems: Problems, source: str) -> Mapping[str, object]:
    data = mapping(tree.data)
    if not data:
        problems.add((), found=tree.data, expected="a mapping with the keys of a rule set")
        _raise_any(tree, problems, source)
    return data


def _raise_any(tree: Tree, problems: Problems, source: str) -> None:
    """What is wrong with the form of a value is not said again of its content."""
    said = {problem.path for problem in tree.problems}
    found = [*tree.problems, *(problem for problem in problems.found if problem.path not in said)]
    if found:
        raise RuleSetError(source, found)
