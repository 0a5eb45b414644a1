"""What a rule set says in another language, or with invented names. Ids, numbers and digest stay what they are."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from threebirds_rules.events import TableOpened
from threebirds_rules.mechanics.settings import SENTENCES, Effect, FutureCard, Mechanics, Project, Side, SideTable
from threebirds_rules.nearest import nearest
from threebirds_rules.ruleset import Issue, Name, NameChoice, Option, Phase, Place, RuleSet
from threebirds_rules.variables import SEAT_VARIABLES, filled

Rewrite = Callable[[Place, str], str]
Part = TypeVar("Part")

TEXTS: Mapping[str, tuple[str, ...]] = {
    "aspects": ("name",),
    "roles": ("name", "initials", "public_brief", "confidential_brief"),
    "gauges": ("name",),
    "tracks": ("name",),
    "rules": ("text",),
    "curves": ("text",),
    "bodies": ("name", "text"),
    "switches": ("name",),
    "cards": ("title", "text", "effect"),
    "paths": ("name",),
    "endings": ("title", "text"),
    "variants": ("name",),
}
"""The texts of each entry, by section. Phases, issues and what stands alone are told in `reworded`."""


class UnknownLanguageError(LookupError):
    """The rule set does not speak it; the message says what it speaks."""

    def __init__(self, language: str, known: tuple[str, ...]) -> None:
        hint = nearest(language, known)
        meant = f"did you mean {hint}?" if hint else f"it is in {' and '.join(known)}"
        super().__init__(f"This rule set is not written in {language!r}; {meant}")


class UnknownNamesError(LookupError):
    """The rule set has no such names."""

    def __init__(self, names: str, known: tuple[str, ...]) -> None:
        super().__init__(f"This rule set has no {names!r} names; there are {' and '.join(known)} ones")


def in_language(rules: RuleSet, language: str = "", *, names: str = "") -> RuleSet:
    """The same game in another of its languages ("": its first one) and with these names ("": historical ones).

    What that language does not say is said in the first one. Raises UnknownLanguageError, UnknownNamesError.
    """
    spoken, choice = words_of(rules, language, names)
    return replace(reworded(rules, _said(rules, spoken, choice)), language=spoken, names=choice)


def words_of(rules: RuleSet, language: str, names: str) -> tuple[str, NameChoice]:
    """The language and the names that are meant; raises UnknownLanguageError, UnknownNamesError."""
    spoken = language or rules.languages[0]
    if spoken not in rules.languages:
        raise UnknownLanguageError(language, rules.languages)
    choices: Mapping[str, NameChoice] = {str(choice): choice for choice in rules.name_choices}
    choice = choices.get(names or "historical")
    if choice is None:
        raise UnknownNamesError(names, rules.name_choices)
    return spoken, choice


def as_worded(rules: RuleSet, opened: TableOpened) -> RuleSet:
    """The rule set in the words of a table, as its first event chose them."""
    return in_language(rules, opened.language, names=opened.names)


def language_for(rules: RuleSet, wanted: str) -> str:
    """The language to offer to somebody who reads `wanted`, such as ru-RU: the same, its family, or the first one."""
    offered = {language.lower(): language for language in reversed(rules.languages)}
    family = wanted.lower().split("-")[0]
    kin = next((language for language in rules.languages if language.split("-")[0] == family), rules.languages[0])
    return offered.get(wanted.lower(), kin)


def texts_of(rules: RuleSet) -> dict[Place, str]:
    """Every text as it stands, by its place, in the order of the document."""
    found: dict[Place, str] = {}

    def keep(place: Place, text: str) -> str:
        found[place] = text
        return text

    reworded(rules, keep)
    return found


def names_chosen(names: Mapping[str, Name], choice: NameChoice) -> dict[str, str]:
    """What each variable stands for."""
    return {variable: name.historical if choice == "historical" else name.invented for variable, name in names.items()}


def reworded(rules: RuleSet, rewrite: Rewrite) -> RuleSet:
    """Every text replaced by what `rewrite` makes of it."""
    sections = {
        section: tuple(_part(one, (section, one.id), fields, rewrite) for one in getattr(rules, section))
        for section, fields in TEXTS.items()
    }
    schedule = rules.schedule
    phases = tuple(_phase(one, rewrite) for one in schedule.phases)
    after = None if schedule.implementation is None else _phase(schedule.implementation, rewrite)
    return replace(
        rules,
        title=rewrite(("title",), rules.title),
        summary=rewrite(("summary",), rules.summary),
        issues=tuple(_issue(issue, rewrite) for issue in rules.issues),
        schedule=replace(schedule, phases=phases, implementation=after),
        mechanics=_mechanics(rules.mechanics, rewrite),
        reservations=rewrite(("reservations",), rules.reservations),
        sources=tuple(rewrite(("sources", at), source) for at, source in enumerate(rules.sources)),
        **sections,
    )


def _phase(phase: Phase, rewrite: Rewrite) -> Phase:
    return _part(phase, ("phases", phase.id), ("title", "text"), rewrite)


def _part(part: Part, place: Place, fields: tuple[str, ...], rewrite: Rewrite) -> Part:
    """A part with one text has it at its own place."""
    one: Any = part
    texts = {field: rewrite(place if len(fields) == 1 else (*place, field), getattr(one, field)) for field in fields}
    return replace(one, **texts)


def _mechanics(mechanics: Mechanics, rewrite: Rewrite) -> Mechanics:
    played = {name: _mechanic(getattr(mechanics, name), ("mechanics", name), rewrite) for name in mechanics.names}
    return replace(mechanics, **played)


def _mechanic(one: Part, place: Place, rewrite: Rewrite) -> Part:
    """The sentences of its effects and its own, names of side tables and sides, cards of the future, and projects."""
    mechanic: Any = one
    told: dict[str, Any] = {}
    for field in mechanic.__struct_fields__:
        match getattr(mechanic, field):
            case Effect() as effect:
                told[field] = replace(effect, text=rewrite((*place, field), effect.text))
            case (SideTable() | Side(), *_) as named:
                told[field] = tuple(_part(part, (*place, part.id), ("name",), rewrite) for part in named)
            case (FutureCard() | Project(), *_) as entries:
                told[field] = tuple(_titled(entry, place, rewrite) for entry in entries)
            case str() as text if field in SENTENCES:
                told[field] = rewrite((*place, field), text)
            case _:
                pass
    return replace(mechanic, **told)


def _titled(entry: FutureCard | Project, place: Place, rewrite: Rewrite) -> FutureCard | Project:
    title = rewrite((*place, f"{entry.id}.title"), entry.title)
    return replace(entry, title=title, text=rewrite((*place, f"{entry.id}.text"), entry.text))


def _issue(issue: Issue, rewrite: Rewrite) -> Issue:
    place: Place = ("issues", issue.id)
    options = tuple(_option(one, (*place, "options", at), rewrite) for at, one in enumerate(issue.options))
    return replace(issue, title=rewrite((*place, "title"), issue.title), options=options)


def _option(option: Option, place: Place, rewrite: Rewrite) -> Option:
    return replace(
        option,
        label=rewrite((*place, "label"), option.label),
        article=rewrite((*place, "article"), option.article),
    )


def _said(rules: RuleSet, language: str, choice: NameChoice) -> Rewrite:
    if not rules.wordings:
        return lambda _, text: text
    first, spoken = rules.wordings[rules.languages[0]], rules.wordings[language]
    own = names_chosen(first.names, choice)
    names = own | names_chosen(spoken.names, choice)

    def said(place: Place, text: str) -> str:
        if place in spoken.texts:
            return _filled(place, spoken.texts[place], names)
        return _filled(place, first.texts[place], own) if place in first.texts else text

    return said


def _filled(place: Place, text: str, names: Mapping[str, str]) -> str:
    """A confidential brief goes on to be filled with the numbers of its seat."""
    return filled(text, names, later=SEAT_VARIABLES if place[-1] == "confidential_brief" else ())
