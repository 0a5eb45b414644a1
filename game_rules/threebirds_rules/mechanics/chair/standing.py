"""What it costs to have presided over nothing."""

from threebirds_rules.events import Adjustment
from threebirds_rules.mechanics.settings import Chair
from threebirds_rules.names import RoleId


def costs(played: Chair, role: RoleId) -> tuple[Adjustment, ...]:
    points = played.without_text.get(role, 0)
    return (Adjustment(points=points, text=played.text),) if points else ()
