import os
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.settings import REPOSITORY, Settings
from records import database

WEB = Path(__file__).resolve().parents[1]
NAMES = tuple(name.upper() for name in Settings.model_fields)


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_the_defaults_need_nothing_set() -> None:
    settings = Settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.database_url == f"sqlite:///{REPOSITORY / 'var' / 'dorsi.db'}"
    assert settings.dorsi_data == REPOSITORY / "data"
    assert settings.rasa_url == "http://127.0.0.1:5005"
    assert settings.rasa_timeout == 10
    assert (settings.dorsi_origins, settings.dorsi_channels) == (frozenset(), frozenset())
    assert (settings.dorsi_rate_limit, settings.rate_limit_storage) == (True, "memory://")
    assert settings.trusted_proxies == "127.0.0.1"


def test_lists_have_commas_and_switches_are_on_or_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DORSI_CHANNELS", "rest, SocketIO")
    monkeypatch.setenv("DORSI_RATE_LIMIT", "off")
    settings = Settings()
    assert settings.dorsi_channels == {"rest", "socketio"}
    assert not settings.dorsi_rate_limit


def test_the_database_moves_with_dorsi_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DORSI_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    assert Settings().database_url == f"sqlite:///{tmp_path / 'dorsi.db'}"


@pytest.mark.parametrize(
    ("url", "becomes"),
    [
        ("sqlite:////a/b.db", "sqlite+pysqlite:////a/b.db"),
        ("sqlite+aiosqlite:///b.db", "sqlite+pysqlite:///b.db"),
        ("postgresql://u:p%40@h/d", "postgresql+psycopg://u:p%40@h/d"),
        ("postgresql+asyncpg://h/d?ssl=require", "postgresql+psycopg://h/d?sslmode=require"),
        ("postgres://h/d?sslmode=require", "postgresql+psycopg://h/d?sslmode=require"),
    ],
)
def test_a_plain_database_address_gets_its_driver(url: str, becomes: str) -> None:
    assert database.address(url).render_as_string(hide_password=False) == becomes


@pytest.mark.parametrize("url", ["mysql://h/d", "nonsense"])
def test_another_database_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        database.address(url)


def gateway(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gateway", *words],
        cwd=WEB,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_help_says_what_there_is() -> None:
    result = gateway("--help")
    assert result.returncode == 0
    assert "migrate" in result.stdout
    assert all(name in result.stdout for name in NAMES)


def test_migrate_makes_the_database_and_its_private_folder(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    result = gateway("migrate", DORSI_HOME=str(home))
    assert (result.returncode, result.stderr) == (0, "")
    assert (home / "dorsi.db").is_file()
    assert home.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "run `python -m gateway migrate` first"),
        ({"DORSI_DATA": "/nowhere"}, "/nowhere/conversation/texts.yml: No such file"),
        ({"PORT": "many"}, "port"),
        ({"RETENTION_DAYS": "29"}, "RETENTION_DAYS must not be less than SESSION_DAYS"),
        ({"DORSI_ORIGINS": "clinic.example"}, "`clinic.example` is no origin"),
        ({"DORSI_CHANNELS": "telegram"}, "dorsi_channels"),
        ({"RATE_LIMIT_STORAGE": "mongodb://a"}, "rate_limit_storage"),
        ({"DATABASE_URL": "mysql://a/b"}, "must start with sqlite:// or postgresql://"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:1/x"}, "the database cannot be reached"),
    ],
)
def test_what_cannot_start_says_why_in_a_sentence(
    tmp_path: Path, content: Path, environment: dict[str, str], sentence: str
) -> None:
    here = {"DORSI_HOME": str(tmp_path), "DORSI_DATA": str(content)}
    result = gateway(**{**here, **environment})
    assert result.returncode == 1
    assert result.stderr.startswith("gateway: ")
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
