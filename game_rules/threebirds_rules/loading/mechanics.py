"""The `mechanics` of a document: the ones that are named there are played, each with its numbers."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, ValidationInfo

from threebirds_rules.loading.fields import (
    AspectRef,
    CardRef,
    Id,
    IssueRef,
    Members,
    Name,
    Points,
    RoleRef,
    RuleRef,
    Sentence,
    SleepingRuleRef,
    SwitchRef,
    Times,
    TrackRef,
    fault,
    known,
)
from threebirds_rules.loading.part import STRICT

FewPoints = Annotated[int, Field(ge=1, le=20)]
Cards = Annotated[list[CardRef], Field(min_length=1, max_length=100)]


def _chosen(wordings: dict[str, list[int]], info: ValidationInfo) -> dict[str, list[int]]:
    for issue, options in wordings.items():
        last = known(info).options[issue] - 1
        if any(not 0 <= option <= last for option in options):
            raise fault(f"options of {issue} from 0 to {last}")
    return wordings


Options = Annotated[list[int], Field(min_length=1, max_length=8)]
Wordings = Annotated[dict[IssueRef, Options], Field(min_length=1), AfterValidator(_chosen)]
"""Wordings of articles: by issue, one or more options."""


class Part(BaseModel):
    model_config = STRICT


class EffectPart(Part):
    text: Sentence
    tracks: dict[TrackRef, Times] = {}


class AccessionOffersPart(Part):
    to: RoleRef
    offer: Wordings
    refused: EffectPart
    countered: EffectPart
    accepted: EffectPart
    wakes: list[SleepingRuleRef] = []


Sides = Annotated[list[Members], Field(min_length=2, max_length=4)]


class ArchivePart(Part):
    sides: Sides
    points: FewPoints
    most: FewPoints
    archived: EffectPart


class ProjectPart(Part):
    id: Id
    title: Name
    text: Sentence
    issue: IssueRef
    options: Options
    points: FewPoints


class ProjectsPart(Part):
    sides: Sides
    projects: Annotated[list[ProjectPart], Field(min_length=1, max_length=20)]
    done: EffectPart


class SidePart(Part):
    id: Id
    name: Name
    roles: Members


def _each_once(sides: list[SidePart]) -> list[SidePart]:
    names = [side.id for side in sides]
    for at, name in enumerate(names):
        if name in names[:at]:
            raise fault(f"every side once ({name} comes twice)")
    return sides


class AttributionPart(Part):
    sides: Annotated[list[SidePart], Field(min_length=2, max_length=4), AfterValidator(_each_once)]
    ill_will: EffectPart


class AuditsPart(Part):
    positive: EffectPart
    negative: EffectPart


class BoldOffersPart(Part):
    turned: Annotated[int, Field(ge=1, le=16)]
    bold: EffectPart


class ChairPart(Part):
    texts_a_round: Annotated[int, Field(ge=1, le=20)]
    without_text: dict[RoleRef, Points] = {}
    text: Sentence


class EarlyBodiesPart(Part):
    switch: SwitchRef
    bodies: Wordings
    conflicts: Cards
    opened: EffectPart
    worked: EffectPart


class FutureCardPart(Part):
    id: Id
    title: Sentence
    text: Sentence
    aspect: AspectRef


class FuturePart(Part):
    cards: Annotated[list[FutureCardPart], Field(min_length=1, max_length=40)]


class IdleRoundsPart(Part):
    idle: EffectPart


class OpenConflictsPart(Part):
    cards: Cards
    points: FewPoints
    text: Sentence


class PatiencePart(Part):
    roles: Members
    points: FewPoints
    waited: EffectPart


class PledgesPart(Part):
    sides: Annotated[list[Members], Field(min_length=2, max_length=4)]
    matched: EffectPart
    kept: EffectPart
    broken: EffectPart
    article_broken: EffectPart | None = None


class PrioritiesPart(Part):
    role: RoleRef
    count: Annotated[int, Field(ge=1, le=24)]
    points: FewPoints
    switched: EffectPart
    matched: Sentence
    missed: Sentence


class ReasonedRefusalsPart(Part):
    rules: Annotated[list[RuleRef], Field(min_length=1, max_length=20)]
    points: FewPoints
    at_most: FewPoints
    softened: EffectPart


class ReturningComfortPart(Part):
    rounds: Annotated[int, Field(ge=1, le=50)]
    halved: EffectPart


class SideTablePart(Part):
    id: Id
    name: Name
    members: Members
    issues: Annotated[list[IssueRef], Field(max_length=24)] = []


def _once(tables: list[SideTablePart]) -> list[SideTablePart]:
    names = [table.id for table in tables]
    if len(set(names)) < len(names):
        raise fault("every side table once")
    return tables


class SideTablesPart(Part):
    tables: Annotated[list[SideTablePart], Field(min_length=1, max_length=8), AfterValidator(_once)]
    broken: EffectPart


class SuspensionPart(Part):
    switch: SwitchRef
    cards: Cards
    adopted: Wordings
    suspended: EffectPart


class MechanicsPart(Part):
    accession_offers: AccessionOffersPart | None = None
    archive: ArchivePart | None = None
    attribution: AttributionPart | None = None
    audits: AuditsPart | None = None
    bold_offers: BoldOffersPart | None = None
    early_bodies: EarlyBodiesPart | None = None
    future: FuturePart | None = None
    chair: ChairPart | None = None
    idle_rounds: IdleRoundsPart | None = None
    open_conflicts: OpenConflictsPart | None = None
    patience: PatiencePart | None = None
    pledges: PledgesPart | None = None
    priorities: PrioritiesPart | None = None
    projects: ProjectsPart | None = None
    reasoned_refusals: ReasonedRefusalsPart | None = None
    returning_comfort: ReturningComfortPart | None = None
    side_tables: SideTablesPart | None = None
    suspension: SuspensionPart | None = None
