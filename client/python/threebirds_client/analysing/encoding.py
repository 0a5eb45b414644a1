"""An analysis for programs."""

from typing import Any

import msgspec

from threebirds_rules.analysis import Analysis, Efficiency


def encoded(analysis: Analysis, compared: Efficiency | None = None, *, scale: int = 1, **about: str) -> str:
    """JSON. Frontiers are given by their sizes; `efficiency` is there if a package was compared.

    `scale`: how many of the analysis' points make one of the document's, as for plain domains.
    """
    found: dict[str, Any] = {**about, **msgspec.to_builtins(analysis)}
    for key in ("frontier_zopa", "frontier_all"):
        if found[key] is not None:
            del found[key]["points"]
    if compared is not None:
        found["efficiency"] = msgspec.to_builtins(compared)
    if scale > 1:
        _scale(found, scale, parties=len(analysis.per_role))
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def _scale(found: dict[str, Any], scale: int, *, parties: int) -> None:
    """A product of surpluses has the scale once for each party; a share has none."""
    powers = {"nash": parties, "kalai_smorodinsky": 0, "egalitarian": 1, "utilitarian": 1, "utilitarian_all": 1}
    for key, power in powers.items():
        if found[key] is not None:
            found[key]["value"] /= scale**power
            for point in found[key]["points"]:
                point["surpluses"] = {role: points / scale for role, points in point["surpluses"].items()}
    for share in found["per_role"].values():
        share["minimum"]["score"] /= scale
        share["maximum"]["score"] /= scale
        share["ideal"] = None if share["ideal"] is None else share["ideal"] / scale
