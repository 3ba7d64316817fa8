"""The exercises and all the coach says: ``data/exercises`` and ``data/coach``."""

from content.coach.load import load_coach
from content.coach.model import Coach, Dose, Exercise, Range, Step, Variant

__all__ = ["Coach", "Dose", "Exercise", "Range", "Step", "Variant", "load_coach"]
