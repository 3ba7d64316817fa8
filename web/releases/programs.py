"""An engine as the supervisor's configuration has it."""

from collections.abc import Mapping
from pathlib import Path

_PROGRAM = """[program:{name}]
command={command}
directory=%(ENV_DORSI_ROOT)s
environment={environment}
priority={priority}
autorestart=true
startretries=1000
stopasgroup=true
killasgroup=true
stopwaitsecs=15
redirect_stderr=true
stdout_logfile=%(ENV_DORSI_HOME)s/log/{name}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=1
"""
_PYTHON = '"%(ENV_DORSI_ROOT)s/.venv/bin/python"'
_ACTIONS = f"{_PYTHON} -m rasa_sdk --actions actions --port {{port}}"
_RASA = (
    f"{_PYTHON} -m assistant run --model {{model}} --interface 127.0.0.1 --port {{port}} "
    "--endpoints endpoints.yml --credentials credentials.yml"
)


def configuration(
    names: tuple[str, str], *, number: int, data: Path, model: Path, ports: tuple[int, int]
) -> str:
    """The supervisor's configuration of an engine.

    Args:
        names: of its programs: the action server and Rasa.
        number: the release.
        data: its content.
        model: its model.
        ports: where the two listen.
    """
    actions, rasa = ports
    common = {"DORSI_SERVED": str(number), "DORSI_DATA": str(data), "ACTIONS_PORT": str(actions)}
    return "\n".join(
        [
            _PROGRAM.format(
                name=names[0],
                command=_ACTIONS.format(port=actions),
                environment=_environment({**common, "SANIC_HOST": "127.0.0.1"}),
                priority=1,
            ),
            _PROGRAM.format(
                name=names[1],
                command=_RASA.format(port=rasa, model=_quoted(str(model))),
                environment=_environment({**common, "RASA_PORT": str(rasa)}),
                priority=2,
            ),
        ]
    )


def _environment(values: Mapping[str, str]) -> str:
    return ",".join(f"{name}={_quoted(value)}" for name, value in values.items())


def _quoted(value: str) -> str:
    """A value as supervisord reads it; of quotes in a value it knows nothing."""
    return f'"{value.replace("%", "%%")}"'
