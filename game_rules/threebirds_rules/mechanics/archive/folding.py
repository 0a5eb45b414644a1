"""Offers to archive an entry, in the state."""

from msgspec.structs import replace

from threebirds_rules.mechanics.archive.shapes import ArchiveClosed, ArchiveOffer, ArchiveProposed
from threebirds_rules.mechanics.progress import Progress


def proposed(progress: Progress, event: ArchiveProposed) -> Progress:
    offer = ArchiveOffer(id=event.offer, role=event.role, to=event.to, round=event.round, note=event.note)
    return replace(progress, archive_offers=(*progress.archive_offers, offer))


def closed(progress: Progress, event: ArchiveClosed) -> Progress:
    return replace(
        progress,
        archive_offers=tuple(
            replace(one, standing=event.standing) if one.id == event.offer else one for one in progress.archive_offers
        ),
    )
