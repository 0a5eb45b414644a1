"""Projects: what is asked for, what happens, what the table remembers, and what people see."""

from typing import Literal

from msgspec import Struct

from threebirds_rules.names import RoleId
from threebirds_rules.tagged import Ask, Fact

VentureStanding = Literal["proposed", "joined", "done", "vetoed", "withdrawn", "lapsed"]
Over = Literal["done", "vetoed", "withdrawn", "lapsed"]


class ProposeProject(Ask, frozen=True, tag="propose_project"):
    """Ask a delegation of another side to spend this round on a project together."""

    project: str
    to: RoleId


class JoinProject(Ask, frozen=True, tag="join_project"):
    project: str


class WithdrawProject(Ask, frozen=True, tag="withdraw_project"):
    project: str


class VetoProject(Ask, frozen=True, tag="veto_project"):
    project: str


class ProjectProposed(Fact, frozen=True, tag="project_proposed"):
    project: str
    role: RoleId
    to: RoleId
    round: int


class ProjectJoined(Fact, frozen=True, tag="project_joined"):
    project: str
    role: RoleId


class ProjectOver(Fact, frozen=True, tag="project_over"):
    """`role` vetoed or withdrew it; None: it was done, or lapsed, as time went on."""

    project: str
    role: RoleId | None
    standing: Over


class Venture(Struct, frozen=True, kw_only=True):
    """A project that `role` proposed to the role `to` in this round; `by` vetoed it or withdrew."""

    project: str
    role: RoleId
    to: RoleId
    round: int
    standing: VentureStanding = "proposed"
    by: RoleId | None = None


class ProjectView(Struct, frozen=True, kw_only=True):
    id: str
    title: str
    text: str
    points: int
    done: bool


class ProjectsView(Struct, frozen=True, kw_only=True):
    """`ventures` are all that was proposed so far; the last one may be under way."""

    projects: tuple[ProjectView, ...]
    ventures: tuple[Venture, ...]
