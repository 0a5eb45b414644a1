"""Offers to archive an entry, which everybody sees."""

from threebirds_rules.legal import Legal
from threebirds_rules.mechanics.archive.procedure import exhausted, left, offering, open_offers
from threebirds_rules.mechanics.archive.shapes import ArchiveView
from threebirds_rules.mechanics.settings import Archive
from threebirds_rules.mechanics.sides import partners
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def archive(played: Archive, state: State) -> ArchiveView:
    return ArchiveView(points=played.points, left=left(played, state), offers=state.progress.archive_offers)


def possible(kind: str, rules: RuleSet, state: State, role: RoleId) -> Legal | None:
    played = rules.mechanics.archive
    if played is None:
        return None
    if kind == "propose_archive":
        roles = partners(played.sides, state, role) if offering(played, rules, state, role) is None else ()
        return Legal(kind=kind, roles=roles) if roles else None
    joins = kind == "join_archive"
    offers = tuple(one.id for one in open_offers(state) if (one.to if joins else one.role) == role)
    hindered = joins and exhausted(played, rules, state) is not None
    return Legal(kind=kind, choices=offers) if offers and not hindered else None
