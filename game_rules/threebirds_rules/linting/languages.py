"""What a translation leaves out, and names that no text uses."""

from collections.abc import Iterator, Set

from threebirds_rules.linting.finding import Found
from threebirds_rules.loading.problems import Path
from threebirds_rules.ruleset import Place, RuleSet, Wording
from threebirds_rules.variables import variables_in


def language_findings(rules: RuleSet) -> Iterator[Found]:
    if not rules.wordings:
        return
    own, *others = rules.languages
    first = rules.wordings[own]
    used = _used(first)
    for language in others:
        spoken = rules.wordings[language]
        path: Path = ("translations", language)
        yield from _missing(first, spoken, language)
        yield from _unused(spoken, _used(spoken), first.names.keys(), (*path, "names"))
        used |= _used(spoken) - spoken.names.keys() | _used(spoken) & first.names.keys()
    yield from _unused(first, used, frozenset(), ("names",))


def _missing(first: Wording, spoken: Wording, language: str) -> Iterator[Found]:
    """Initials are often the same, and what says nothing in the first language needs no words in another."""
    places = [place for place, text in first.texts.items() if text.strip() and place[-1] != "initials"]
    for place in places:
        if not spoken.texts.get(place, "").strip():
            yield _lacking(language, place, "has no text here")
    for variable in sorted(_used(spoken) & (first.names.keys() - spoken.names.keys())):
        yield _lacking(language, ("names", variable), f"uses {{{variable}}} and gives it no name")


def _lacking(language: str, place: Place, what: str) -> Found:
    path: Path = ("translations", language, *place)
    return Found(
        "text_missing",
        path,
        ".".join(map(str, path)),
        f"The translation {language} {what}; readers get the first language.",
        "Translate it.",
    )


def _unused(wording: Wording, used: Set[str], known: Set[str], path: Path) -> Iterator[Found]:
    """A name of the first language that is `known` may be there for the texts that are not translated."""
    for variable in sorted(wording.names.keys() - used - known):
        yield Found(
            "name_unused",
            (*path, variable),
            ".".join(map(str, (*path, variable))),
            f"No text uses the name {{{variable}}}.",
            "Use it in a text, or leave it out.",
        )


def _used(wording: Wording) -> set[str]:
    return {variable for text in wording.texts.values() for variable in variables_in(text)}
