"""Loading a document: text in, rule set out, or all that is wrong with it."""

import hashlib
import json
from collections.abc import Mapping

from threebirds_rules.loading.build import rule_set_of
from threebirds_rules.loading.checks import check_whole
from threebirds_rules.loading.conditions_in import conditions_in
from threebirds_rules.loading.known import check_names, known_in
from threebirds_rules.loading.parts import document_of
from threebirds_rules.loading.plain import mapping
from threebirds_rules.loading.problems import Problems, RuleSetError
from threebirds_rules.loading.tree import Tree, read_tree
from threebirds_rules.ruleset import RuleSet


def load(text: str, *, source: str) -> RuleSet:
    """The rule set of a YAML document; raises RuleSetError with all its problems. `source` names it in messages."""
    tree = read_tree(text, source=source)
    problems = Problems(tree.values, tree.keys)
    data = _top(tree, problems, source)
    known = known_in(data)
    check_names(data, problems)
    document = document_of(data, known, problems)
    conditions = conditions_in(data, known, problems)
    check_whole(document, known, problems)
    _raise_any(tree, problems, source)
    return rule_set_of(document, known, conditions, digest_of(data))


def digest_of(data: Mapping[str, object]) -> str:
    """SHA-256 of the document's canonical form: comments, layout and the order of keys do not change it."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
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
