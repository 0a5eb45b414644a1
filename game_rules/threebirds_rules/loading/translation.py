"""A document's texts in another language: the same ids, and texts alone. What is left out is said in the first one."""

from typing import Annotated

from pydantic import BaseModel, Field

from threebirds_rules.loading.fields import (
    AspectNamed,
    BodyRef,
    CardRef,
    CurveRef,
    EndingRef,
    GaugeRef,
    Initials,
    IssueRef,
    MechanicRef,
    Name,
    PathRef,
    PhaseRef,
    PlainName,
    RoleRef,
    RuleRef,
    SeatText,
    Sentence,
    SwitchRef,
    Text,
    Title,
    TrackRef,
    Variable,
    VariantRef,
)
from threebirds_rules.loading.part import STRICT


class Part(BaseModel):
    model_config = STRICT


class NamePart(Part):
    """What a variable of texts stands for; which of the two, a table chooses."""

    historical: PlainName
    invented: PlainName


class RoleTexts(Part):
    name: Name | None = None
    initials: Initials | None = None
    public_brief: Text | None = None
    confidential_brief: SeatText | None = None


class OptionTexts(Part):
    label: Name | None = None
    article: Text | None = None


class IssueTexts(Part):
    """`options`: as many as the issue has, in its order."""

    title: Name | None = None
    options: list[OptionTexts] | None = None


class BodyTexts(Part):
    name: Name | None = None
    text: Text | None = None


class ToldTexts(Part):
    """Of a phase or an ending."""

    title: Name | None = None
    text: Text | None = None


class CardTexts(Part):
    title: Title | None = None
    text: Text | None = None
    effect: Text | None = None


class TranslationPart(Part):
    title: Title | None = None
    summary: Text | None = None
    aspects: dict[AspectNamed, Name] = {}
    roles: dict[RoleRef, RoleTexts] = {}
    issues: dict[IssueRef, IssueTexts] = {}
    gauges: dict[GaugeRef, Name] = {}
    tracks: dict[TrackRef, Name] = {}
    rules: dict[RuleRef, Text] = {}
    curves: dict[CurveRef, Text] = {}
    bodies: dict[BodyRef, BodyTexts] = {}
    switches: dict[SwitchRef, Text] = {}
    phases: dict[PhaseRef, ToldTexts] = {}
    cards: dict[CardRef, CardTexts] = {}
    paths: dict[PathRef, Name] = {}
    endings: dict[EndingRef, ToldTexts] = {}
    variants: dict[VariantRef, Name] = {}
    mechanics: dict[MechanicRef, dict[str, Sentence]] = {}
    """By mechanic and effect; `text` is the mechanic's own sentence."""
    reservations: Text | None = None
    sources: list[Text] | None = None
    names: Annotated[dict[Variable, NamePart], Field(max_length=200)] = {}
    """The document's names in this language, and others that only this language needs, such as a name's cases."""
