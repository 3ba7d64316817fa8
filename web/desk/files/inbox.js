// Keys of the inbox's list: j goes to the next conversation, k to the one before, Enter opens it.
// The link of each row has the focus, so that Enter is the browser's own doing.
const links = [...document.querySelectorAll("[data-list] tbody a")];

function isTyping(target) {
  return target instanceof Element && target.closest("input, select, textarea, summary") !== null;
}

document.addEventListener("keydown", (event) => {
  const steps = { j: 1, k: -1 };
  if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (links.length === 0 || isTyping(event.target)) return;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? 0 : Math.min(Math.max(at + steps[event.key], 0), links.length - 1);
  links[next].focus();
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  for (const link of links) link.closest("tr").classList.toggle("at", link === event.target);
});
