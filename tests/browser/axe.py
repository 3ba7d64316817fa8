"""What axe-core finds on a page, its shadow trees included."""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from deploy.train import ROOT

AXE = ROOT / "tests/browser/node_modules/axe-core/axe.min.js"
# On top of all that is checked anyway: the strictest contrast, and targets for unsteady hands.
STRICT = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}
FORCED = {f"color-contrast{more}": {"enabled": False} for more in ("", "-enhanced")}
RUN = """async (rules) => {
    const found = await axe.run(document, { rules, resultTypes: ["violations"] });
    return found.violations.flatMap(({ id, impact, nodes }) =>
        nodes.map((node) => `${id} (${impact}): ${node.target.flat().join(" ")}: `
            + node.failureSummary.split("\\n").slice(1).join(" ").trim()));
}"""


def found(page: Page, *, colours: bool = True) -> list[str]:
    """Every violation, of any level: rule, how bad, where, why.

    Args:
        page: what is looked at.
        colours: whether the colours are the page's own; axe does not see what a device forces.
    """
    # Evaluated by the debugger, not by the page, whose rules would rightly forbid it.
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_source())
    # What is still moving has no colour to measure yet.
    page.evaluate(
        "() => Promise.all(document.getAnimations().map(a => a.finished.catch(() => {})))"
    )
    rules = STRICT | ({} if colours else FORCED)
    return list(page.evaluate(RUN, rules))


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")
