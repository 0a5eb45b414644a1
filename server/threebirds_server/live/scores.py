"""Points for packages, by the mandate of the asking seat alone."""

from collections.abc import Sequence

from threebirds_rules.mandate import Mandate
from threebirds_rules.names import Package, RoleId
from threebirds_rules.play import position
from threebirds_rules.scoring import explain, is_package, mandate, needed, score, surplus
from threebirds_rules.views.shapes import OwnScore
from threebirds_server.live.replica import Replica
from threebirds_wire.errors import Error, error
from threebirds_wire.frames import Scores


def scores(replica: Replica, role: RoleId, packages: Sequence[Package], *, explained: bool) -> Scores | Error:
    """One score for each package in that order, and if `explained` the reasons for the first."""
    own = mandate(replica.rules, role, position(replica.state))
    for place, package in enumerate(packages):
        if not is_package(own, package):
            return error(
                "invalid_action",
                f"A package has one existing option for each of the {len(own.issues)} issues.",
                path=f"packages.{place}",
            )
    explanation = explain(own, packages[0]) if explained else None
    return Scores(scores=tuple(_score(own, package) for package in packages), explanation=explanation)


def _score(own: Mandate, package: Package) -> OwnScore:
    return OwnScore(score=score(own, package), needed=needed(own, package), surplus=surplus(own, package))
