"""The `mechanics` of a document: the ones that are named there are played, each with its numbers."""

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, Field, ValidationInfo

from threebirds_rules.conditions import AllOf, Condition, IssueIn
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
from threebirds_rules.loading.known import Known
from threebirds_rules.loading.part import STRICT
from threebirds_rules.mechanics.settings import (
    AccessionOffers,
    Archive,
    Attribution,
    Audits,
    BoldOffers,
    Chair,
    EarlyBodies,
    Effect,
    Future,
    FutureCard,
    IdleRounds,
    Mechanics,
    OpenConflicts,
    Patience,
    Pledges,
    Priorities,
    Project,
    Projects,
    ReasonedRefusals,
    ReturningComfort,
    Side,
    SideTable,
    SideTables,
    Suspension,
)
from threebirds_rules.names import AspectId, CardId, IssueId, RoleId, RuleId, SwitchId, TrackId

Given = TypeVar("Given", bound="Part")
Played = TypeVar("Played")

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


class Numbers:
    """From the document's words to the mechanics' own: groups become roles, keys stand in the document's order."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def mechanics(self, part: MechanicsPart) -> Mechanics:
        return Mechanics(
            accession_offers=_played(part.accession_offers, self._accession_offers),
            archive=_played(part.archive, self._archive),
            attribution=_played(part.attribution, self._attribution),
            audits=_played(part.audits, self._audits),
            bold_offers=_played(part.bold_offers, self._bold_offers),
            early_bodies=_played(part.early_bodies, self._early_bodies),
            future=_played(part.future, self._future),
            chair=_played(part.chair, self._chair),
            idle_rounds=_played(part.idle_rounds, self._idle_rounds),
            open_conflicts=_played(part.open_conflicts, self._open_conflicts),
            patience=_played(part.patience, self._patience),
            pledges=_played(part.pledges, self._pledges),
            priorities=_played(part.priorities, self._priorities),
            projects=_played(part.projects, self._projects),
            reasoned_refusals=_played(part.reasoned_refusals, self._reasoned_refusals),
            returning_comfort=_played(part.returning_comfort, self._returning_comfort),
            side_tables=_played(part.side_tables, self._side_tables),
            suspension=_played(part.suspension, self._suspension),
        )

    def _accession_offers(self, part: AccessionOffersPart) -> AccessionOffers:
        return AccessionOffers(
            to=RoleId(part.to),
            offer=self._wordings(part.offer),
            refused=self._effect(part.refused),
            countered=self._effect(part.countered),
            accepted=self._effect(part.accepted),
            wakes=tuple(RuleId(rule) for rule in part.wakes),
        )

    def _archive(self, part: ArchivePart) -> Archive:
        return Archive(
            sides=tuple(self._roles(side) for side in part.sides),
            points=part.points,
            most=part.most,
            archived=self._effect(part.archived),
        )

    def _projects(self, part: ProjectsPart) -> Projects:
        projects = tuple(
            Project(
                id=one.id,
                title=one.title,
                text=one.text,
                issue=IssueId(one.issue),
                options=tuple(one.options),
                points=one.points,
            )
            for one in part.projects
        )
        return Projects(
            sides=tuple(self._roles(side) for side in part.sides), projects=projects, done=self._effect(part.done)
        )

    def _attribution(self, part: AttributionPart) -> Attribution:
        sides = tuple(Side(id=one.id, name=one.name, roles=self._roles(one.roles)) for one in part.sides)
        return Attribution(sides=sides, ill_will=self._effect(part.ill_will))

    def _audits(self, part: AuditsPart) -> Audits:
        return Audits(positive=self._effect(part.positive), negative=self._effect(part.negative))

    def _bold_offers(self, part: BoldOffersPart) -> BoldOffers:
        return BoldOffers(turned=part.turned, bold=self._effect(part.bold))

    def _chair(self, part: ChairPart) -> Chair:
        points = {
            RoleId(role): part.without_text[role] for role in self._known.names["role"] if role in part.without_text
        }
        return Chair(texts_a_round=part.texts_a_round, without_text=points, text=part.text)

    def _early_bodies(self, part: EarlyBodiesPart) -> EarlyBodies:
        named = [issue for issue in self._known.names["issue"] if issue in part.bodies]
        return EarlyBodies(
            switch=SwitchId(part.switch),
            bodies={IssueId(issue): tuple(part.bodies[issue]) for issue in named},
            conflicts=_cards(part.conflicts),
            opened=self._effect(part.opened),
            worked=self._effect(part.worked),
        )

    def _future(self, part: FuturePart) -> Future:
        return Future(
            cards=tuple(
                FutureCard(id=one.id, title=one.title, text=one.text, aspect=AspectId(one.aspect)) for one in part.cards
            )
        )

    def _idle_rounds(self, part: IdleRoundsPart) -> IdleRounds:
        return IdleRounds(idle=self._effect(part.idle))

    def _open_conflicts(self, part: OpenConflictsPart) -> OpenConflicts:
        return OpenConflicts(cards=_cards(part.cards), points=part.points, text=part.text)

    def _patience(self, part: PatiencePart) -> Patience:
        return Patience(roles=self._roles(part.roles), points=part.points, waited=self._effect(part.waited))

    def _priorities(self, part: PrioritiesPart) -> Priorities:
        return Priorities(
            role=RoleId(part.role),
            count=part.count,
            points=part.points,
            switched=self._effect(part.switched),
            matched=part.matched,
            missed=part.missed,
        )

    def _reasoned_refusals(self, part: ReasonedRefusalsPart) -> ReasonedRefusals:
        return ReasonedRefusals(
            rules=tuple(RuleId(rule) for rule in part.rules),
            points=part.points,
            at_most=part.at_most,
            softened=self._effect(part.softened),
        )

    def _returning_comfort(self, part: ReturningComfortPart) -> ReturningComfort:
        return ReturningComfort(rounds=part.rounds, halved=self._effect(part.halved))

    def _side_tables(self, part: SideTablesPart) -> SideTables:
        tables = tuple(
            SideTable(
                id=one.id,
                name=one.name,
                members=self._roles(one.members),
                issues=tuple(IssueId(issue) for issue in self._known.names["issue"] if issue in one.issues),
            )
            for one in part.tables
        )
        return SideTables(tables=tables, broken=self._effect(part.broken))

    def _suspension(self, part: SuspensionPart) -> Suspension:
        return Suspension(
            switch=SwitchId(part.switch),
            cards=_cards(part.cards),
            adopted=self._wordings(part.adopted),
            suspended=self._effect(part.suspended),
        )

    def _pledges(self, part: PledgesPart) -> Pledges:
        return Pledges(
            sides=tuple(self._roles(side) for side in part.sides),
            matched=self._effect(part.matched),
            kept=self._effect(part.kept),
            broken=self._effect(part.broken),
            article_broken=_played(part.article_broken, self._effect),
        )

    def _roles(self, words: Iterable[str]) -> tuple[RoleId, ...]:
        return tuple(RoleId(role) for role in self._known.expanded(words))

    def _wordings(self, part: Mapping[str, Iterable[int]]) -> Condition:
        """That a text has them all, with the issues in the document's order."""
        named = [issue for issue in self._known.names["issue"] if issue in part]
        return AllOf(tuple(IssueIn(IssueId(issue), tuple(part[issue])) for issue in named))

    def _effect(self, part: EffectPart) -> Effect:
        tracks = {TrackId(track): part.tracks[track] for track in self._known.names["track"] if track in part.tracks}
        return Effect(text=part.text, tracks=tracks)


def _played(part: Given | None, build: Callable[[Given], Played]) -> Played | None:
    return None if part is None else build(part)


def _cards(names: Iterable[str]) -> tuple[CardId, ...]:
    return tuple(CardId(name) for name in names)
