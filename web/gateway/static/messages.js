/* Messages as the page shows them. */
import * as diary from "./diary.js";
import { button, element, list, word } from "./dom.js";
import { downloads } from "./downloads.js";
import { partsOf, stepOf } from "./exercise.js";

const ALERTS = ["soon", "urgent", "emergency"];
const PATIENCE_MS = 1500;

const log = document.getElementById("log");
const footer = document.querySelector("footer");

export function bubble(from, level) {
  const made = element("div", `message from-${from}`);
  made.append(element("p", "who", word(from)));
  if (ALERTS.includes(level)) {
    made.classList.add(`level-${level}`);
    made.append(element("p", "alert", `⚠ ${word(level)}`));
  }
  return made;
}

export function showPatient(message) {
  const made = bubble("patient");
  made.append(element("p", "", message.text || word("empty")));
  log.append(made);
  retireChoices(made);
  return made;
}

/* What was offered before a newer message answers nothing any more: a late tap must not be taken
   for the answer to another question. A disabled button loses the focus, and with it a keyboard
   or a screen reader its place: the newer message takes it over. */
function retireChoices(newer) {
  const held = document.activeElement?.closest(".choices");
  for (const old of log.querySelectorAll(".choices button")) old.disabled = true;
  if (!held) return;
  newer.tabIndex = -1;
  newer.focus({ preventScroll: true });
}

/* Show a message of Dorsi's; `take(choice)` is called for a button pressed and says whether. */
export function showDorsi(message, take) {
  const made = bubble("dorsi", message.level);
  made.append(...stepOf(message), element("p", "", message.text), ...partsOf(message));
  if (message.downloads) made.append(downloads(message.downloads));
  if (message.buttons.length) made.append(choices(message.buttons, take));
  if (message.sources.length) made.append(sources(message.sources));
  if ("remember" in message) diary.remember(message.remember);
  log.append(made);
  return made;
}

function choices(offered, take) {
  return list("choices", offered.map((choice) => {
    return button(choice.title, (pressed) => {
      if (take(choice)) pressed.setAttribute("aria-pressed", "true");
    });
  }));
}

function sources(found) {
  const details = element("details");
  details.append(element("summary", "", word("sources")), list("", found.map(source)));
  return details;
}

function source({ title, url, publisher, reviewed }) {
  const link = element("a", "", title);
  if (/^https?:\/\//.test(url)) link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  const more = [publisher, reviewed && word("reviewed", { date: reviewed })];
  const known = more.filter(Boolean).join(", ");
  return known ? [link, ` (${known})`] : [link];
}

/* Show a new message, or several: all of it where there is room, or else its beginning. */
export function bringIntoView(first, last = first) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const height = last.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
  const room = innerHeight - footer.offsetHeight;
  const [target, block] = height < room ? [last, "nearest"] : [first, "start"];
  target.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}

/* Wait until the pictures of these messages take up their room, but not for long. */
export async function settled(shown) {
  const pictures = shown.flatMap((one) => [...one.querySelectorAll("img")]);
  const loaded = Promise.allSettled(pictures.map((picture) => picture.decode()));
  if (pictures.length) await Promise.race([loaded, new Promise((go) => setTimeout(go, PATIENCE_MS))]);
}
