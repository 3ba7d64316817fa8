"""``python -m assistant …``: Rasa's own command line, quicker (``docs/decisions/0017``)."""

from __future__ import annotations

import sys

from assistant.checking import check_schema_once
from assistant.lazy import put_off
from assistant.packing import pack_quickly


def main() -> None:
    """Do what ``rasa`` does with the same arguments."""
    put_off()
    pack_quickly()
    check_schema_once()
    if sys.argv[1:2] == ["train"]:
        from assistant.training import know_few

        know_few()
    from rasa.__main__ import main as rasa

    rasa()


if __name__ == "__main__":
    main()
