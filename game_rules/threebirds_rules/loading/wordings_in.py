"""What a document says in each of its languages, and what is wrong between them."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace
from pydantic import BaseModel

from threebirds_rules.loading.document import Document
from threebirds_rules.loading.known import Known
from threebirds_rules.loading.mechanics import (
    AttributionPart,
    EffectPart,
    FuturePart,
    MechanicsPart,
    ProjectsPart,
    SideTablesPart,
)
from threebirds_rules.loading.plain import mapping, sequence
from threebirds_rules.loading.problems import Path, Problems
from threebirds_rules.loading.translation import NamePart, TranslationPart
from threebirds_rules.mechanics.settings import SENTENCES
from threebirds_rules.nearest import nearest
from threebirds_rules.ruleset import Name, NameChoice, Place, RuleSet, Wording
from threebirds_rules.variables import filled
from threebirds_rules.wording import in_language, names_chosen, texts_of

CHOICES: tuple[NameChoice, ...] = ("historical", "invented")


def with_wordings(document: Document, raw: RuleSet) -> RuleSet:
    """The rule set, whose texts still have variables in them, in the words of its first language."""
    first = Wording(texts=texts_of(raw), names=_names(document.names))
    others = {language: _wording(part, first) for language, part in sorted(document.translations.items())}
    return in_language(replace(raw, language=document.language, wordings={document.language: first, **others}))


def _wording(part: TranslationPart, first: Wording) -> Wording:
    said = dict(_leaves(part.model_dump(exclude={"names"}), ()))
    texts = {place: said[place] for place in first.texts if place in said}
    return Wording(texts=texts, names=_names(part.names))


def _names(names: Mapping[str, NamePart]) -> dict[str, Name]:
    return {variable: Name(part.historical, part.invented) for variable, part in sorted(names.items())}


def _leaves(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    for key, part in (*mapping(value).items(), *enumerate(sequence(value))):
        yield from _leaves(part, (*place, key))


def check_translations(document: Document, known: Known, problems: Problems) -> None:
    """A language once, and as many wordings and sources as the document has."""
    for language, part in document.translations.items():
        path: Path = ("translations", language)
        if language == document.language:
            problems.add(path, found=language, expected="a language other than the document's own", at_key=True)
        for issue, texts in part.issues.items():
            count = known.options[issue]
            if texts.options is not None and len(texts.options) != count:
                expected = f"{count} options, as {issue} has"
                problems.add((*path, "issues", issue, "options"), found=len(texts.options), expected=expected)
        _check_mechanics(document.mechanics, part, (*path, "mechanics"), problems)
        count = len(document.sources)
        if part.sources is not None and len(part.sources) != count:
            problems.add((*path, "sources"), found=len(part.sources), expected=f"{count} sources, as the document has")


def _check_mechanics(mechanics: MechanicsPart, part: TranslationPart, path: Path, problems: Problems) -> None:
    for mechanic, texts in part.mechanics.items():
        played = getattr(mechanics, mechanic)
        told = () if played is None else _told(played)
        for effect in texts:
            if effect not in told:
                expected = f"a sentence of {mechanic}" if told else f"no sentences of {mechanic}, which is off"
                where = (*path, mechanic, effect)
                problems.add(where, found=effect, expected=expected, hint=nearest(effect, told), at_key=True)


def _told(mechanic: BaseModel) -> list[str]:
    """The names of its sentences; the ids of side tables or sides; `F1.title` of cards and projects."""
    sentences = [field for field, value in mechanic if field in SENTENCES or isinstance(value, EffectPart)]
    match mechanic:
        case SideTablesPart(tables=named) | AttributionPart(sides=named):
            return [*sentences, *(one.id for one in named)]
        case FuturePart(cards=titled) | ProjectsPart(projects=titled):
            return [*sentences, *(f"{one.id}.{field}" for one in titled for field in ("title", "text"))]
        case _:
            return sentences


def check_role_names(document: Document, problems: Problems) -> None:
    """In no language are two roles called the same, whichever names are chosen."""
    first = {role.id: role.name for role in document.roles}
    own = _names(document.names)
    paths: dict[str, Path] = {role.id: ("roles", at, "name") for at, role in enumerate(document.roles)}
    _check_apart(first, own, paths, problems)
    for language, part in document.translations.items():
        names = {role: texts.name for role, texts in part.roles.items() if texts.name is not None}
        places: dict[str, Path] = {role: ("translations", language, "roles", role, "name") for role in names}
        _check_apart(first | names, own | _names(part.names), paths | places, problems)


def _check_apart(
    roles: Mapping[str, str], names: Mapping[str, Name], paths: Mapping[str, Path], problems: Problems
) -> None:
    said: set[Path] = set()
    for choice in CHOICES:
        taken: dict[str, str] = {}
        for role, name in roles.items():
            full = filled(name, names_chosen(names, choice))
            other = taken.setdefault(full.casefold(), role)
            if other != role and paths[role] not in said:
                said.add(paths[role])
                problems.add(paths[role], found=full, expected=f"another name (this one is that of {other})")
