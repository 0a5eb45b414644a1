"""The archive: what is asked for, what happens, what the table remembers, and what people see."""

from typing import Literal

from msgspec import Struct

from threebirds_rules.names import RoleId
from threebirds_rules.tagged import Ask, Fact, PersonText

OfferStanding = Literal["open", "joined", "withdrawn", "lapsed"]
Closed = Literal["joined", "withdrawn", "lapsed"]


class ProposeArchive(Ask, frozen=True, tag="propose_archive"):
    """Offer a delegation of another side to archive one entry together; `note` is the joint text."""

    to: RoleId
    note: str = ""


class JoinArchive(Ask, frozen=True, tag="join_archive"):
    offer: str


class WithdrawArchive(Ask, frozen=True, tag="withdraw_archive"):
    offer: str


class ArchiveProposed(Fact, frozen=True, tag="archive_proposed"):
    offer: str
    role: RoleId
    to: RoleId
    round: int
    note: PersonText


class ArchiveClosed(Fact, frozen=True, tag="archive_closed"):
    """`role` joined or withdrew; None: it lapsed with its phase."""

    offer: str
    role: RoleId | None
    standing: Closed


class ArchiveOffer(Struct, frozen=True, kw_only=True):
    id: str
    role: RoleId
    to: RoleId
    round: int
    note: str
    standing: OfferStanding = "open"


class ArchiveView(Struct, frozen=True, kw_only=True):
    """`points` is what each of the two pays; `left` how many entries can still be archived in this game."""

    points: int
    left: int
    offers: tuple[ArchiveOffer, ...]
