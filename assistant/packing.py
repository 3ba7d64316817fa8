"""Models packed quickly: the archives that Rasa writes are not squeezed to the utmost.

Rasa asks for a gzip archive and leaves the level to the library, whose default, the highest, takes
many seconds for a few per cent of a file that ``deploy.slim`` packs anew anyway.
"""

from __future__ import annotations

from functools import partial

from tarsafe import TarSafe

LEVEL = 1


def pack_quickly() -> None:
    """Have every gzip archive that is opened by ``TarSafe`` written at the quickest level."""
    TarSafe.gzopen = partial(TarSafe.gzopen, compresslevel=LEVEL)
