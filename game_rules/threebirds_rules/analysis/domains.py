"""Plain domains: points by option for each party, a reservation value, and nothing else. Read from JSON."""

from collections.abc import Sequence
from math import floor

import msgspec
from msgspec import Struct

from threebirds_rules.analysis.model import ALWAYS, LARGEST, Council, Model, Pair, Party
from threebirds_rules.names import BodyId, IssueId, RoleId
from threebirds_rules.nearest import nearest

SCALE = 10**9
"""Points of a domain are real numbers: they are counted in billionths, so that a tie is a tie."""

MOST_OPTIONS = 256


class DomainError(ValueError):
    """A file that is no file of domains, or a domain that does not fit together."""


class DomainIssue(Struct, frozen=True):
    name: str
    options: tuple[str, ...]


class DomainPair(Struct, frozen=True):
    """`values[party][option of issue i][option of issue j]`, added to the party's points."""

    i: int
    j: int
    values: tuple[tuple[tuple[float, ...], ...], ...]


class Domain(Struct, frozen=True):
    """`values[party][issue][option]`; a package is in the ZOPA if it gives every party its reservation value."""

    id: str
    issues: tuple[DomainIssue, ...]
    values: tuple[tuple[tuple[float, ...], ...], ...]
    reservation: tuple[float, ...]
    pairs: tuple[DomainPair, ...] = ()
    party_names: tuple[str, ...] = ()


class _Domains(Struct):
    domains: tuple[Domain, ...]


def read_domain(document: bytes, name: str) -> Domain:
    """The domain of this id from a JSON document `{"domains": [...]}`; raises DomainError."""
    try:
        domains = msgspec.json.decode(document, type=_Domains).domains
    except msgspec.MsgspecError as error:
        raise DomainError(f"this is not a file of domains: {error}") from error
    known = {domain.id: domain for domain in domains}
    if name not in known:
        close = nearest(name, known)
        raise DomainError(f"there is no domain {name}; " + (f"did you mean {close}?" if close else _list(known)))
    return known[name]


def model_of_domain(domain: Domain) -> Model:
    """The domain with its points in billionths; raises DomainError where its tables do not fit together."""
    _check(domain)
    parties = len(domain.values)
    names = domain.party_names or tuple(f"P{party + 1}" for party in range(parties))
    return Model(
        issues=tuple(IssueId(f"{place + 1}. {issue.name}") for place, issue in enumerate(domain.issues)),
        sizes=tuple(len(issue.options) for issue in domain.issues),
        parties=tuple(_party(domain, party, RoleId(names[party])) for party in range(parties)),
        councils=(
            Council(
                id=BodyId("everybody"),
                when=ALWAYS,
                members=tuple(range(parties)),
                margin=0,
                weights=(1,) * parties,
                threshold=parties,
                vetoes=(),
                quorum=0,
            ),
        ),
        gauges={},
    )


def _party(domain: Domain, party: int, name: RoleId) -> Party:
    return Party(
        id=name,
        votes=True,
        walk_away=_scaled(domain.reservation[party]),
        offset=0,
        values=tuple(tuple(map(_scaled, table)) for table in domain.values[party]),
        pairs=tuple(
            Pair(pair.i, pair.j, tuple(tuple(map(_scaled, row)) for row in pair.values[party])) for pair in domain.pairs
        ),
    )


def _scaled(points: float) -> int:
    if abs(points) * SCALE > LARGEST:
        raise DomainError(f"{points} are too many points: at most {LARGEST // SCALE:,} can be counted in billionths")
    return floor(points * SCALE + 0.5)


def _check(domain: Domain) -> None:
    sizes = [len(issue.options) for issue in domain.issues]
    if not sizes or not all(0 < size <= MOST_OPTIONS for size in sizes):
        raise DomainError(f"{domain.id}: expected issues with 1 to {MOST_OPTIONS} options each")
    parties = len(domain.values)
    if parties == 0 or len(domain.reservation) != parties or len(domain.party_names) not in {0, parties}:
        raise DomainError(f"{domain.id}: expected one table, one reservation value and one name for each party")
    if any([len(table) for table in tables] != sizes for tables in domain.values):
        raise DomainError(f"{domain.id}: expected points for every option of every issue")
    if not all(_fits(pair, sizes, parties) for pair in domain.pairs):
        raise DomainError(f"{domain.id}: expected pairs of two different issues, with points for all their options")


def _fits(pair: DomainPair, sizes: Sequence[int], parties: int) -> bool:
    if pair.i == pair.j or not {pair.i, pair.j} <= set(range(len(sizes))):
        return False
    shape = [[sizes[pair.j]] * sizes[pair.i]] * parties
    return [[len(row) for row in rows] for rows in pair.values] == shape


def _list(known: dict[str, Domain]) -> str:
    return f"there are {', '.join(known)}" if known else "the file has none"
