"""A document's words in the rule set's terms: groups become roles, impacts become points."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from threebirds_rules.loading.document import Document, IssuePart, OptionPart, RolePart
from threebirds_rules.loading.known import Known
from threebirds_rules.loading.vocabulary import POINTS
from threebirds_rules.names import AspectId, GaugeId, IssueId, RoleId, TrackId
from threebirds_rules.ruleset import Aspect, Issue, Option, Role

T = TypeVar("T")


class Translation:
    """For one document. Every mapping comes out in the order in which the document defines its keys."""

    def __init__(self, document: Document, known: Known) -> None:
        self._document = document
        self._known = known
        self._weights = {role.id: role.weights for role in document.roles}
        named = tuple(Aspect(AspectId(one.id), one.name) for one in document.aspects)
        self.aspects = named or (Aspect(AspectId(POINTS), "Points"),)

    def aspect(self, name: str | None) -> AspectId:
        return AspectId(POINTS if name is None else name)

    def roles(self, words: Iterable[str]) -> tuple[RoleId, ...]:
        return tuple(RoleId(role) for role in self._known.expanded(words))

    def by_role(self, values: Mapping[str, T]) -> dict[RoleId, T]:
        given = {role: value for word, value in values.items() for role in self._known.members(word)}
        return {RoleId(role): given[role] for role in self._known.names["role"] if role in given}

    def by_gauge(self, values: Mapping[str, int]) -> dict[GaugeId, int]:
        return {GaugeId(gauge): values[gauge] for gauge in self._known.names["gauge"] if gauge in values}

    def by_track(self, values: Mapping[str, int]) -> dict[TrackId, int]:
        return {TrackId(track): values[track] for track in self._known.names["track"] if track in values}

    def fill_order(self) -> tuple[RoleId, ...]:
        """Roles that the document's order leaves out come last."""
        order = self._document.fill_order
        rest = [role.id for role in self._document.roles if role.id not in order]
        return tuple(RoleId(role) for role in (*order, *rest))

    def role(self, part: RolePart) -> Role:
        return Role(
            id=RoleId(part.id),
            name=part.name,
            initials=part.initials,
            vote=part.vote,
            chair=part.chair,
            optional=part.optional,
            comfort=part.comfort,
            weights={aspect.id: part.weights.get(aspect.id, 1) for aspect in self.aspects},
            factors=self.by_track(part.factors),
            public_brief=part.public_brief,
            confidential_brief=part.confidential_brief,
        )

    def issue(self, part: IssuePart) -> Issue:
        return Issue(
            id=IssueId(part.id),
            title=part.title,
            paragraphs=part.paragraphs,
            options=tuple(self._option(option) for option in part.options),
        )

    def _option(self, part: OptionPart) -> Option:
        points = {role: (value,) for role, value in self.by_role(part.points).items()}
        weighted = {role: self._weighted(role, impacts) for role, impacts in self.by_role(part.impacts).items()}
        return Option(
            label=part.label, article=part.article, points=points | weighted, effects=self.by_gauge(part.effects)
        )

    def _weighted(self, role: RoleId, impacts: Mapping[str, int]) -> tuple[int, ...]:
        weights = self._weights[role]
        return tuple(impacts.get(aspect.id, 0) * weights[aspect.id] for aspect in self.aspects)
