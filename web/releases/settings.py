"""What can be set from the environment, and the defaults."""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """The settings of a machine's releases; each field is the environment variable of that name.

    Raises:
        pydantic.ValidationError: a variable cannot be read as its type.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True)

    dorsi_home: Path = REPOSITORY / "var"
    dorsi_data: Path = REPOSITORY / "data"
    """The content that is installed, which is served until something is published."""
    dorsi_model: Path | None = None
    """The model of that content."""
    database_url: str = ""
    """Empty stands for the file dorsi.db in `dorsi_home`."""
    dorsi_releases: Path | None = None
    """The folder of all releases, which replicas share; unset, it is in `dorsi_home`."""
    dorsi_release: str = Field(default="", pattern="^(none)?$")
    """`none` serves what is installed, whatever was published."""
    dorsi_replica: str = Field(default="main", min_length=1, max_length=80)
    """What this machine's gateway and Rasa are called among several."""
    dorsi_code: str = ""
    """What models are trained by here."""
    dorsi_supervisor: Path | None = None
    """The socket on which the supervisor listens; unset, it is in `dorsi_home`."""
    rasa_url: str = "http://127.0.0.1:5005"
    """Where the Rasa listens that everything is started with."""

    @property
    def releases(self) -> Path:
        """The folder of all releases."""
        return self.dorsi_releases or self.dorsi_home / "releases"

    @property
    def supervisor(self) -> Path:
        """The socket on which the supervisor listens."""
        return self.dorsi_supervisor or self.dorsi_home / "supervisor.sock"

    @model_validator(mode="after")
    def _name_the_database(self) -> Self:
        if not self.database_url:
            self.database_url = f"sqlite:///{self.dorsi_home.absolute() / 'dorsi.db'}"
        return self
