"""Pledges in the state."""

from msgspec.structs import replace

from threebirds_rules.mechanics.pledges.shapes import Pledge, PledgeLaid, PledgeSettled, PledgesShown
from threebirds_rules.mechanics.progress import Progress


def laid(progress: Progress, event: PledgeLaid) -> Progress:
    pledge = f"{event.round}.{event.role}"
    others = tuple(one for one in progress.pledges if one.id != pledge)
    if event.issue is None:
        return replace(progress, pledges=others)
    new = Pledge(id=pledge, role=event.role, round=event.round, issue=event.issue, option=event.option)
    return replace(progress, pledges=(*others, new))


def shown(progress: Progress, event: PledgesShown) -> Progress:
    before = tuple(one for one in progress.pledges if one.round != event.round)
    return replace(progress, pledges=(*before, *event.pledges))


def settled(progress: Progress, event: PledgeSettled) -> Progress:
    return replace(
        progress,
        pledges=tuple(
            replace(one, standing=event.standing) if one.id == event.pledge else one for one in progress.pledges
        ),
    )
