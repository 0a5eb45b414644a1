"""The log's lines about mechanics. What is done in secret is told when it is shown."""

from collections.abc import Callable, Mapping
from typing import Any

from threebirds_client.developments import points_by_role, told_move
from threebirds_client.naming import Naming
from threebirds_rules.mechanics.archive.shapes import ArchiveClosed, ArchiveProposed
from threebirds_rules.mechanics.attribution.shapes import Answer, AttributionCounted
from threebirds_rules.mechanics.audits.shapes import AuditAsked
from threebirds_rules.mechanics.chair.shapes import AgendaSet, FloorGiven, ItemHeld
from threebirds_rules.mechanics.facts import PositionMoved
from threebirds_rules.mechanics.future.shapes import FutureDrawn
from threebirds_rules.mechanics.pledges.shapes import Pledge, PledgeSettled, PledgesShown
from threebirds_rules.mechanics.priorities.shapes import PathSwitched, PrioritiesShown
from threebirds_rules.mechanics.projects.shapes import ProjectJoined, ProjectOver, ProjectProposed
from threebirds_rules.mechanics.side_tables.shapes import ArticleInitialled, InitialBroken
from threebirds_rules.names import ProposalId, RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.tagged import Fact


class MechanicsNarrator:
    """Tells them in their order; it remembers the pledges, and what initials and offers were about.

    `texts` is what the texts are called, and may grow as the game goes on.
    """

    def __init__(self, rules: RuleSet, names: Naming, texts: Mapping[ProposalId, str]) -> None:
        self._on = rules.mechanics
        self._names = names
        self._texts = texts
        self._pledges: dict[str, Pledge] = {}
        self._about: dict[str, str] = {}

    def tell(self, fact: Fact) -> str | None:
        told = WORDS.get(type(fact))
        return None if told is None else told(self, fact)

    def position_moved(self, fact: PositionMoved) -> str:
        return told_move(self._on, self._names, fact)

    def pledges_shown(self, fact: PledgesShown) -> str:
        self._pledges |= {one.id: one for one in fact.pledges}
        shown = "; ".join(f"{self._who(one.role)}, {self._pledged(one.id)}" for one in fact.pledges)
        owed = any(one.standing == "due" for one in fact.pledges)
        return f"Pledges are shown{'' if owed else ', not from every side, so that none is owed'}: {shown}"

    def pledge_settled(self, fact: PledgeSettled) -> str:
        who = self._who(fact.role)
        how = {
            "honoured": f"{who} carries out its pledge",
            "broken": f"{who} breaks its pledge",
            "lapsed": f"Nobody is there to carry out the pledge of {who}",
        }
        return f"{how[fact.standing]}: {self._pledged(fact.pledge)}"

    def audit_asked(self, fact: AuditAsked) -> str:
        whose = self._who(self._pledges[fact.pledge].role)
        return f"{self._who(fact.role)} asks for an audit of the pledge of {whose}: {self._pledged(fact.pledge)}"

    def attribution_counted(self, fact: AttributionCounted) -> str:
        held = "nobody's intent" if fact.side is None else f"the intent of {self._names.side(fact.side)}"
        answers = "; ".join(self._answer(one) for one in fact.answers) or "nobody judged it"
        return f"{self._names.card(fact.card)} is held to be {held}: {answers}"

    def article_initialled(self, fact: ArticleInitialled) -> str:
        wording = self._names.wording(fact.issue, fact.option)
        self._about[fact.initial] = wording
        where = self._names.side_table(fact.table)
        return f"{self._names.everybody(fact.parties)} have initialled at the side table {where}: {wording}"

    def initial_broken(self, fact: InitialBroken) -> str:
        text, initialled = self._texts[fact.proposal], self._about[fact.initial]
        return f"{self._who(fact.role)} wants another wording in {text} than it had initialled: {initialled}"

    def agenda_set(self, fact: AgendaSet) -> str:
        agenda = self._names.titles(fact.issues)
        return f"{self._who(fact.role)} {f'sets the agenda: {agenda}' if agenda else 'lifts the agenda'}"

    def floor_given(self, fact: FloorGiven) -> str:
        return (
            f"{self._who(fact.role)} gives the floor to {'whoever wishes' if fact.to is None else self._who(fact.to)}"
        )

    def item_held(self, fact: ItemHeld) -> str:
        return f"{self._who(fact.role)} holds {self._names.title(fact.issue)} back until the round is over"

    def archive_proposed(self, fact: ArchiveProposed) -> str:
        self._about[fact.offer] = f"to archive an entry of {self._who(fact.role)} to {self._who(fact.to)}"
        return f"{self._who(fact.role)} offers {self._who(fact.to)} to archive an entry together. {fact.note}".rstrip()

    def archive_closed(self, fact: ArchiveClosed) -> str:
        how = {"joined": "is accepted", "withdrawn": "is withdrawn", "lapsed": "has lapsed"}
        return f"The offer {self._about[fact.offer]} {how[fact.standing]}"

    def project_proposed(self, fact: ProjectProposed) -> str:
        return (
            f"{self._who(fact.role)} asks {self._who(fact.to)} to join a project: {self._names.project(fact.project)}"
        )

    def project_joined(self, fact: ProjectJoined) -> str:
        return f"{self._who(fact.role)} joins the project: {self._names.project(fact.project)}"

    def project_over(self, fact: ProjectOver) -> str:
        by = "" if fact.role is None else f" by {self._who(fact.role)}"
        how = {"done": "is done", "vetoed": "is vetoed", "withdrawn": "is withdrawn", "lapsed": "has lapsed"}
        return f"The project {how[fact.standing]}{by}: {self._names.project(fact.project)}"

    def path_switched(self, fact: PathSwitched) -> str:
        return f"{self._who(fact.role)} switches to another path: {self._names.path(fact.path)}"

    def priorities_shown(self, fact: PrioritiesShown) -> str:
        path, issues = self._names.path(fact.path), self._names.titles(fact.issues)
        return f"{self._who(fact.role)} had declared the path {path} with the priorities {issues}"

    def future_drawn(self, fact: FutureDrawn) -> str:
        card = self._names.future(fact.card)
        then = f" Above the walk-aways then: {points_by_role(self._names, fact.surpluses)}" if fact.surpluses else ""
        return f"The future: {card.title}. {card.text}{then}"

    def _who(self, role: RoleId) -> str:
        return self._names.who(role)

    def _pledged(self, pledge: str) -> str:
        one = self._pledges[pledge]
        return self._names.wording(one.issue, one.option)

    def _answer(self, one: Answer) -> str:
        what = "a failure of arrangements" if one.side is None else f"the intent of {self._names.side(one.side)}"
        return f"{self._who(one.role)} sees {what}"


WORDS: Mapping[type[Fact], Callable[[MechanicsNarrator, Any], str]] = {
    PositionMoved: MechanicsNarrator.position_moved,
    PledgesShown: MechanicsNarrator.pledges_shown,
    PledgeSettled: MechanicsNarrator.pledge_settled,
    AuditAsked: MechanicsNarrator.audit_asked,
    AttributionCounted: MechanicsNarrator.attribution_counted,
    ArticleInitialled: MechanicsNarrator.article_initialled,
    InitialBroken: MechanicsNarrator.initial_broken,
    AgendaSet: MechanicsNarrator.agenda_set,
    FloorGiven: MechanicsNarrator.floor_given,
    ItemHeld: MechanicsNarrator.item_held,
    ArchiveProposed: MechanicsNarrator.archive_proposed,
    ArchiveClosed: MechanicsNarrator.archive_closed,
    ProjectProposed: MechanicsNarrator.project_proposed,
    ProjectJoined: MechanicsNarrator.project_joined,
    ProjectOver: MechanicsNarrator.project_over,
    PathSwitched: MechanicsNarrator.path_switched,
    PrioritiesShown: MechanicsNarrator.priorities_shown,
    FutureDrawn: MechanicsNarrator.future_drawn,
}
