"""How much may be sent to the desk at once: more where a spreadsheet is."""

import re

from served.limits import MAX_BODY

# All topics are one million bytes.
MAX_SHEET = 4 * 1024 * 1024
IMPORT = "/changes/{id:int}/import"
_IMPORT = re.compile(r"/changes/\d+/import", re.ASCII)


def most(path: str) -> int:
    """How many bytes may be sent to an address of the desk."""
    return MAX_SHEET if _IMPORT.fullmatch(path) else MAX_BODY
