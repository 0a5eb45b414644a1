"""The document that a person writes, as models: which keys each part has, and of what kind their values are.

Conditions (`when`) are read by `conditions_in`, because their keys are the document's own issues and gauges.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, model_validator

from threebirds_rules.loading.fields import (
    Action,
    AspectOfPoints,
    BodyRef,
    CardRef,
    Count,
    CurvePoints,
    DirectPoints,
    EffectRef,
    Effects,
    FindingCode,
    GaugeRef,
    Id,
    Impacts,
    Initials,
    Language,
    LateAction,
    MechanicRef,
    Members,
    Name,
    PlainName,
    PlainText,
    PlainTitle,
    Points,
    Reason,
    RolePoints,
    RoleRef,
    RoleWords,
    SeatText,
    Seconds,
    SleepingRuleRef,
    Switches,
    SwitchRef,
    Text,
    Times,
    Title,
    TrackRef,
    Variable,
    Weights,
    fault,
)
from threebirds_rules.loading.mechanics import MechanicsPart
from threebirds_rules.loading.part import STRICT
from threebirds_rules.loading.translation import NamePart, TranslationPart
from threebirds_rules.loading.variant_parts import VariantPart
from threebirds_rules.loading.vocabulary import MAX_OPTIONS, MAX_ROLES, MAX_TRANSLATIONS
from threebirds_rules.ruleset import Caller, CardKind, DecisionRule

Group = Annotated[list[RoleRef], Field(min_length=1, max_length=MAX_ROLES)]


class Part(BaseModel):
    model_config = STRICT


class AspectPart(Part):
    id: Id
    name: Name


class RolePart(Part):
    id: Id
    name: Name
    initials: Initials
    vote: bool = True
    chair: bool = False
    optional: bool = False
    comfort: Points
    weights: Weights = Field(default={}, validate_default=True)
    factors: dict[TrackRef, Times] = {}
    public_brief: Text
    confidential_brief: SeatText


class OptionPart(Part):
    label: Name
    article: Text
    impacts: Impacts = {}
    points: DirectPoints = {}
    effects: Effects = {}


class IssuePart(Part):
    id: Id
    title: Name
    paragraphs: PlainText = ""
    options: Annotated[list[OptionPart], Field(min_length=2, max_length=MAX_OPTIONS)]


class GaugePart(Part):
    id: Id
    name: Name
    start: Points = 0
    formula: dict[GaugeRef, Times] = {}

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if self.formula and self.start:
            raise fault("either a start or a formula")
        return self


class TrackPart(Part):
    id: Id
    name: Name
    low: Annotated[int, Field(ge=-20, le=0)]
    high: Annotated[int, Field(ge=0, le=20)]


class RulePart(Part):
    id: Id
    when: Any
    points: RolePoints
    aspect: AspectOfPoints = Field(default=None, validate_default=True)
    text: Text
    paragraphs: PlainText = ""
    switch: SwitchRef | None = None
    unless: Switches = []
    sleeps: bool = False


class CurvePart(Part):
    id: Id
    gauge: GaugeRef
    roles: Members
    points: CurvePoints
    aspect: AspectOfPoints = Field(default=None, validate_default=True)
    text: Text
    paragraphs: PlainText = ""
    switch: SwitchRef | None = None
    unless: Switches = []


class BodyPart(Part):
    id: Id
    name: Name
    members: Members
    when: Any = None
    decides: DecisionRule
    vetoes: RoleWords = []
    quorum: Count = 0
    margin: Points = 0
    text: Text
    weights: dict[RoleRef, Annotated[int, Field(ge=1, le=100)]] = {}
    threshold: Annotated[int, Field(ge=0, le=1_600)] = 0

    @model_validator(mode="after")
    def _weighed(self) -> Self:
        if self.decides == "weighted" and not (self.weights and self.threshold):
            raise fault("weights and a threshold, for a weighted body")
        if self.decides != "weighted" and (self.weights or self.threshold):
            raise fault("weights and a threshold in weighted bodies only")
        return self


class SwitchPart(Part):
    id: Id
    name: Text
    on: bool
    comfort: RolePoints = {}
    excludes: Switches = []


class PhasePart(Part):
    id: Id
    title: Name
    text: Text
    seconds: Seconds
    actions: list[Action]
    draws: Count = 0
    mechanic: MechanicRef | None = None


class ImplementationPart(Part):
    id: Id
    title: Name
    text: Text
    seconds: Seconds
    actions: list[LateAction]
    draws: Count = 0


class VotingPart(Part):
    callers: list[Caller]
    from_round: Annotated[int, Field(ge=1, le=50)]
    seconds: Seconds
    closing_seconds: Seconds
    last_text: bool


class SchedulePart(Part):
    rounds: Annotated[int, Field(ge=1, le=50)]
    phases: Annotated[list[PhasePart], Field(min_length=1, max_length=16)]
    voting: VotingPart
    implementation: ImplementationPart | None = None

    @model_validator(mode="after")
    def _voting_in_time(self) -> Self:
        if self.voting.from_round > self.rounds:
            raise fault(f"voting from a round up to {self.rounds}")
        return self


class CardPart(Part):
    id: Id
    title: Title
    text: Text
    effect: Text
    kind: CardKind
    shifts: RolePoints = {}
    tracks: dict[TrackRef, Times] = {}
    margins: dict[BodyRef, Points] = {}
    wakes: list[SleepingRuleRef] = []
    paragraphs: PlainText = ""


class LimitPart(Part):
    cards: Annotated[list[CardRef], Field(min_length=1)]
    at_most: Count


class DeckPart(Part):
    limits: Annotated[list[LimitPart], Field(max_length=20)] = []


class PathPart(Part):
    id: Id
    name: Name
    when: Any


class RangePart(Part):
    """How many objective cards were drawn."""

    at_least: Count = 0
    at_most: Count = 100

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.at_least > self.at_most:
            raise fault("at_least not above at_most")
        return self


class EndingPart(Part):
    id: Id
    title: Name
    text: Text
    adopted: bool | None = None
    when: Any = None
    objective_cards: RangePart | None = None
    tag: GaugeRef | None = None
    mechanic: MechanicRef | None = None
    happened: EffectRef | None = None


class AcceptedPart(Part):
    """A finding of the linter that is meant to be so; `place` is written as the linter writes it."""

    code: FindingCode
    place: PlainTitle
    reason: Reason


class Document(Part):
    """A whole document. Without `aspects` all points are of one kind."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    id: Id
    language: Language = "en"
    title: Title
    summary: Text
    date: PlainName
    minutes: Annotated[int, Field(ge=1, le=100_000)]
    aspects: Annotated[list[AspectPart], Field(max_length=12)] = []
    roles: Annotated[list[RolePart], Field(min_length=2, max_length=MAX_ROLES)]
    groups: Annotated[dict[Id, Group], Field(max_length=40)] = {}
    issues: Annotated[list[IssuePart], Field(min_length=1, max_length=24)]
    gauges: Annotated[list[GaugePart], Field(max_length=40)] = []
    tracks: Annotated[list[TrackPart], Field(max_length=12)] = []
    rules: Annotated[list[RulePart], Field(max_length=200)] = []
    curves: Annotated[list[CurvePart], Field(max_length=100)] = []
    bodies: Annotated[list[BodyPart], Field(min_length=1, max_length=40)]
    switches: Annotated[list[SwitchPart], Field(max_length=40)] = []
    schedule: SchedulePart
    deck: DeckPart = DeckPart()
    cards: Annotated[list[CardPart], Field(max_length=100)] = []
    paths: Annotated[list[PathPart], Field(max_length=40)] = []
    endings: Annotated[list[EndingPart], Field(min_length=1, max_length=100)]
    reservations: Text = ""
    mechanics: MechanicsPart = MechanicsPart()
    rekey: Annotated[int, Field(ge=0, le=20)] = 0
    variants: Annotated[list[VariantPart], Field(max_length=20)] = []
    fill_order: list[RoleRef] = []
    sources: Annotated[list[Text], Field(max_length=50)] = []
    names: Annotated[dict[Variable, NamePart], Field(max_length=200)] = {}
    translations: Annotated[dict[Language, TranslationPart], Field(max_length=MAX_TRANSLATIONS)] = {}
    accepted_findings: Annotated[list[AcceptedPart], Field(max_length=200)] = []
