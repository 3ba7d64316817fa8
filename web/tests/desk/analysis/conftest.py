"""Figures as the checks of a release leave them."""

from typing import Any

from sqlalchemy import Connection, insert

from records.publishing import Release, Switch

FIGURES: dict[str, Any] = {
    "figures": {
        "accuracy": {
            "overall": {"before": 0.82, "after": 0.81, "of": 16170, "unit": "share"},
            "brace/types": {"before": 0.85, "after": 0.8, "of": 60, "unit": "share"},
            "brace/shoes": {"before": None, "after": 0.4, "of": 30, "unit": "share"},
            "brace/gone": {"before": 0.5, "after": None, "of": None, "unit": "share"},
        },
        "precision": {"brace/types": {"before": 0.9, "after": 0.95, "of": 50, "unit": "share"}},
    },
    "confusion": [
        {"label": "brace/shoes", "as": "brace/types", "count": 3, "before": 1, "sentences": []},
        {
            "label": "brace/types",
            "as": "brace/choosing",
            "count": 6,
            "before": 3,
            "sentences": ["soft, stiff or <b>springy</b>"],
        },
    ],
    "sides": [
        {
            "text": "what else do they come in",
            "label": "brace/types",
            "before": "brace/types",
            "after": "brace/choosing",
            "right_before": True,
            "right_after": False,
            "step": "understanding",
        },
        {
            "text": "my calf is large",
            "label": "dvt",
            "before": "urgent",
            "after": "none",
            "right_before": True,
            "right_after": False,
            "step": "safety",
        },
    ],
    "suspect": [
        {
            "text": "which one",
            "label": "brace/types",
            "likely": "brace/choosing",
            "probability": 0.9,
        }
    ],
}


def go_live(db: Connection, number: int = 1, figures: Any = FIGURES) -> None:
    """A release that is live."""
    sums = {"commit": "c" * 40, "checksum": "d" * 64, "model_checksum": "e" * 64}
    db.execute(insert(Release).values(number=number, figures=figures, **sums))
    db.execute(insert(Switch).values(release=number, kind="publish", state="live"))
