"""The tables that the gateway and the desk share, and the connection to them. It knows neither.

All tables are known as soon as one is: they refer to each other.
"""

from records import conversations, models, people, publishing, reviewing

__all__ = ["conversations", "models", "people", "publishing", "reviewing"]
