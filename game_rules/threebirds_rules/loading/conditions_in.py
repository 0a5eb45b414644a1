"""Conditions of a document: mappings with the keys `all`, `any`, `none`, an issue or a gauge; several keys mean all."""

from collections.abc import Mapping

from threebirds_rules.conditions import AllOf, AnyOf, Condition, GaugeWithin, IssueIn, NoneOf
from threebirds_rules.loading.known import Known
from threebirds_rules.loading.plain import mapping, sequence
from threebirds_rules.loading.problems import Path, Problems
from threebirds_rules.loading.vocabulary import CONDITION_WORDS, MAX_GAUGE, MAX_OPTIONS
from threebirds_rules.names import GaugeId, IssueId

_WORDS = {"all": AllOf, "any": AnyOf, "none": NoneOf}
_BOUNDS = ("at_least", "at_most", "equals")
_NOTHING = AllOf(())
"""Stands for what could not be read; a document with a problem never becomes a rule set."""

Conditions = Mapping[Path, Condition]
"""The conditions of a document by the path of their `when`."""


def conditions_in(data: Mapping[str, object], known: Known, problems: Problems) -> Conditions:
    """Every `when` of the document, with all problems in them noted."""
    reader = _Reader(known, problems)
    found: dict[Path, Condition] = {}
    for section in ("rules", "bodies", "paths", "endings"):
        for at, entry in enumerate(map(mapping, sequence(data.get(section)))):
            if "when" in entry:
                path = (section, at, "when")
                found[path] = reader.condition(entry["when"], path)
    return found


class _Reader:
    def __init__(self, known: Known, problems: Problems) -> None:
        self._known = known
        self._problems = problems

    def condition(self, raw: object, path: Path) -> Condition:
        entries = sorted(mapping(raw).items())
        if not entries:
            return self._wrong(path, raw, "a condition, such as {all: [...]} or an issue with its options")
        parts = tuple(self._entry(key, value, (*path, key)) for key, value in entries)
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _entry(self, key: str, raw: object, path: Path) -> Condition:
        if key in CONDITION_WORDS:
            return self._several(key, raw, path)
        if key in self._known.names["issue"]:
            return self._issue(IssueId(key), raw, path)
        if key in self._known.names["gauge"]:
            return self._gauge(GaugeId(key), raw, path)
        hint = self._known.hints.nearest(key, self._known.condition_words)
        self._problems.add(path, found=key, expected="an issue, a gauge, all, any or none", hint=hint, at_key=True)
        return _NOTHING

    def _several(self, word: str, raw: object, path: Path) -> Condition:
        parts = sequence(raw)
        if not parts:
            return self._wrong(path, raw, "a list of conditions")
        return _WORDS[word](tuple(self.condition(part, (*path, at)) for at, part in enumerate(parts)))

    def _issue(self, issue: IssueId, raw: object, path: Path) -> Condition:
        count = self._known.options[issue] or MAX_OPTIONS  # 0: its options are broken, and that is said there
        expected = f"options of {issue} from 0 to {count - 1}"
        given = sequence(raw)
        if not given:
            return self._wrong(path, raw, f"a list of {expected}, such as [1]")
        options: list[int] = []
        for at, option in enumerate(given):
            if isinstance(option, int) and not isinstance(option, bool) and 0 <= option < count:
                options.append(option)
            else:
                self._problems.add((*path, at), found=option, expected=f"one of the {expected}")
        return IssueIn(issue, tuple(options))

    def _gauge(self, gauge: GaugeId, raw: object, path: Path) -> Condition:
        given = mapping(raw)
        if not given:
            return self._wrong(path, raw, "bounds, such as {at_least: 2}")
        bounds = {key: self._bound(key, value, (*path, key)) for key, value in given.items()}
        if "equals" in bounds and len(bounds) > 1:
            return self._wrong(path, raw, "either equals, or at_least and at_most")
        low = bounds.get("equals", bounds.get("at_least"))
        high = bounds.get("equals", bounds.get("at_most"))
        if low is not None and high is not None and low > high:
            return self._wrong(path, f"{low} to {high}", "at_least not above at_most")
        return GaugeWithin(gauge, low, high)

    def _bound(self, key: str, raw: object, path: Path) -> int | None:
        if key not in _BOUNDS:
            hint = self._known.hints.nearest(key, _BOUNDS)
            self._problems.add(path, found=key, expected="at_least, at_most or equals", hint=hint, at_key=True)
        elif not isinstance(raw, int) or isinstance(raw, bool) or abs(raw) > MAX_GAUGE:
            self._problems.add(path, found=raw, expected=f"a whole number within {MAX_GAUGE:,} of 0")
        else:
            return raw
        return None

    def _wrong(self, path: Path, raw: object, expected: str) -> Condition:
        self._problems.add(path, found=raw, expected=expected)
        return _NOTHING
