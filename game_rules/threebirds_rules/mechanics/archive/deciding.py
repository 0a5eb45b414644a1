"""Offering to archive an entry, joining, withdrawing, and what it costs."""

from threebirds_rules.mandate import Offset
from threebirds_rules.mechanics.archive.procedure import exhausted, offering, open_offers
from threebirds_rules.mechanics.archive.shapes import (
    ArchiveClosed,
    ArchiveOffer,
    ArchiveProposed,
    JoinArchive,
    ProposeArchive,
    WithdrawArchive,
)
from threebirds_rules.mechanics.effects import Beside, move
from threebirds_rules.mechanics.settings import Archive
from threebirds_rules.mechanics.sides import partners
from threebirds_rules.refusals import RefusedError, no_obstacle
from threebirds_rules.texts import checked_text
from threebirds_rules.turn import Turn


def act(turn: Turn, action: ProposeArchive | JoinArchive | WithdrawArchive) -> None:
    played = turn.rules.mechanics.archive
    if played is None:
        raise RefusedError("illegal_action", "Nothing is archived at this table.", rule="archive.on")
    match action:
        case ProposeArchive():
            _propose(turn, played, action)
        case JoinArchive(offer=offer):
            _join(turn, played, _mine(turn, offer, "to"))
        case _:
            found = _mine(turn, action.offer, "role")
            turn.emit(ArchiveClosed(at=turn.now, offer=found.id, role=turn.role, standing="withdrawn"))


def _propose(turn: Turn, played: Archive, action: ProposeArchive) -> None:
    no_obstacle(offering(played, turn.rules, turn.state, turn.role))
    if action.to not in partners(played.sides, turn.state, turn.role):
        raise RefusedError(
            "illegal_action", "Name a delegation of another side that is at the table.", rule="archive.side", path="to"
        )
    turn.emit(
        ArchiveProposed(
            at=turn.now,
            offer=f"a{len(turn.state.progress.archive_offers) + 1}",
            role=turn.role,
            to=action.to,
            round=turn.state.round,
            note=checked_text(action.note, path="note", required=False),
        )
    )


def _join(turn: Turn, played: Archive, offer: ArchiveOffer) -> None:
    no_obstacle(exhausted(played, turn.rules, turn.state))
    turn.emit(ArchiveClosed(at=turn.now, offer=offer.id, role=turn.role, standing="joined"))
    paid = tuple(Offset(points=-played.points, role=role) for role in (offer.role, offer.to))
    move(turn, "archive", "archived", played.archived, about=offer.id, beside=Beside(offsets=paid))


def _mine(turn: Turn, offer: str, place: str) -> ArchiveOffer:
    for one in open_offers(turn.state):
        if one.id == offer and getattr(one, place) == turn.role:
            return one
    raise RefusedError("illegal_action", "No such offer of or to you is open.", rule="archive.open", path="offer")


def closing(turn: Turn) -> None:
    """An offer that nobody took lapses with its phase."""
    for one in open_offers(turn.state):
        turn.emit(ArchiveClosed(at=turn.now, offer=one.id, role=None, standing="lapsed"))
