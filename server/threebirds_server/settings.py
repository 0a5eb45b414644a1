"""What the operator chose. The only reader of the environment."""

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from threebirds_wire.limits import PUBLISHED


def _lower(level: object) -> object:
    return level.lower() if isinstance(level, str) else level


def user_folder() -> Path:
    """Where this system keeps a program's data for one user.

    Not the working directory: the same link must find the same table wherever the server is started from.
    """
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "threebirds"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "threebirds"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "threebirds"


LogLevel = Annotated[Literal["debug", "info", "warning", "error", "critical"], BeforeValidator(_lower)]


class Settings(BaseSettings):
    """Read from `THREEBIRDS_*`, `DATABASE_URL` and `REDIS_URL`; what is passed by name wins."""

    model_config = SettingsConfigDict(
        env_prefix="THREEBIRDS_", env_ignore_empty=True, frozen=True, validate_by_name=True, extra="ignore"
    )

    data: Path = Field(default_factory=user_folder)
    """The folder of the embedded database and its lock file."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    lan: bool = False
    """Listen on all interfaces, so that others on this network can join."""
    allowed_origins: tuple[str, ...] = ()
    """Origins besides the server's own whose pages may open a socket, such as `https://play.example.org`."""
    database_url: str | None = Field(
        default=None, validation_alias=AliasChoices("THREEBIRDS_DATABASE_URL", "DATABASE_URL")
    )
    """Where the log is kept; None: SQLite in `data`."""
    redis_url: str | None = Field(default=None, validation_alias=AliasChoices("THREEBIRDS_REDIS_URL", "REDIS_URL"))
    log_level: LogLevel = "warning"
    log_json: bool | None = None
    """One line of JSON each; None: where nobody watches."""
    metrics_token: SecretStr = SecretStr("")
    """Whoever bears it may read `/metrics`; empty: nobody."""
    actions_per_minute: int = Field(default=PUBLISHED.actions_per_minute, ge=1)
    """How much one person may do; a table of quick bots needs more than a class."""
    keep_days: int = Field(default=180, ge=0)
    """A table at which nothing has happened for so many days is deleted with all its words; 0: never."""
    frames_kept: int = Field(default=512, ge=1)
    """How many events of each viewer are kept ready for people who come back; who was away longer starts anew."""
    folded_every: int = Field(default=512, ge=1)
    """After so many events what a log leads to is kept, so that a restart need not fold it from the beginning."""
    bot_pace_ms: int = Field(default=1_000, ge=0)
    """How long people get to see each move of a bot."""

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data / 'threebirds.db'}"

    @property
    def bind(self) -> str:
        return "0.0.0.0" if self.lan else self.host  # noqa: S104  # what --lan asks for
