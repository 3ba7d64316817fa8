// What is typed into a form of content is kept in this tab until it was saved: a lost session, a
// closed lid or a fault on the way takes nothing away. It is content, and nothing a patient wrote.
"use strict";
{
  const form = document.querySelector("form[data-kept]");
  const PAUSE = 400;

  if (form) {
    const name = `dorsi-content ${form.dataset.kept}`;
    const skipped = new Set(["csrf", "base", "part"]);
    const boxes = () => [...form.elements].filter((box) => box.name && !skipped.has(box.name) && box.type !== "hidden");
    const worth = (box) => box.type === "checkbox" ? String(box.checked) : box.value;
    const typed = () => JSON.stringify(boxes().map((box) => [box.name, worth(box)]));
    const asShown = typed();
    let saving = false;
    let waiting;

    const keep = () => {
      if (typed() === asShown) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, JSON.stringify({ base: form.elements.base.value, boxes: typed() }));
    };

    const put = (kept) => {
      for (const [index, box] of boxes().entries()) {
        const value = kept[index]?.[0] === box.name ? kept[index][1] : null;
        if (value === null) continue;
        if (box.type === "checkbox") box.checked = value === "true";
        else box.value = value;
      }
      form.dispatchEvent(new Event("input", { bubbles: true }));
    };

    const offer = (kept) => {
      const note = document.createElement("div");
      const text = document.createElement("p");
      const button = document.createElement("button");
      note.className = "notice warn";
      note.setAttribute("role", "status");
      text.textContent = "You typed something here before that was not saved.";
      button.type = "button";
      button.className = "plain small";
      button.textContent = "Put it back into the form";
      button.addEventListener("click", () => {
        put(JSON.parse(kept.boxes));
        form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
        note.remove();
      });
      note.append(text, button);
      form.prepend(note);
    };

    // A form that comes back with something to mend holds what was typed already.
    const kept = JSON.parse(sessionStorage.getItem(name) ?? "null");
    if (kept && form.dataset.state === "saved") sessionStorage.removeItem(name);
    else if (kept && kept.boxes !== asShown && form.dataset.state !== "returned") offer(kept);

    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(keep, PAUSE);
    });
    form.addEventListener("submit", () => {
      clearTimeout(waiting);
      keep();
      saving = true;
    });
    addEventListener("beforeunload", (event) => {
      if (!saving && (typed() !== asShown || form.dataset.state === "returned")) event.preventDefault();
    });
  }
}
