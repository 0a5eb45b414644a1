"""Types of a document's fields. Names are checked against the document's own, which are the validation's context."""

import re
from collections.abc import Callable, Collection
from itertools import chain, pairwise
from typing import Annotated, Any, cast

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from threebirds_rules.loading.known import Kind, Known
from threebirds_rules.loading.problems import article
from threebirds_rules.loading.vocabulary import (
    FINDING_CODES,
    LATE_ACTIONS,
    MAX_NAME,
    MAX_POINTS,
    MAX_TEXT,
    MAX_TITLE,
    PHASE_ACTIONS,
    POINTS,
)
from threebirds_rules.mechanics.settings import EFFECTS, MECHANICS
from threebirds_rules.variables import SEAT_VARIABLES, filled, lone_brace, variables_in

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=MAX_NAME)]
PlainName = Annotated[str, StringConstraints(min_length=1, max_length=MAX_NAME)]
PlainTitle = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TITLE)]
PlainText = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)]
Points = Annotated[int, Field(ge=-MAX_POINTS, le=MAX_POINTS)]
Impact = Annotated[int, Field(ge=-3, le=3)]
Count = Annotated[int, Field(ge=0, le=100)]
Times = Annotated[int, Field(ge=-10, le=10)]
Seconds = Annotated[int, Field(ge=1, le=604_800)]


def fault(expected: str, hint: str | None = None, **found: str) -> PydanticCustomError:
    """An error that says what was expected in the words of this project; `found` where that is not the whole value."""
    return PydanticCustomError("fault", "{expected}", {"expected": expected, "nearest": hint, **found})


def known(info: ValidationInfo) -> Known:
    return cast("Known", info.context)


def _words_of(most: int, *, least: int = 0, seat: Collection[str] = ()) -> AfterValidator:
    """A text with variables in it: as long as it is with the longest of their names."""

    def check(text: str, info: ValidationInfo) -> str:
        names = known(info).variables
        if lone_brace(text) is not None:
            raise fault("a variable such as {name}, or {{ and }} for braces")
        for variable in variables_in(text):
            if variable not in names and variable not in seat:
                hint = known(info).hints.nearest(variable, chain(names, seat))
                raise fault("the name of a variable", hint, found=f"{{{variable}}}")
        length = len(filled(text, names))
        if length < least:
            raise fault("some text")
        if length > most:
            raise fault(f"at most {most} characters")
        return text

    return AfterValidator(check)


Name = Annotated[str, _words_of(MAX_NAME, least=1)]
Initials = Annotated[str, _words_of(3, least=1)]
Title = Annotated[str, _words_of(MAX_TITLE, least=1)]
Text = Annotated[str, _words_of(MAX_TEXT)]
Sentence = Annotated[str, _words_of(MAX_TEXT, least=1)]
SeatText = Annotated[str, _words_of(MAX_TEXT, seat=SEAT_VARIABLES)]


def _one_of(kind: str, names: Callable[[Known], Collection[str]]) -> AfterValidator:
    def check(name: str, info: ValidationInfo) -> str:
        among = names(known(info))
        if name in among:
            return name
        raise fault(f"the name of {article(kind)}", known(info).hints.nearest(name, among))

    return AfterValidator(check)


def _defined(kind: Kind) -> AfterValidator:
    return _one_of(kind, lambda names: names.names[kind])


def _words(kind: str, words: tuple[str, ...]) -> AfterValidator:
    return _one_of(kind, lambda _: words)


AspectRef = Annotated[str, _defined("aspect")]
AspectNamed = Annotated[str, _one_of("aspect", lambda names: names.names["aspect"] or (POINTS,))]
RuleRef = Annotated[str, _defined("rule")]
CurveRef = Annotated[str, _defined("curve")]
PathRef = Annotated[str, _defined("path")]
EndingRef = Annotated[str, _defined("ending")]
VariantRef = Annotated[str, _defined("variant")]
PhaseRef = Annotated[str, _one_of("phase", lambda names: names.phases)]
RoleRef = Annotated[str, _defined("role")]
IssueRef = Annotated[str, _defined("issue")]
GaugeRef = Annotated[str, _defined("gauge")]
PlainGaugeRef = Annotated[str, _one_of("gauge without a formula", lambda names: names.plain_gauges)]
TrackRef = Annotated[str, _defined("track")]
BodyRef = Annotated[str, _defined("body")]
SwitchRef = Annotated[str, _defined("switch")]
Switches = Annotated[list[SwitchRef], Field(max_length=40)]
CardRef = Annotated[str, _defined("card")]
SleepingRuleRef = Annotated[str, _one_of("rule that sleeps", lambda names: names.sleeping)]
RoleWord = Annotated[str, _one_of("role or group", lambda names: names.role_words)]
Action = Annotated[str, _words("action", PHASE_ACTIONS)]
LateAction = Annotated[str, _words("action that changes no text", LATE_ACTIONS)]
FindingCode = Annotated[str, _words("finding", FINDING_CODES)]
MechanicRef = Annotated[str, _words("mechanic", MECHANICS)]
EffectRef = Annotated[str, _words("mechanic's effect", EFFECTS)]


def _language(word: str) -> str:
    if _LANGUAGE.fullmatch(word) is None:
        raise fault("a language as BCP 47 writes it, such as de or pt-BR")
    return word


def _free(variable: str) -> str:
    if variable in SEAT_VARIABLES:
        raise fault(f"another name ({variable} is a number of each seat)")
    return variable


def _roles_once(words: Any, info: ValidationInfo) -> Any:
    """`words` is a list or mapping of role words: in neither may a role come twice, say by itself and in a group."""
    said: dict[str, str] = {}
    for word in words:
        for role in known(info).members(word):
            if role in said:
                raise fault(f"every role once ({role} is in {said[role]} and in {word})")
            said[role] = word
    return words


def _points_alone(points: Any, info: ValidationInfo) -> Any:
    if points and known(info).names["aspect"]:
        raise fault("`impacts` by aspect (points are for documents without aspects)")
    return points


def _aspect_given(aspect: str | None, info: ValidationInfo) -> str | None:
    if aspect is None and known(info).names["aspect"]:
        raise fault("the aspect that its points belong to")
    return aspect


def _weights_whole(weights: dict[str, int], info: ValidationInfo) -> dict[str, int]:
    missing = [aspect for aspect in known(info).names["aspect"] if aspect not in weights]
    if missing:
        raise fault(f"a weight for every aspect ({', '.join(missing)} not given)")
    return weights


def _rising(points: list[list[int]]) -> list[list[int]]:
    for (x0, _), (x1, _) in pairwise(points):
        if x1 <= x0:
            raise fault(f"points whose x rises ({x1} comes after {x0})")
    return points


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*")
Language = Annotated[str, AfterValidator(_language)]
Variable = Annotated[Id, AfterValidator(_free)]
RoleWords = Annotated[list[RoleWord], AfterValidator(_roles_once)]
Members = Annotated[RoleWords, Field(min_length=1)]
RolePoints = Annotated[dict[RoleWord, Points], AfterValidator(_roles_once)]
DirectPoints = Annotated[RolePoints, AfterValidator(_points_alone)]
Impacts = Annotated[dict[RoleWord, dict[AspectRef, Impact]], AfterValidator(_roles_once)]
Effects = dict[PlainGaugeRef, Times]
Weights = Annotated[dict[AspectRef, Annotated[int, Field(ge=0, le=10)]], AfterValidator(_weights_whole)]
AspectOfPoints = Annotated[AspectRef | None, AfterValidator(_aspect_given)]
XY = Annotated[list[Points], Field(min_length=2, max_length=2)]
CurvePoints = Annotated[list[XY], Field(min_length=1, max_length=20), AfterValidator(_rising)]
