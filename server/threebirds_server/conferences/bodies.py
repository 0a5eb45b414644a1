"""What is sent and answered about tables."""

from typing import Annotated

from pydantic import BaseModel, Field

from threebirds_rules.ruleset import NameChoice
from threebirds_rules.state import Status
from threebirds_server.accounts.bodies import Asked
from threebirds_server.ports import Scope


class RoleOffered(BaseModel):
    role: str
    name: str
    initials: str
    vote: bool
    chair: bool
    optional: bool
    public_brief: str


class VariantOffered(BaseModel):
    """The first of a scenario is played if none is chosen. `in_days`: its phases close at dates."""

    id: str
    name: str
    minutes: int
    in_days: bool


class SwitchOffered(BaseModel):
    """A second opinion; `on` if nobody chooses. It cannot be on together with those that it `excludes`."""

    id: str
    name: str
    on: bool
    excludes: list[str]


class ScenarioOffered(BaseModel):
    """`articles` is how many points the text has, `packages` how many different texts there are.

    By `rekey` points a class may have its walk-aways moved. Its texts are in `language`; a table can be opened in any
    of `languages`, and with any of `names`.
    """

    id: str
    title: str
    summary: str
    date_stamp: str
    minutes: int
    articles: int
    packages: int
    language: str
    languages: list[str]
    names: list[NameChoice]
    roles: list[RoleOffered]
    variants: list[VariantOffered]
    switches: list[SwitchOffered]
    rekey: int


class GameAsked(Asked):
    """What is played, and how: without a language in the scenario's first one, without names with historical ones.

    Switches that are left out are as the scenario has them. Local time is `utc_offset_minutes` ahead of UTC. `rekey`
    moves walk-aways; if nobody says, it does so for a class and not for somebody who plays alone.
    """

    scenario: str = Field(min_length=1, max_length=64)
    language: str = Field(default="", max_length=64)
    names: str = Field(default="", max_length=64)
    variant: str = Field(default="", max_length=64)
    switches: list[Annotated[str, Field(max_length=64)]] | None = Field(default=None, max_length=40)
    utc_offset_minutes: int = 0
    rekey: bool = False


class PlayAsked(GameAsked):
    """Alone against bots: `bot` is the strategy of all other seats. The `scope` is that of the token in the answer."""

    role: str = Field(min_length=1, max_length=64)
    name: str = Field(default="Guest", max_length=200)
    bot: str = Field(default="conceder", max_length=64)
    scope: Scope = "person"


class Playing(BaseModel):
    table: str
    code: str
    viewer: str
    person: str
    token: str


class JoinAsked(Asked):
    """A token of the `scope` bot, which may ask for more in a minute, is the facilitator's to give out."""

    code: str = Field(min_length=1, max_length=32)
    name: str = Field(min_length=1, max_length=200)
    scope: Scope = "person"


class SeatOffered(BaseModel):
    """`taken_by` are the names of the people who share it."""

    role: str
    name: str
    initials: str
    taken_by: list[str]
    bot: str | None


class Joined(BaseModel):
    table: str
    person: str
    token: str
    title: str
    seats: list[SeatOffered]


class SeatAsked(Asked):
    """`person` says who of several people of one browser sits down."""

    table: str = Field(min_length=1, max_length=64)
    role: str = Field(min_length=1, max_length=64)
    person: str | None = Field(default=None, max_length=64)


class Seated(BaseModel):
    table: str
    viewer: str


class TableAsked(GameAsked):
    rekey: bool = True
    name: str | None = Field(default=None, min_length=1, max_length=80)


class TableMade(BaseModel):
    table: str
    code: str


class TableOnDesk(BaseModel):
    """`phase` None before the start and after the end; `seats` are left out of a table that has ended."""

    table: str
    code: str
    title: str
    scenario: str
    status: Status
    round: int
    phase: str | None
    closes_at: int | None
    created_at: int
    seats: list[SeatOffered]
