"""What can be set from the environment, and the defaults."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[2]

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:.]+\](:[0-9]{1,5})?")

type Channel = Literal["rest", "socketio"]


class Settings(BaseSettings):
    """The gateway's settings; each field is the environment variable of that name.

    Raises:
        pydantic.ValidationError: a variable cannot be read as its type.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    dorsi_home: Path = REPOSITORY / "var"
    dorsi_data: Path = REPOSITORY / "data"
    database_url: str = ""
    """Empty stands for the file dorsi.db in `dorsi_home`."""
    rasa_url: str = "http://127.0.0.1:5005"
    rasa_timeout: float = Field(default=10.0, gt=0)
    """Seconds a patient waits for Rasa before Dorsi apologises."""

    dorsi_served: int | None = None
    """The release that Rasa at `rasa_url` serves. Unset, there are none: nothing is switched."""
    dorsi_releases: Path | None = None
    """The folder of all releases, which replicas share; unset, it is in `dorsi_home`."""
    dorsi_replica: str = Field(default="main", min_length=1, max_length=80)
    """What this gateway and its Rasa are called among several."""
    dorsi_drain_minutes: float = Field(default=10, ge=0)
    """For so long after a switch, what is under way in a conversation goes on as it began."""

    dorsi_origins: Annotated[frozenset[str], NoDecode] = frozenset()
    """Other sites whose pages may use the API, such as `https://clinic.example`."""
    dorsi_channels: Annotated[frozenset[Channel], NoDecode] = frozenset()
    """Further doors, shut by default."""
    dorsi_rate_limit: bool = True
    rate_limit_storage: str = Field(
        default="memory://", pattern=r"^(memory://|(redis|rediss|redis\+unix)://.+)$"
    )
    """Where what was sent is counted: here, or in a Redis that several gateways share."""
    trusted_proxies: str = "127.0.0.1"
    """Whose word on a patient's address is taken: addresses with commas between, or `*`."""

    session_idle_days: float = Field(default=7, gt=0)
    """A session nobody used for so long has ended."""
    session_days: float = Field(default=30, gt=0)
    """A session has ended so long after it began."""
    retention_days: float = Field(default=90, gt=0)
    """A conversation is erased so long after its last message, never before its session ends."""

    @property
    def releases(self) -> Path:
        """The folder of all releases."""
        return self.dorsi_releases or self.dorsi_home / "releases"

    @field_validator("dorsi_origins", "dorsi_channels", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return {part.strip().rstrip("/").lower() for part in value.split(",") if part.strip()}

    @field_validator("dorsi_origins")
    @classmethod
    def _are_origins(cls, value: frozenset[str]) -> frozenset[str]:
        wrong = sorted(origin for origin in value if not _ORIGIN.fullmatch(origin))
        if wrong:
            raise ValueError(f"`{wrong[0]}` is no origin; write it as https://clinic.example")
        return value

    @model_validator(mode="after")
    def _keep_what_is_in_use(self) -> Self:
        if self.retention_days < self.session_days:
            raise ValueError("RETENTION_DAYS must not be less than SESSION_DAYS")
        return self

    @model_validator(mode="after")
    def _name_the_database(self) -> Self:
        if not self.database_url:
            self.database_url = f"sqlite:///{self.dorsi_home.absolute() / 'dorsi.db'}"
        return self
