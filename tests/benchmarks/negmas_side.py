"""What NegMAS makes of plain domains. Run by a Python that has it: JSON from standard input to standard output."""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from itertools import product
from time import process_time
from typing import Any

outcomes: Any = import_module("negmas.outcomes")
preferences: Any = import_module("negmas.preferences")
operations: Any = import_module("negmas.preferences.ops")

RUNS = 3


def quickest(work: Callable[[], Any]) -> tuple[float, Any]:
    runs = [once(work) for _ in range(RUNS)]
    return min(spent for spent, _ in runs), runs[0][1]


def once(work: Callable[[], Any]) -> tuple[float, Any]:
    began = process_time()
    done = work()
    return process_time() - began, done


def measured(values: list[list[list[int]]]) -> dict[str, Any]:
    """`values[party][issue][option]`. Every outcome is acceptable to everybody: the frontier is that of all."""
    sizes = [len(table) for table in values[0]]
    issues: list[Any] = [outcomes.make_issue(size, f"issue{place}") for place, size in enumerate(sizes)]
    functions: list[Any] = [
        preferences.LinearAdditiveUtilityFunction([dict(enumerate(table)) for table in tables], issues=issues)
        for tables in values
    ]
    for function in functions:
        function.reserved_value = float("-inf")
    packages = list(product(*map(range, sizes)))
    evaluation, points = quickest(lambda: [tuple(map(float, (one(x) for one in functions))) for x in packages])
    whole, (vectors, _) = quickest(lambda: operations.pareto_frontier(functions, packages))
    of_points, chosen = quickest(lambda: operations.pareto_frontier_numpy(points))
    return {
        "evaluation": evaluation,
        "whole": whole,
        "of_points": of_points,
        "utilities": points,
        "frontier": [list(map(float, vector)) for vector in vectors],
        "frontier_of_points": [points[place] for place in chosen],
    }


def main() -> None:
    domains: list[list[list[list[int]]]] = json.load(sys.stdin)
    json.dump({"version": version("negmas"), "domains": [measured(values) for values in domains]}, sys.stdout)


if __name__ == "__main__":
    main()
