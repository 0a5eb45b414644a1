"""What is sent and answered about tables."""

from pydantic import BaseModel, Field

from threebirds_rules.ruleset import NameChoice
from threebirds_rules.state import Status
from threebirds_server.accounts.bodies import Asked


class RoleOffered(BaseModel):
    role: str
    name: str
    initials: str
    vote: bool
    chair: bool
    optional: bool
    public_brief: str


class ScenarioOffered(BaseModel):
    """`articles` is how many points the text has, `packages` how many different texts there are.

    Its texts are in `language`; a table can be opened in any of `languages`, and with any of `names`.
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


class GameAsked(Asked):
    """What is played, and in what words: without a language the scenario's first one, without names historical ones."""

    scenario: str = Field(min_length=1, max_length=64)
    language: str = Field(default="", max_length=64)
    names: str = Field(default="", max_length=64)


class PlayAsked(GameAsked):
    """Alone against bots: `bot` is the strategy of all other seats."""

    role: str = Field(min_length=1, max_length=64)
    name: str = Field(default="Guest", max_length=200)
    bot: str = Field(default="conceder", max_length=64)


class Playing(BaseModel):
    table: str
    code: str
    viewer: str
    person: str
    token: str


class JoinAsked(Asked):
    code: str = Field(min_length=1, max_length=32)
    name: str = Field(min_length=1, max_length=200)


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
