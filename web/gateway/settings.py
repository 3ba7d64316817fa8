"""What can be set from the environment, and the defaults."""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[2]


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

    @model_validator(mode="after")
    def _name_the_database(self) -> Self:
        if not self.database_url:
            self.database_url = f"sqlite:///{self.dorsi_home.absolute() / 'dorsi.db'}"
        return self
