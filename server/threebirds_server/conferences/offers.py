"""What people choose from: scenarios with their roles, and the seats of a table."""

from math import prod

from threebirds_rules.names import RoleId
from threebirds_rules.nearest import nearest
from threebirds_rules.play import role_of
from threebirds_rules.ruleset import RuleSet
from threebirds_server.conferences.bodies import (
    RoleOffered,
    ScenarioOffered,
    SeatOffered,
    SwitchOffered,
    VariantOffered,
)
from threebirds_server.http.errors import ApiError
from threebirds_server.live.table import Table
from threebirds_wire.errors import error


def scenario(rules: RuleSet) -> ScenarioOffered:
    return ScenarioOffered(
        id=rules.id,
        title=rules.title,
        summary=rules.summary,
        date_stamp=rules.date_stamp,
        minutes=rules.minutes,
        articles=len(rules.issues),
        packages=prod(len(issue.options) for issue in rules.issues),
        language=rules.language,
        languages=[*rules.languages],
        names=[*rules.name_choices],
        roles=[
            RoleOffered(
                role=role.id,
                name=role.name,
                initials=role.initials,
                vote=role.vote,
                chair=role.chair,
                optional=role.optional,
                public_brief=role.public_brief,
            )
            for role in rules.roles
        ],
        rekey=rules.rekey,
        variants=[
            VariantOffered(id=one.id, name=one.name, minutes=one.minutes, in_days=one.in_days) for one in rules.variants
        ],
        switches=[
            SwitchOffered(id=one.id, name=one.name, on=one.on, excludes=list(one.excludes)) for one in rules.switches
        ],
    )


def seats(table: Table) -> list[SeatOffered]:
    """The seats that are in play, with who sits there."""
    state, rules = table.replica.state, table.replica.rules
    names = {person.id: person.name for person in state.people}
    return [
        SeatOffered(
            role=seat.role,
            name=role.name,
            initials=role.initials,
            taken_by=[names[person] for person in seat.people if person in names],
            bot=seat.bot,
        )
        for seat in state.seats
        if not seat.dropped
        for role in (role_of(rules, seat.role),)
    ]


def role_named(rules: RuleSet, name: str) -> RoleId:
    """Raise `ApiError` with the nearest role there is."""
    known = sorted(role.id for role in rules.roles)
    if name in known:
        return RoleId(name)
    close = nearest(name, known)
    hint = f"did you mean {close}?" if close else f"there are {', '.join(known)}."
    raise ApiError(error("invalid_action", f"There is no role {name} here; {hint}", path="role"))
