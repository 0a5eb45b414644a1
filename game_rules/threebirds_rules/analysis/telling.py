"""From the counts of a pass to its result."""

from math import sqrt

from msgspec.structs import replace

from threebirds_rules.analysis.results import Analysis, BodyShare, PathShare, RoleShare, Share
from threebirds_rules.analysis.solutions import Points, egalitarian, kalai_smorodinsky, nash, utilitarian
from threebirds_rules.analysis.tallies import BodyTally, PathTally, RoleTally, Tally
from threebirds_rules.names import RoleId

FRONTIER_LISTED = 5_000
"""How many points of a frontier are listed; all are counted."""

_SURE = 1.959963984540054
"""The 97.5 % quantile of the normal distribution: intervals are of 95 %."""


def told(tally: Tally, zone: Points, everything: Points) -> Analysis:
    """All packages were seen; `zone` and `everything` are the two frontiers."""
    ideal = [tally.roles[voter].ideal or 0 for voter in tally.model.voters]
    return replace(
        counted(tally),
        frontier_zopa=zone.frontier(FRONTIER_LISTED),
        frontier_all=everything.frontier(FRONTIER_LISTED),
        nash=nash(zone),
        kalai_smorodinsky=kalai_smorodinsky(zone, ideal),
        egalitarian=egalitarian(zone),
        utilitarian=utilitarian(zone),
        utilitarian_all=tally.greatest_sum.solution(),
    )


def counted(tally: Tally) -> Analysis:
    """Counts and shares alone: of a sample, what is best among some packages may be far from the best."""
    model = tally.model
    parties = [party.id for party in model.parties]
    return Analysis(
        packages=model.packages,
        examined=tally.examined,
        zopa=tally.zone.packages,
        zopa_share=_share(tally, tally.zone.packages, tally.examined),
        frontier_zopa=None,
        frontier_all=None,
        nash=None,
        kalai_smorodinsky=None,
        egalitarian=None,
        utilitarian=None,
        utilitarian_all=None,
        per_role={party: _role(tally, role) for party, role in zip(parties, tally.roles, strict=True)},
        per_body={council.id: _body(tally, body) for council, body in zip(model.councils, tally.bodies, strict=True)},
        per_path={name: _path(parties, path) for (name, _), path in zip(model.paths, tally.paths, strict=True)},
        options={
            issue: tuple(int(count) for count in counts)
            for issue, counts in zip(model.issues, tally.zone.options, strict=True)
        },
    )


def _role(tally: Tally, role: RoleTally) -> RoleShare:
    return RoleShare(
        acceptable=role.acceptable,
        share=_share(tally, role.acceptable, tally.examined),
        at_walk_away=role.at_walk_away,
        but_for=role.signed_by_others - tally.zone.packages,
        minimum=role.minimum,
        maximum=role.maximum,
        ideal=role.ideal,
    )


def _body(tally: Tally, body: BodyTally) -> BodyShare:
    return BodyShare(body.needed, body.consents, _share(tally, body.consents, body.needed))


def _path(parties: list[RoleId], path: PathTally) -> PathShare:
    return PathShare(
        packages=path.packages,
        zopa=path.zopa,
        best=next(iter((path.best_in_zopa if path.zopa else path.best).points()), None),
        per_role={} if path.ideals is None else dict(zip(parties, path.ideals, strict=True)),
    )


def _share(tally: Tally, count: int, among: int) -> Share:
    """Exact if all packages were seen, else with the interval of Wilson (1927), which also holds near 0 and 1."""
    if among == 0:
        return Share(0.0, 0.0, 1.0 if tally.examined < tally.model.packages else 0.0)
    share = count / among
    if tally.examined == tally.model.packages:
        return Share(share, share, share)
    z = _SURE * _SURE / among
    middle, half = share + z / 2, _SURE * sqrt(share * (1 - share) / among + z / (4 * among))
    return Share(share, min(share, (middle - half) / (1 + z)), max(share, (middle + half) / (1 + z)))
