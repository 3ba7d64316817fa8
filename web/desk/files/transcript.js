// The keys n and p lead to the next turn that is unsure or flagged, and to the one before.
// They can be turned off: whoever speaks to their computer presses keys without meaning to.
"use strict";
{
  const OFF = "desk-keys-off";
  const button = document.querySelector("[data-keys]");
  const turns = document.querySelector(".turns");
  const marked = [...document.querySelectorAll(".turns .m")];

  const isOn = () => localStorage.getItem(OFF) === null;
  const show = () => button.setAttribute("aria-pressed", String(isOn()));

  const here = () => {
    const current = document.activeElement?.closest(".turns article") ?? document.querySelector(".turns article:target");
    return current ?? null;
  };

  const after = (from) => marked.find((turn) =>
    !from || from.compareDocumentPosition(turn) & Node.DOCUMENT_POSITION_FOLLOWING);
  const before = (from) => marked.findLast((turn) =>
    from && from.compareDocumentPosition(turn) & Node.DOCUMENT_POSITION_PRECEDING);

  const go = (forwards) => {
    const to = forwards ? after(here()) : before(here());
    if (to) {
      to.focus();
      to.scrollIntoView({ block: "start" });
      history.replaceState(null, "", `#${to.id}`);
      return;
    }
    const elsewhere = turns.dataset[forwards ? "next" : "previous"];
    if (elsewhere) location.assign(`/conversations/${turns.dataset.number}/turns/${elsewhere}`);
  };

  if (button && turns) {
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      if (isOn()) localStorage.setItem(OFF, "1");
      else localStorage.removeItem(OFF);
      show();
    });
    document.addEventListener("keydown", (event) => {
      if (!isOn() || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      if (event.key === "n" || event.key === "p") {
        event.preventDefault();
        go(event.key === "n");
      }
    });
  }
}
