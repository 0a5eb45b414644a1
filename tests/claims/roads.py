"""The three pure roads, their mixture, and what Russia can get on each."""

from tests.claims.case import Case

OUTSIDE, MEMBER, DONOR, MIXTURE = "outside_equal", "ordinary_participant", "donor", "mixture"
ROADS = (OUTSIDE, MEMBER, DONOR)


def accepted(case: Case, road: str) -> int:
    return case.zone.count(case.path(road))


def best_for_russia(case: Case, road: str) -> int | None:
    """Russia's surplus in the accepted package of this road that is best for it; None if there is none."""
    surplus = case.zone.only(case.path(road)).of(case.surplus("RUS"))
    return int(surplus.max()) if len(surplus) else None


def attainable(case: Case) -> list[int]:
    """What the best accepted package of each pure road that has one is worth to Russia."""
    found = [best_for_russia(case, road) for road in ROADS]
    return [surplus for surplus in found if surplus is not None]
