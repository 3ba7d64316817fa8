"""Further doors for clients of other chat systems; each is shut unless the settings open it."""

from fastapi import FastAPI

from gateway.channels import rest, socketio
from gateway.settings import Settings


def install(app: FastAPI, settings: Settings) -> None:
    """Open the doors that the settings name.

    Args:
        app: what they belong to.
        settings: which they are, and where the secret is kept.

    Raises:
        OSError: the secret can be neither read nor made.
    """
    if "rest" in settings.dorsi_channels:
        rest.install(app, settings.dorsi_home)
    if "socketio" in settings.dorsi_channels:
        socketio.install(app)
