"""An analysis in words."""

from collections.abc import Iterator, Mapping

from threebirds_client.reading.layout import heading, plain, signed, small_heading, wrapped
from threebirds_rules.analysis import Analysis, Better, Efficiency, Point, Share, Solution
from threebirds_rules.names import Package, RoleId

WIDTH = 24


def told(title: str, found: Analysis, names: Mapping[str, str]) -> Iterator[str]:
    """What the whole comes to, the solution points, and every role, body and path; `names` by id."""
    yield from told_whole(title, found)
    if found.nash or found.egalitarian:
        yield from _solutions(found)
    yield from _roles(found, names)
    yield from _bodies(found, names)
    yield from _paths(found, names)


def told_whole(title: str, found: Analysis) -> Iterator[str]:
    """How many packages there are, are possible, and are efficient."""
    yield from heading(title)
    yield from _whole(found)


def told_efficiency(found: Efficiency) -> Iterator[str]:
    """What could have been had instead of one package."""
    yield from small_heading(f"The text {_written(found.package)}")
    yield f"{'In' if found.in_zopa else 'Not in'} the ZOPA. Surpluses: {_surpluses(found.surpluses)}"
    if found.best is None:
        yield "Nobody can gain without a loss for somebody else: it is efficient."
        return
    yield from wrapped(
        f"{found.dominating:,} texts leave nobody worse and somebody better, "
        f"{found.dominating_zopa:,} of them in the ZOPA."
    )
    yield f"Left on the table: {found.best.total} points together, by {_changes(found.best)}"
    yield f"The smallest changes ({found.swaps_in_all:,}):"
    for swap in found.swaps:
        yield from wrapped(f"{signed(swap.total)}: {_changes(swap)}", first="  ", indent="      ")


def _whole(found: Analysis) -> Iterator[str]:
    looked = "all looked at" if found.examined == found.packages else f"a sample of {found.examined:,} looked at"
    yield f"{found.packages:,} packages, {looked}"
    if found.frontier_zopa is None or found.frontier_all is None:
        yield f"ZOPA: {_percent(found.zopa_share)} of them. Too many for frontiers and solution points."
        return
    yield f"ZOPA: {found.zopa:,} packages, {_percent(found.zopa_share)}"
    yield f"Efficient in the ZOPA: {_limit(found.frontier_zopa.packages, found.frontier_zopa.vectors)}"
    yield f"Efficient among all: {_limit(found.frontier_all.packages, found.frontier_all.vectors)}"


def _limit(packages: int, vectors: int) -> str:
    return f"{packages:,}" if packages == vectors else f"{packages:,} with {vectors:,} different outcomes"


def _solutions(found: Analysis) -> Iterator[str]:
    yield from small_heading("Solution points")
    named: dict[str, Solution | None] = {
        "Nash": found.nash,
        "Kalai-Smorodinsky": found.kalai_smorodinsky,
        "Egalitarian": found.egalitarian,
        "Greatest sum in the ZOPA": found.utilitarian,
        "Greatest sum of all": found.utilitarian_all,
    }
    for name, solution in named.items():
        if solution is not None:
            yield f"{name:{WIDTH}}  {solution.value:,.6g}{_ties(solution)}"
            yield from (line for point in solution.points[:1] for line in _point(point))


def _ties(solution: Solution) -> str:
    return f" ({solution.ties:,} packages; the first of them)" if solution.ties > 1 else ""


def _point(point: Point) -> Iterator[str]:
    yield from wrapped(_written(point.package), first="    ", indent="    ")
    yield from wrapped(_surpluses(point.surpluses), first="    ", indent="    ")


def _roles(found: Analysis, names: Mapping[str, str]) -> Iterator[str]:
    yield from small_heading("Roles")
    yield f"{'':{WIDTH}}  could sign  alone against  lowest  highest  best in the ZOPA"
    for role, share in found.per_role.items():
        ideal = "none" if share.ideal is None else signed(share.ideal)
        yield (
            f"{names.get(role, role)[:WIDTH]:{WIDTH}}  {_percent(share.share):>10}  {share.but_for:13,}"
            f"  {plain(share.minimum.score):>6}  {plain(share.maximum.score):>7}  {ideal:>16}"
        )


def _bodies(found: Analysis, names: Mapping[str, str]) -> Iterator[str]:
    yield from small_heading("Bodies")
    for body, share in found.per_body.items():
        yield f"{names.get(body, body)[:WIDTH]:{WIDTH}}  consents to {_percent(share.share)} of {share.needed:,}"


def _paths(found: Analysis, names: Mapping[str, str]) -> Iterator[str]:
    if found.per_path:
        yield from small_heading("Paths")
    for path, share in found.per_path.items():
        yield f"{names.get(path, path)[:WIDTH]:{WIDTH}}  {share.packages:,} of all, {share.zopa:,} in the ZOPA"
        if share.best is not None:
            yield from _point(share.best)


def _percent(share: Share) -> str:
    if share.low == share.high:
        return f"{share.share:.4%}"
    return f"{share.low:.3%} to {share.high:.3%}"


def _written(package: Package) -> str:
    return " ".join(map(str, package))


def _surpluses(surpluses: Mapping[RoleId, int]) -> str:
    return ", ".join(f"{role} {signed(points)}" for role, points in surpluses.items())


def _changes(better: Better) -> str:
    return ", ".join(f"{change.issue} {change.before}\N{RIGHTWARDS ARROW}{change.after}" for change in better.changes)
