"""The actions that mechanics add for a seat, all for the head of its delegation, and the mechanic each belongs to."""

from collections.abc import Mapping

from threebirds_rules.mechanics.archive.shapes import JoinArchive, ProposeArchive, WithdrawArchive
from threebirds_rules.mechanics.attribution.shapes import Attribute
from threebirds_rules.mechanics.audits.shapes import AuditPledge
from threebirds_rules.mechanics.chair.shapes import GiveFloor, HoldItem, SetAgenda
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge, RenegePledge
from threebirds_rules.mechanics.priorities.shapes import DeclarePriorities
from threebirds_rules.mechanics.projects.shapes import JoinProject, ProposeProject, VetoProject, WithdrawProject
from threebirds_rules.mechanics.side_tables.shapes import InitialArticle

MechanicAction = (
    LayPledge
    | HonourPledge
    | RenegePledge
    | SetAgenda
    | GiveFloor
    | HoldItem
    | InitialArticle
    | AuditPledge
    | Attribute
    | DeclarePriorities
    | ProposeArchive
    | JoinArchive
    | WithdrawArchive
    | ProposeProject
    | JoinProject
    | WithdrawProject
    | VetoProject
)

MECHANIC_OF: Mapping[str, str] = {
    "pledge": "pledges",
    "honour": "pledges",
    "renege": "pledges",
    "set_agenda": "chair",
    "give_floor": "chair",
    "hold_item": "chair",
    "initial": "side_tables",
    "audit": "audits",
    "attribute": "attribution",
    "declare_priorities": "priorities",
    "propose_archive": "archive",
    "join_archive": "archive",
    "withdraw_archive": "archive",
    "propose_project": "projects",
    "join_project": "projects",
    "withdraw_project": "projects",
    "veto_project": "projects",
}
"""By kind of action: a phase can allow it only where the mechanic is on."""

BEFORE_THE_START = ("declare_priorities",)
"""What a seat that is taken may do in the lobby already."""
