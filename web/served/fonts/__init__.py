"""The fonts of what is printed."""

from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).parent
FONT: Final = "DejaVu"
REGULAR: Final = "DejaVuSans.ttf"
BOLD: Final = "DejaVuSans-Bold.ttf"
