"""Priorities: what is asked for, what happens, what the table remembers, and what people see."""

from msgspec import Struct

from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.tagged import Ask, Fact


class DeclarePriorities(Ask, frozen=True, tag="declare_priorities"):
    """Before round 2 a path and the articles that matter most, in secret; later another path alone, before all."""

    path: str
    issues: tuple[IssueId, ...] = ()


class PrioritiesDeclared(Fact, frozen=True, tag="priorities_declared"):
    """Only the seat itself knows."""

    role: RoleId
    path: str
    issues: tuple[IssueId, ...]


class PathSwitched(Fact, frozen=True, tag="path_switched"):
    """To this path, before everybody."""

    role: RoleId
    path: str


class PrioritiesShown(Fact, frozen=True, tag="priorities_shown"):
    """At the end."""

    role: RoleId
    path: str
    issues: tuple[IssueId, ...]


PrioritiesFact = PrioritiesDeclared | PathSwitched | PrioritiesShown


class Declared(Struct, frozen=True, kw_only=True):
    """`switched`: everybody knows the path; `shown`: and the articles."""

    path: str
    issues: tuple[IssueId, ...]
    switched: bool = False
    shown: bool = False


class PrioritiesView(Struct, frozen=True, kw_only=True):
    """`role` declares a path and so many articles, for `points` beside its score.

    `path` and `issues` are what it has declared, as far as the viewer may know.
    """

    role: RoleId
    count: int
    points: int
    path: str | None
    issues: tuple[IssueId, ...]
    switched: bool
