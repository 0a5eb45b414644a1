"""The names that a document defines, read from its plain data before anything is checked.

A broken entry still has its name, so that one mistake is not followed by a complaint from every place that names it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from threebirds_rules.loading.hints import Hints
from threebirds_rules.loading.plain import mapping, sequence
from threebirds_rules.loading.problems import Path, Problems
from threebirds_rules.loading.vocabulary import CHANNEL_WORDS, CONDITION_WORDS, MAX_NAME, MAX_ROLES

Kind = Literal[
    "aspect", "role", "issue", "gauge", "track", "rule", "curve", "body", "switch", "card", "path", "ending", "variant"
]

SECTIONS: Mapping[Kind, str] = {
    "aspect": "aspects",
    "role": "roles",
    "issue": "issues",
    "gauge": "gauges",
    "track": "tracks",
    "rule": "rules",
    "curve": "curves",
    "body": "bodies",
    "switch": "switches",
    "card": "cards",
    "path": "paths",
    "ending": "endings",
    "variant": "variants",
}
"""The section of the document that defines each kind of name."""


@dataclass(frozen=True)
class Known:
    """Names are in the document's order, and whether one is among them is known at once.

    `options` counts an issue's options; `sleeping` are the rules that a card may wake; `plain_gauges` have no formula;
    `role_words` may stand where roles are listed, `condition_words` where conditions are; `variables` holds the longest
    of the names that each stands for.
    """

    names: Mapping[Kind, Collection[str]]
    groups: Mapping[str, tuple[str, ...]]
    options: Mapping[str, int]
    sleeping: Collection[str]
    plain_gauges: Collection[str]
    role_words: Collection[str]
    condition_words: Collection[str]
    phases: Collection[str]
    variables: Mapping[str, str]
    hints: Hints = field(default_factory=Hints)

    def speaking(self, translation: object) -> "Known":
        """With the variables of a translation besides."""
        return replace(self, variables={**self.variables, **_variables(translation)})

    def members(self, word: str) -> tuple[str, ...]:
        """The roles of a group, or the role itself."""
        return self.groups.get(word, (word,))

    def expanded(self, words: Iterable[str]) -> tuple[str, ...]:
        """All roles that are named, by themselves or in a group, in the document's order of roles."""
        named = {role for word in words for role in self.members(word)}
        return tuple(role for role in self.names["role"] if role in named)


def known_in(data: object) -> Known:
    """The names in a document's data, whatever shape the rest is in."""
    names: dict[Kind, Collection[str]] = {
        kind: _once(name for _, name, _ in _entries(data, section)) for kind, section in SECTIONS.items()
    }
    groups = {group: _texts(roles)[:MAX_ROLES] for group, roles in mapping(mapping(data).get("groups")).items()}
    return Known(
        names=names,
        groups=groups,
        options={name: len(sequence(entry.get("options"))) for _, name, entry in _entries(data, "issues")},
        sleeping=_once(name for _, name, entry in _entries(data, "rules") if entry.get("sleeps") is True),
        plain_gauges=_once(name for _, name, entry in _entries(data, "gauges") if not mapping(entry.get("formula"))),
        role_words=_once((*names["role"], *groups)),
        condition_words=_once((*names["issue"], *names["gauge"], *CONDITION_WORDS)),
        phases=_once(_phases(mapping(mapping(data).get("schedule")))),
        variables=_variables(data),
    )


def _once(names: Iterable[str]) -> Collection[str]:
    return dict.fromkeys(names)


def _variables(data: object) -> dict[str, str]:
    names = mapping(mapping(data).get("names"))
    return {name: max(("", *_texts([*mapping(stands).values()])), key=len)[:MAX_NAME] for name, stands in names.items()}


def _phases(schedule: Mapping[str, object]) -> tuple[str, ...]:
    """Those of a round, and the one after an adopted text."""
    after = mapping(schedule.get("implementation")).get("id")
    return (*(name for _, name, _ in _entries(schedule, "phases")), *_texts([after]))


def check_names(data: object, problems: Problems) -> None:
    """Every name once: in its section, and among all that stand in the same places."""
    for section in SECTIONS.values():
        if section not in {"roles", "issues", "gauges"}:
            _check_once(data, section, {}, problems)
    channels = dict.fromkeys(CHANNEL_WORDS, "that of a channel")
    roles = _check_once(data, "roles", channels, problems)
    for group in mapping(mapping(data).get("groups")):
        if group in roles:
            _taken(("groups", group), group, roles[group], problems)
    words = dict.fromkeys(CONDITION_WORDS, "a word of conditions")
    _check_once(data, "gauges", _check_once(data, "issues", words, problems), problems)


def _check_once(data: object, section: str, taken: Mapping[str, str], problems: Problems) -> dict[str, str]:
    """The names taken before and in this section, each with what it is."""
    seen = dict(taken)
    for at, name, _ in _entries(data, section):
        if name in seen:
            _taken((section, at, "id"), name, seen[name], problems)
        seen.setdefault(name, f"that of {section}[{at}]")
    return seen


def _taken(path: Path, name: str, by: str, problems: Problems) -> None:
    problems.add(path, found=name, expected=f"another name (this one is {by})", at_key=path[0] == "groups")


def _entries(data: object, section: str) -> Iterator[tuple[int, str, Mapping[str, object]]]:
    for at, entry in enumerate(sequence(mapping(data).get(section))):
        name = mapping(entry).get("id")
        if isinstance(name, str):
            yield at, name, mapping(entry)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(word for word in sequence(value) if isinstance(word, str))
