"""Any action of a mechanic that is legal, for games played at random."""

from collections.abc import Callable, Mapping
from random import Random

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


def _pledge(random: Random, legal: Legal) -> MechanicAction:
    issue = random.choice(sorted(legal.options))
    return LayPledge(issue=issue, option=random.choice(legal.options[issue]))


def _agenda(random: Random, legal: Legal) -> MechanicAction:
    return SetAgenda(issues=tuple(IssueId(one) for one in random.sample(legal.choices, 2)))


def _floor(random: Random, legal: Legal) -> MechanicAction:
    return GiveFloor(role=random.choice(legal.roles) if legal.roles else None)


def _initial(random: Random, legal: Legal) -> MechanicAction:
    table = random.choice(legal.choices)
    issue = random.choice(legal.issues_of[table])
    return InitialArticle(table=table, issue=issue, option=random.choice(legal.options[issue]))


def _judgement(random: Random, legal: Legal) -> MechanicAction:
    card = CardId(random.choice(legal.choices))
    if random.random() < 0.3:
        return Attribute(card=card, verdict="failure")
    return Attribute(card=card, verdict="intent", side=random.choice(legal.sides))


def _priorities(random: Random, legal: Legal) -> MechanicAction:
    """Three, as the rule sets of these games ask for."""
    issues = random.sample(sorted(legal.options), min(len(legal.options), 3))
    return DeclarePriorities(path=random.choice(legal.choices), issues=tuple(issues))


ANY: Mapping[str, Callable[[Random, Legal], MechanicAction]] = {
    "pledge": _pledge,
    "honour": lambda random, legal: HonourPledge(pledge=random.choice(legal.choices)),
    "renege": lambda random, legal: RenegePledge(pledge=random.choice(legal.choices)),
    "set_agenda": _agenda,
    "give_floor": _floor,
    "hold_item": lambda random, legal: HoldItem(issue=IssueId(random.choice(legal.choices))),
    "initial": _initial,
    "audit": lambda random, legal: AuditPledge(pledge=random.choice(legal.choices)),
    "attribute": _judgement,
    "declare_priorities": _priorities,
    "propose_archive": lambda random, legal: ProposeArchive(to=random.choice(legal.roles), note="It is past."),
    "join_archive": lambda random, legal: JoinArchive(offer=random.choice(legal.choices)),
    "withdraw_archive": lambda random, legal: WithdrawArchive(offer=random.choice(legal.choices)),
    "propose_project": lambda random, legal: ProposeProject(
        project=random.choice(legal.choices), to=random.choice(legal.roles)
    ),
    "join_project": lambda random, legal: JoinProject(project=random.choice(legal.choices)),
    "withdraw_project": lambda random, legal: WithdrawProject(project=random.choice(legal.choices)),
    "veto_project": lambda random, legal: VetoProject(project=random.choice(legal.choices)),
}


def with_a_mechanic(random: Random, legal: Legal) -> MechanicAction | None:
    """None if this possibility belongs to no mechanic."""
    return ANY[legal.kind](random, legal) if legal.kind in ANY else None
