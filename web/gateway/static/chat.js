/* The patient's page. Texts are put in with textContent only: nothing that anybody wrote can
   become part of the page's code. */
"use strict";

const TOKEN = "dorsi.session";
const TIMEOUT_MS = 20000;
const WRITING = "Dorsi is writing…";
const NOT_SENT =
  "Not sent. Please check the internet. In an emergency, call your emergency number.";
const ALERTS = {
  soon: "See someone about this soon",
  urgent: "Get help today",
  emergency: "Get help now",
};

const log = document.getElementById("log");
const form = document.getElementById("form");
const box = document.getElementById("text");
const status_ = document.getElementById("status");

let waiting = 0;
let begun; // a promise: kept when there is a session

/* ---- talking with the gateway ---- */

class Refused extends Error {
  constructor(status, { error = {}, messages = [] }) {
    super(error.message || "That did not work. Please try again.");
    this.status = status;
    this.code = error.code;
    this.advice = messages;
  }
}

async function call(method, path, body) {
  const headers = {};
  const token = sessionStorage.getItem(TOKEN);
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const response = await fetch(path, {
    method,
    headers,
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

async function openSession() {
  sessionStorage.removeItem(TOKEN);
  // The site that links here may say where its patients are; a browser's language does not.
  const region = new URLSearchParams(location.search).get("region");
  const opened = await call("POST", "/api/sessions", region ? { region } : {});
  sessionStorage.setItem(TOKEN, opened.session);
  return opened.messages;
}

/* crypto.randomUUID is there on secure pages only. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/* ---- building the page ---- */

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function bubble(from, level) {
  const made = element("div", `message from-${from}`);
  if (ALERTS[level]) made.classList.add(`level-${level}`);
  made.append(element("p", "who", from === "patient" ? "You" : "Dorsi"));
  if (ALERTS[level]) made.append(element("p", "alert", `⚠ ${ALERTS[level]}`));
  return made;
}

function showPatient(message) {
  const made = bubble("patient");
  made.append(element("p", "", message.text || "(an empty message)"));
  log.append(made);
  retireChoices(made);
  return made;
}

/* What was offered before a newer message answers nothing any more: a late tap must not be taken
   for the answer to another question. A disabled button loses the focus, and with it a keyboard
   or a screen reader its place: the newer message takes it over. */
function retireChoices(newer) {
  const held = document.activeElement?.closest(".choices");
  for (const button of log.querySelectorAll(".choices button")) button.disabled = true;
  if (!held) return;
  newer.tabIndex = -1;
  newer.focus({ preventScroll: true });
}

function showDorsi(message) {
  const made = bubble("dorsi", message.level);
  made.append(element("p", "", message.text));
  if (message.buttons.length) made.append(choices(message.buttons));
  if (message.sources.length) made.append(sources(message.sources));
  log.append(made);
  return made;
}

function choices(buttons) {
  const list = element("ul", "choices");
  for (const button of buttons) {
    const made = element("button", "", button.title);
    made.type = "button";
    made.addEventListener("click", () => {
      // A hand that trembles presses twice.
      if (waiting) return;
      made.setAttribute("aria-pressed", "true");
      say({ id: newId(), choice: button.id }, button.title);
    });
    const item = element("li");
    item.append(made);
    list.append(item);
  }
  return list;
}

function sources(found) {
  const details = element("details");
  details.append(element("summary", "", "Where this comes from"));
  const list = element("ul");
  for (const source of found) {
    const item = element("li");
    const link = element("a", "", source.title);
    if (/^https?:\/\//.test(source.url)) link.href = source.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    item.append(link);
    const more = [source.publisher, source.reviewed && `reviewed ${source.reviewed}`];
    const known = more.filter(Boolean).join(", ");
    if (known) item.append(` (${known})`);
    list.append(item);
  }
  details.append(list);
  return details;
}

/* Show a new message, or several: all of it where there is room, or else its beginning. */
function bringIntoView(first, last = first) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const height = last.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
  const room = innerHeight - form.parentElement.offsetHeight;
  const [target, block] = height < room ? [last, "nearest"] : [first, "start"];
  target.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}

function showWaiting(change) {
  waiting += change;
  if (waiting) status_.textContent = WRITING;
  else if (status_.textContent === WRITING) status_.textContent = "";
}

/* ---- sending ---- */

function say(message, shownText) {
  const shown = showPatient({ text: shownText });
  bringIntoView(shown);
  return deliver(message, shown);
}

/* Send a message, or send it again under the same id: the gateway takes it once only. */
async function deliver(message, shown) {
  shown.querySelector(".failed")?.remove();
  showWaiting(+1);
  try {
    await begun; // who types at once may be quicker than the session
    const { messages } = await call("POST", "/api/messages", message);
    const made = messages.map(showDorsi);
    bringIntoView(made[0], made[made.length - 1]);
  } catch (error) {
    await notDelivered(error, message, shown);
  } finally {
    showWaiting(-1);
  }
}

async function notDelivered(error, message, shown) {
  const refused = error instanceof Refused;
  if (refused && error.status === 401) {
    await startAgain("This conversation has ended. Here is a new one. Please send your message again.");
    if (message.text && !box.value) box.value = message.text;
    return;
  }
  const again = !refused || error.status >= 500;
  const failed = element("div", "failed");
  failed.append(element("p", "", refused ? error.message : NOT_SENT));
  if (again) {
    const retry = element("button", "", "Send it again");
    retry.type = "button";
    retry.addEventListener("click", () => {
      box.focus();
      deliver(message, shown);
    });
    failed.append(retry);
  }
  shown.append(failed);
  // Advice that was given although the message could not be kept.
  const advice = refused ? error.advice.map(showDorsi) : [];
  bringIntoView(advice[0] || failed, advice[advice.length - 1]);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value;
  if (!text.trim()) {
    status_.textContent = "Please write something first.";
    box.focus();
    return;
  }
  box.value = "";
  say({ id: newId(), text }, text);
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

/* ---- beginning, coming back, erasing ---- */

async function begin() {
  try {
    if (sessionStorage.getItem(TOKEN) && (await showHistory())) return;
    (await openSession()).forEach(showDorsi);
  } catch {
    showTrouble();
  } finally {
    log.setAttribute("aria-busy", "false");
  }
}

/* Show what was said before; false where the gateway does not know the conversation any more. */
async function showHistory() {
  let entries;
  try {
    entries = (await call("GET", "/api/messages")).messages;
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return false;
    throw error;
  }
  let last;
  for (const entry of entries) {
    last = entry.from === "patient" ? showPatient(entry) : showDorsi(entry);
  }
  const end = entries[entries.length - 1];
  if (end?.from === "patient") {
    // It was kept, but its answer was not made: ask for it.
    const { id, text, choice } = end;
    deliver(choice ? { id, choice } : { id, text }, last);
  }
  if (last && entries.length > 1) bringIntoView(last);
  return true;
}

function showTrouble() {
  const made = bubble("dorsi");
  made.append(element("p", "", "Dorsi cannot be reached just now. In an emergency, call your emergency number."));
  const retry = element("button", "", "Try again");
  retry.type = "button";
  retry.addEventListener("click", () => {
    made.remove();
    box.focus();
    begun = begin();
  });
  made.append(retry);
  log.append(made);
}

async function startAgain(why) {
  log.replaceChildren();
  sessionStorage.removeItem(TOKEN);
  begun = begin();
  await begun;
  status_.textContent = why;
}

document.getElementById("erase").addEventListener("click", async () => {
  if (!confirm("Erase this conversation? It cannot be brought back.")) return;
  try {
    await call("DELETE", "/api/session");
  } catch (error) {
    if (!(error instanceof Refused && error.status === 401)) {
      status_.textContent = "It could not be erased. Please try again in a minute.";
      return;
    }
  }
  await startAgain("Your conversation is erased. This is a new one.");
});

begun = begin();
