"""What people read for the ids of a rule set."""

from collections.abc import Iterable

from threebirds_rules.mandate import Offset
from threebirds_rules.mechanics.settings import FutureCard
from threebirds_rules.names import CardId, IssueId, RoleId, RuleId, TrackId
from threebirds_rules.ruleset import RuleSet


class Naming:
    """A KeyError from here is an id that the rule set does not have."""

    def __init__(self, rules: RuleSet) -> None:
        on = rules.mechanics
        self._roles = {role.id: role.name for role in rules.roles}
        self._issues = {issue.id: issue for issue in rules.issues}
        self._tracks = {track.id: track.name for track in rules.tracks}
        self._rules = {rule.id: rule.text for rule in rules.rules}
        self._bodies = {body.id: body.name for body in rules.bodies}
        self._cards = {card.id: card.title for card in rules.cards}
        self._paths = {path.id: path.name for path in rules.paths}
        self._sides = {} if on.attribution is None else {side.id: side.name for side in on.attribution.sides}
        self._side_tables = {} if on.side_tables is None else {one.id: one.name for one in on.side_tables.tables}
        self._projects = {} if on.projects is None else {one.id: one.title for one in on.projects.projects}
        self._futures = {} if on.future is None else {card.id: card for card in on.future.cards}

    def who(self, role: RoleId) -> str:
        return self._roles[role]

    def everybody(self, roles: Iterable[RoleId]) -> str:
        """All of them in one breath: `A, B and C`."""
        *first, last = (self.who(role) for role in roles)
        return f"{', '.join(first)} and {last}" if first else last

    def title(self, issue: IssueId) -> str:
        return self._issues[issue].title

    def titles(self, issues: Iterable[IssueId]) -> str:
        return ", ".join(self.title(issue) for issue in issues)

    def wording(self, issue: IssueId, option: int) -> str:
        return f"{self.title(issue)}: {self._issues[issue].options[option].label}"

    def track(self, track: TrackId) -> str:
        return self._tracks[track]

    def rule(self, rule: RuleId) -> str:
        return self._rules[rule]

    def card(self, card: CardId) -> str:
        return self._cards[card]

    def path(self, path: str) -> str:
        return self._paths[path]

    def side(self, side: str) -> str:
        return self._sides[side]

    def side_table(self, table: str) -> str:
        return self._side_tables[table]

    def project(self, project: str) -> str:
        return self._projects[project]

    def future(self, card: str) -> FutureCard:
        return self._futures[card]

    def moved_by(self, offset: Offset) -> str:
        """What is worth more or less with it."""
        if offset.rule is not None:
            return f'"{self.rule(offset.rule)}"'
        if offset.option is not None:
            return self.wording(*offset.option)
        return "Every text" if offset.body is None else self._bodies[offset.body]
