"""A second scorer that shares no code with the engine: it reads a scenario's document with its own eyes.

Slow, plain, with fractions; what it and the engine both say is probably what the document means.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from importlib.resources import files
from itertools import pairwise
from math import floor
from typing import Any

import yaml

Document = Mapping[Any, Any]


def document_named(scenario: str) -> Document:
    return yaml.safe_load((files("threebirds_rules") / "scenarios" / f"{scenario}.yaml").read_text(encoding="utf-8"))


def plain_gauges(document: Document, package: Sequence[int]) -> dict[str, int]:
    found = {gauge["id"]: gauge.get("start", 0) for gauge in document.get("gauges", ())}
    for option in _chosen(document, package):
        for gauge, change in option.get("effects", {}).items():
            found[gauge] += change
    for gauge in document.get("gauges", ()):
        if "formula" in gauge:
            found[gauge["id"]] = sum(found[part] * times for part, times in gauge["formula"].items())
    return found


def plain_score(document: Document, role: str, package: Sequence[int], woken: Sequence[str] = ()) -> int:
    """With the switches as the document has them."""
    gauges = plain_gauges(document, package)
    total = sum(_option_points(document, role, option) for option in _chosen(document, package))
    for rule in document.get("rules", ()):
        awake = rule["id"] in woken if rule.get("sleeps") else _switched_on(document, rule)
        if awake and _true(document, rule["when"], package, gauges):
            total += _of_role(document, rule["points"], role)
    for curve in document.get("curves", ()):
        if _named(document, curve["roles"], role) and _switched_on(document, curve):
            total += _curve(curve["points"], gauges[curve["gauge"]])
    return total


def plain_rules(document: Document, package: Sequence[int]) -> list[str]:
    """The rules that hold, awake from the start, in the document's order."""
    gauges = plain_gauges(document, package)
    awake = [rule for rule in document["rules"] if not rule.get("sleeps") and _switched_on(document, rule)]
    return [rule["id"] for rule in awake if _true(document, rule["when"], package, gauges)]


def _chosen(document: Document, package: Sequence[int]) -> list[Mapping[str, Any]]:
    return [issue["options"][option] for issue, option in zip(document["issues"], package, strict=True)]


def _option_points(document: Document, role: str, option: Mapping[str, Any]) -> int:
    weights = next(one.get("weights", {}) for one in document["roles"] if one["id"] == role)
    total = _of_role(document, option.get("points", {}), role)
    for word, impacts in option.get("impacts", {}).items():
        if _named(document, [word], role):
            total += sum(weights[aspect] * raw for aspect, raw in impacts.items())
    return total


def _of_role(document: Document, points: Mapping[str, int], role: str) -> int:
    return sum(value for word, value in points.items() if _named(document, [word], role))


def _named(document: Document, words: Sequence[str], role: str) -> bool:
    return any(word == role or role in document.get("groups", {}).get(word, ()) for word in words)


def _switched_on(document: Document, rule: Mapping[str, Any]) -> bool:
    # PyYAML reads YAML 1.1, in which the key `on` is true.
    on = {one["id"] for one in document.get("switches", ()) if one[True]}
    return ("switch" not in rule or rule["switch"] in on) and on.isdisjoint(rule.get("unless", ()))


def _true(document: Document, when: Mapping[str, Any], package: Sequence[int], gauges: Mapping[str, int]) -> bool:
    places = [issue["id"] for issue in document["issues"]]
    for key, value in when.items():
        if key == "all":
            held = all(_true(document, part, package, gauges) for part in value)
        elif key == "any":
            held = any(_true(document, part, package, gauges) for part in value)
        elif key == "none":
            held = not any(_true(document, part, package, gauges) for part in value)
        elif key in places:
            held = package[places.index(key)] in value
        else:
            held = _within(gauges[key], value)
        if not held:
            return False
    return True


def _within(value: int, bounds: Mapping[str, int]) -> bool:
    if "equals" in bounds:
        return value == bounds["equals"]
    return bounds.get("at_least", value) <= value <= bounds.get("at_most", value)


def _curve(points: Sequence[tuple[int, int]], x: int) -> int:
    x = min(max(x, points[0][0]), points[-1][0])
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= x <= x1:
            return floor(y0 + Fraction((y1 - y0) * (x - x0), x1 - x0) + Fraction(1, 2))
    return points[0][1]
