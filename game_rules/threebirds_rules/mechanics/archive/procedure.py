"""Who may archive an entry with whom, now."""

from threebirds_rules.mechanics.archive.shapes import ArchiveOffer
from threebirds_rules.mechanics.settings import Archive
from threebirds_rules.names import RoleId
from threebirds_rules.refusals import Obstacle
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import steps_within_bounds
from threebirds_rules.state import State


def left(played: Archive, state: State) -> int:
    return max(0, played.most - sum(one.standing == "joined" for one in state.progress.archive_offers))


def exhausted(played: Archive, rules: RuleSet, state: State) -> Obstacle | None:
    """Why nobody may archive an entry any more."""
    if left(played, state) == 0:
        return ("archive.most", f"{played.most} entries have been archived: no more in this game.")
    if steps_within_bounds(rules, state.tracks, played.archived.tracks) != played.archived.tracks:
        return ("archive.bound", "There is nothing left to archive: the dossier cannot become any thinner.")
    return None


def offering(played: Archive, rules: RuleSet, state: State, role: RoleId) -> Obstacle | None:
    """Why `role` may make no offer now."""
    if not any(role in side for side in played.sides):
        return ("archive.side", "Your delegation is on no side: the entries are not its own.")
    if own_offer(state, role) is not None:
        return ("archive.one", "Your offer still stands: withdraw it before you make another.")
    return exhausted(played, rules, state)


def own_offer(state: State, role: RoleId) -> ArchiveOffer | None:
    return next((one for one in open_offers(state) if one.role == role), None)


def open_offers(state: State) -> tuple[ArchiveOffer, ...]:
    return tuple(one for one in state.progress.archive_offers if one.standing == "open")
