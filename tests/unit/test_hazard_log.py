"""The hazard log names tests that exist."""

from __future__ import annotations

import re

from deploy.train import ROOT

LOG = (ROOT / "docs" / "hazard_log.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def test_every_test_that_controls_a_hazard_is_where_the_log_says() -> None:
    named = NAMED.findall(LOG)
    assert len(named) > 60
    for file, test in named:
        code = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^(async )?def {test}\(", code, re.MULTILINE), f"{file}::{test}"
