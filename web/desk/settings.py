"""What can be set from the environment, and the defaults."""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """The desk's settings; each field is the environment variable of that name.

    Raises:
        pydantic.ValidationError: a variable cannot be read as its type.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True)

    desk_host: str = "127.0.0.1"
    desk_port: int = Field(default=8081, ge=0, le=65535)
    dorsi_home: Path = REPOSITORY / "var"
    dorsi_data: Path = REPOSITORY / "data"
    database_url: str = ""
    """Empty stands for the file dorsi.db in `dorsi_home`."""
    patient_url: str = Field(default="http://127.0.0.1:8080", pattern=r"^https?://[^\s]+$")
    """Where patients find Dorsi; links from the desk lead there."""
    trusted_proxies: str = "127.0.0.1"
    """Whose word on a visitor's address and scheme is taken: with commas between, or `*`."""

    desk_idle_minutes: float = Field(default=30, gt=0)
    """Somebody who does nothing for so long has to sign in again."""
    desk_hours: float = Field(default=10, gt=0)
    """Everybody has to sign in again so long after they did."""
    desk_secure_cookies: bool | None = None
    """Whether cookies are for HTTPS alone. Unset: yes, but for plain HTTP on this machine."""
    retention_days: float = Field(default=90, gt=0)
    """A conversation is erased so long after its last message."""

    dorsi_content_repository: str = str(REPOSITORY)
    """The git repository of the content: a folder or an address. The desk works in a copy."""
    dorsi_content_branch: str = "main"
    """The branch of that repository that is published."""
    dorsi_assistant_python: Path = REPOSITORY / ".venv/bin/python"
    """The Python of the assistant's part, which checks content and helps while it is written."""
    dorsi_releases: Path | None = None
    """The folder of all releases, which replicas share; unset, it is in `dorsi_home`."""
    dorsi_code: str = ""
    """What models are trained by here, as the start of everything told; empty: not known."""
    desk_check_minutes: float = Field(default=30, gt=0)
    """Checks that take longer are ended."""
    desk_releases_kept: int = Field(default=10, ge=2)
    """So many of the newest releases keep their folder, so that one can go back to them."""

    @property
    def releases(self) -> Path:
        """The folder of all releases."""
        return self.dorsi_releases or self.dorsi_home / "releases"

    @model_validator(mode="after")
    def _name_the_database(self) -> Self:
        if not self.database_url:
            self.database_url = f"sqlite:///{self.dorsi_home.absolute() / 'dorsi.db'}"
        return self
