"""What the random bot does of a table's mechanics: anything that is legal."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from threebirds_rules.legal import Legal
from threebirds_rules.mechanics.archive.shapes import JoinArchive, ProposeArchive, WithdrawArchive
from threebirds_rules.mechanics.asked import MechanicAction
from threebirds_rules.mechanics.attribution.shapes import Attribute
from threebirds_rules.mechanics.audits.shapes import AuditPledge
from threebirds_rules.mechanics.chair.shapes import GiveFloor, HoldItem, SetAgenda
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge, RenegePledge
from threebirds_rules.mechanics.priorities.shapes import DeclarePriorities
from threebirds_rules.mechanics.projects.shapes import JoinProject, ProposeProject, VetoProject, WithdrawProject
from threebirds_rules.mechanics.side_tables.shapes import InitialArticle
from threebirds_rules.names import CardId, IssueId
from threebirds_rules.views.shapes import View

Item = TypeVar("Item")
Below = Callable[[int, str], int]
"""A draw below a limit, for a purpose."""
NOTE = "It is past."
ON_THE_AGENDA = 2
NOBODYS_INTENT = 3
"""It lays one event in so many on nobody."""


def _one_of(items: Sequence[Item], below: Below, purpose: str) -> Item:
    return items[below(len(items), purpose)]


def _some_of(items: Sequence[Item], count: int, below: Below, purpose: str) -> tuple[Item, ...]:
    """So many, or all that there are, from one on in a circle."""
    first = below(len(items), purpose) if items else 0
    return tuple([*items[first:], *items[:first]][:count])


def _pledge(_view: View, legal: Legal, below: Below) -> MechanicAction:
    issue = _one_of(sorted(legal.options), below, "issue")
    return LayPledge(issue=issue, option=_one_of(legal.options[issue], below, "option"))


def _agenda(_view: View, legal: Legal, below: Below) -> MechanicAction:
    chosen = _some_of(legal.choices, ON_THE_AGENDA, below, "agenda")
    return SetAgenda(issues=tuple(IssueId(one) for one in chosen))


def _floor(_view: View, legal: Legal, below: Below) -> MechanicAction:
    return GiveFloor(role=_one_of(legal.roles, below, "floor") if legal.roles else None)


def _initial(_view: View, legal: Legal, below: Below) -> MechanicAction:
    table = _one_of(legal.choices, below, "table")
    issue = _one_of(legal.issues_of[table], below, "issue")
    return InitialArticle(table=table, issue=issue, option=_one_of(legal.options[issue], below, "option"))


def _judgement(_view: View, legal: Legal, below: Below) -> MechanicAction:
    card = CardId(_one_of(legal.choices, below, "card"))
    if below(NOBODYS_INTENT, "verdict") == 0:
        return Attribute(card=card, verdict="failure")
    return Attribute(card=card, verdict="intent", side=_one_of(legal.sides, below, "side"))


def _priorities(view: View, legal: Legal, below: Below) -> MechanicAction:
    asked_for = 0 if view.mechanics.priorities is None else view.mechanics.priorities.count
    issues = _some_of(sorted(legal.options), asked_for, below, "priorities")
    return DeclarePriorities(path=_one_of(legal.choices, below, "path"), issues=issues)


def _archive(_view: View, legal: Legal, below: Below) -> MechanicAction:
    return ProposeArchive(to=_one_of(legal.roles, below, "to"), note=NOTE)


def _project(_view: View, legal: Legal, below: Below) -> MechanicAction:
    project = _one_of(legal.choices, below, "project")
    return ProposeProject(project=project, to=_one_of(legal.roles, below, "to"))


def _choosing(make: Callable[[str], MechanicAction]) -> Callable[[View, Legal, Below], MechanicAction]:
    """One of the choices, and nothing else to say."""
    return lambda _view, legal, below: make(_one_of(legal.choices, below, "choice"))


UNDERTAKINGS: Mapping[str, Callable[[View, Legal, Below], MechanicAction]] = {
    "pledge": _pledge,
    "honour": _choosing(lambda one: HonourPledge(pledge=one)),
    "renege": _choosing(lambda one: RenegePledge(pledge=one)),
    "set_agenda": _agenda,
    "give_floor": _floor,
    "hold_item": _choosing(lambda one: HoldItem(issue=IssueId(one))),
    "initial": _initial,
    "audit": _choosing(lambda one: AuditPledge(pledge=one)),
    "attribute": _judgement,
    "declare_priorities": _priorities,
    "propose_archive": _archive,
    "join_archive": _choosing(lambda one: JoinArchive(offer=one)),
    "withdraw_archive": _choosing(lambda one: WithdrawArchive(offer=one)),
    "propose_project": _project,
    "join_project": _choosing(lambda one: JoinProject(project=one)),
    "withdraw_project": _choosing(lambda one: WithdrawProject(project=one)),
    "veto_project": _choosing(lambda one: VetoProject(project=one)),
}
"""By kind; all of them, so that whatever the rules allow is played."""
