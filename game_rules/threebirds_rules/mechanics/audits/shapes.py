"""Audits: what is asked for, what happens, what the table remembers, and what people see."""

from typing import Literal

from msgspec import Struct

from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.tagged import Ask, Fact

AuditStanding = Literal["open", "positive", "negative", "lapsed"]
"""The pledge is still due; it was honoured; it was broken; nobody was there to answer for it."""


class AuditPledge(Ask, frozen=True, tag="audit"):
    pledge: str


class AuditAsked(Fact, frozen=True, tag="audit_asked"):
    """`role` asks; what comes of it comes with the pledge."""

    role: RoleId
    pledge: str
    round: int


class Audit(Struct, frozen=True, kw_only=True):
    pledge: str
    by: RoleId
    round: int


class AuditView(Struct, frozen=True, kw_only=True):
    """`role` answers for the pledge to start `option` of `issue`; `by` asked in `round`."""

    pledge: str
    role: RoleId
    issue: IssueId
    option: int
    by: RoleId
    round: int
    standing: AuditStanding


class AuditsView(Struct, frozen=True, kw_only=True):
    asked: tuple[AuditView, ...]
