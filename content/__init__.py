"""Everything an editor owns, read from ``data/`` into plain values. No Rasa, no network."""

from content.files import CatalogueError
from content.load import load
from content.model import Act, Aspect, Catalogue, Message, Region, Source, Topic

__all__ = [
    "Act",
    "Aspect",
    "Catalogue",
    "CatalogueError",
    "Message",
    "Region",
    "Source",
    "Topic",
    "load",
]
