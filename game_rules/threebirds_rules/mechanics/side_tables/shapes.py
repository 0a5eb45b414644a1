"""Side tables: what is asked for, what happens, what the table remembers, and what people see."""

from typing import Literal

from msgspec import Struct

from threebirds_rules.names import IssueId, ProposalId, RoleId
from threebirds_rules.tagged import Ask, Fact

Standing = Literal["standing", "broken", "replaced"]
"""Broken by one of its parties; or by all of them in another wording."""


class InitialArticle(Ask, frozen=True, tag="initial"):
    """Initial a wording at a side table, in place of the one that the seat had initialled there on this issue.

    `option` None takes the initial off again, as long as others have not made it an article.
    """

    table: str
    issue: IssueId
    option: int | None


class InitialPut(Fact, frozen=True, tag="initial_put"):
    """Only the members of the table know. `option` None: taken off again."""

    table: str
    role: RoleId
    round: int
    issue: IssueId
    option: int | None


class ArticleInitialled(Fact, frozen=True, tag="article_initialled"):
    """Every member of the table has initialled the same wording. `initial` names it, such as `energy.forces.1`."""

    initial: str
    table: str
    round: int
    issue: IssueId
    option: int
    parties: tuple[RoleId, ...]


class InitialBroken(Fact, frozen=True, tag="initial_broken"):
    """A party put forward or voted for another wording, in this text."""

    initial: str
    role: RoleId
    proposal: ProposalId


SideTableFact = InitialPut | ArticleInitialled | InitialBroken


class Initial(Struct, frozen=True, kw_only=True):
    """One seat's initial, which waits for those of the others."""

    table: str
    role: RoleId
    round: int
    issue: IssueId
    option: int


class InitialledArticle(Struct, frozen=True, kw_only=True):
    """`broken_by` and `proposal` say who broke it, and in which text."""

    initial: str
    table: str
    round: int
    issue: IssueId
    option: int
    parties: tuple[RoleId, ...]
    standing: Standing = "standing"
    broken_by: RoleId | None = None
    proposal: ProposalId | None = None


class SideTablesState(Struct, frozen=True, kw_only=True):
    waiting: tuple[Initial, ...] = ()
    articles: tuple[InitialledArticle, ...] = ()


class SideTableView(Struct, frozen=True, kw_only=True):
    """`members` are those that sit at this table's plenary; `issues` what they may deal with."""

    id: str
    name: str
    members: tuple[RoleId, ...]
    issues: tuple[IssueId, ...]


class SideTablesView(Struct, frozen=True, kw_only=True):
    """`waiting` are the initials at tables where the viewer sits; `articles` are for everybody to see."""

    tables: tuple[SideTableView, ...]
    waiting: tuple[Initial, ...]
    articles: tuple[InitialledArticle, ...]
