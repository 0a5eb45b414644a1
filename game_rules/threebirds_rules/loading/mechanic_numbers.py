"""The numbers of mechanics, from a document's words."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from threebirds_rules.conditions import AllOf, Condition, IssueIn
from threebirds_rules.loading.known import Known
from threebirds_rules.loading.mechanics import (
    AccessionOffersPart,
    ArchivePart,
    AttributionPart,
    AuditsPart,
    BoldOffersPart,
    ChairPart,
    EarlyBodiesPart,
    EffectPart,
    FuturePart,
    IdleRoundsPart,
    MechanicsPart,
    OpenConflictsPart,
    Part,
    PatiencePart,
    PledgesPart,
    PrioritiesPart,
    ProjectsPart,
    ReasonedRefusalsPart,
    ReturningComfortPart,
    SideTablesPart,
    SuspensionPart,
)
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

Given = TypeVar("Given", bound=Part)
Played = TypeVar("Played")


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
