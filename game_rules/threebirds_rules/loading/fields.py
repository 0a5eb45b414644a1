"""Types of a document's fields. Names are checked against the document's own, which are the validation's context."""

from collections.abc import Callable, Collection
from itertools import pairwise
from typing import Annotated, Any, cast

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from threebirds_rules.loading.known import Kind, Known
from threebirds_rules.loading.problems import article
from threebirds_rules.loading.vocabulary import (
    FINDING_CODES,
    MAX_NAME,
    MAX_POINTS,
    MAX_TEXT,
    PHASE_ACTIONS,
)
from threebirds_rules.mechanics.settings import MECHANICS
from threebirds_rules.nearest import nearest

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=MAX_NAME)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=MAX_NAME)]
Initials = Annotated[str, StringConstraints(min_length=1, max_length=3)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)]
Points = Annotated[int, Field(ge=-MAX_POINTS, le=MAX_POINTS)]
Impact = Annotated[int, Field(ge=-3, le=3)]
Count = Annotated[int, Field(ge=0, le=100)]
Times = Annotated[int, Field(ge=-10, le=10)]
Seconds = Annotated[int, Field(ge=1, le=604_800)]


def fault(expected: str, hint: str | None = None) -> PydanticCustomError:
    """An error that says what was expected in the words of this project."""
    return PydanticCustomError("fault", "{expected}", {"expected": expected, "nearest": hint})


def known(info: ValidationInfo) -> Known:
    return cast("Known", info.context)


def _one_of(kind: str, names: Callable[[Known], Collection[str]]) -> AfterValidator:
    def check(name: str, info: ValidationInfo) -> str:
        among = names(known(info))
        if name in among:
            return name
        raise fault(f"the name of {article(kind)}", nearest(name, among))

    return AfterValidator(check)


def _defined(kind: Kind) -> AfterValidator:
    return _one_of(kind, lambda names: names.names[kind])


def _words(kind: str, words: tuple[str, ...]) -> AfterValidator:
    return _one_of(kind, lambda _: words)


AspectRef = Annotated[str, _defined("aspect")]
RoleRef = Annotated[str, _defined("role")]
IssueRef = Annotated[str, _defined("issue")]
GaugeRef = Annotated[str, _defined("gauge")]
PlainGaugeRef = Annotated[
    str, _one_of("gauge without a formula", lambda names: [one for one, parts in names.formulas.items() if not parts])
]
TrackRef = Annotated[str, _defined("track")]
BodyRef = Annotated[str, _defined("body")]
SwitchRef = Annotated[str, _defined("switch")]
Switches = Annotated[list[SwitchRef], Field(max_length=40)]
CardRef = Annotated[str, _defined("card")]
SleepingRuleRef = Annotated[str, _one_of("rule that sleeps", lambda names: names.sleeping)]
RoleWord = Annotated[str, _one_of("role or group", lambda names: names.role_words)]
Action = Annotated[str, _words("action", PHASE_ACTIONS)]
FindingCode = Annotated[str, _words("finding", FINDING_CODES)]
MechanicRef = Annotated[str, _words("mechanic", MECHANICS)]


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
