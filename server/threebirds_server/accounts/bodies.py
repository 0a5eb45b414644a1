"""What is sent and answered about people."""

from pydantic import BaseModel, ConfigDict, Field

from threebirds_rules.state import Status


class Asked(BaseModel):
    """Unknown fields are errors: a misspelt one must not be lost in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TokenAsked(Asked):
    token: str = Field(min_length=1, max_length=200)


class TicketAsked(Asked):
    """`viewer` is `seat:POL`, `facilitator`, `observer` or `public`."""

    table: str = Field(min_length=1, max_length=64)
    viewer: str = Field(min_length=1, max_length=80)


class TicketGiven(BaseModel):
    """Good once, within a minute, in the `hello` of a socket."""

    ticket: str


class PersonFound(BaseModel):
    """`viewer` None: in the waiting room."""

    table: str
    viewer: str | None
    person: str
    name: str


class PersonAtTable(PersonFound):
    """`seat` is what the table calls the role of the viewer."""

    seat: str | None
    code: str
    title: str
    status: Status


class Me(BaseModel):
    """`join_at`: under which addresses others on this network reach the server; empty if they cannot."""

    people: list[PersonAtTable]
    facilitator: bool
    join_at: list[str]


class Parted(BaseModel):
    """Logged out; the links of its people still lead in."""


class Welcomed(BaseModel):
    facilitator: bool = True
