/* The patient's page: sending, beginning, coming back, erasing. */
import * as diary from "./diary.js";
import { announce, button, element, showWriting, word } from "./dom.js";
import { Refused, call, hasSession, leaveSession, newId, openSession } from "./gateway.js";
import { bringIntoView, bubble, settled, showDorsi, showPatient } from "./messages.js";
import { stopTimer } from "./timer.js";

const log = document.getElementById("log");
const form = document.getElementById("form");
const box = document.getElementById("text");

let waiting = 0;
let begun; // a promise: kept when there is a session

function showWaiting(change) {
  waiting += change;
  showWriting(waiting > 0);
}

/* ---- sending ---- */

function say(message, shownText) {
  stopTimer();
  const shown = showPatient({ text: shownText });
  bringIntoView(shown);
  return deliver(message, shown);
}

function take(choice) {
  // A hand that trembles presses twice.
  if (waiting) return false;
  say({ id: newId(), choice: choice.id }, choice.title);
  return true;
}

const showReply = (message) => showDorsi(message, take);

/* Send a message, or send it again under the same id: the gateway takes it once only. */
async function deliver(message, shown) {
  shown.querySelector(".failed")?.remove();
  showWaiting(+1);
  try {
    await begun; // who types at once may be quicker than the session
    const { messages } = await call("POST", "/api/messages", message);
    const made = messages.map(showReply);
    await settled(made);
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
    await startAgain(word("ended"));
    if (message.text && !box.value) box.value = message.text;
    return;
  }
  const again = !refused || error.status >= 500;
  const failed = element("div", "failed");
  failed.append(element("p", "", refused ? error.message : word("notSent")));
  if (again) {
    failed.append(button(word("again"), () => {
      box.focus();
      deliver(message, shown);
    }));
  }
  shown.append(failed);
  // Advice that was given although the message could not be kept.
  const advice = refused ? error.advice.map(showReply) : [];
  bringIntoView(advice[0] || failed, advice[advice.length - 1]);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value;
  if (!text.trim()) {
    announce(word("nothing"));
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
    if (hasSession() && (await showHistory())) return;
    (await openSession()).forEach(showReply);
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
  const shown = entries.map((entry) => {
    return entry.from === "patient" ? showPatient(entry) : showReply(entry);
  });
  const [last, end] = [shown[shown.length - 1], entries[entries.length - 1]];
  if (end?.from === "patient") {
    // It was kept, but its answer was not made: ask for it.
    const { id, text, choice } = end;
    deliver(choice ? { id, choice } : { id, text }, last);
  }
  if (entries.length > 1) settled([last]).then(() => bringIntoView(last));
  return true;
}

function showTrouble() {
  const made = bubble("dorsi");
  made.append(element("p", "", word("unreachable")), button(word("retry"), () => {
    made.remove();
    box.focus();
    begun = begin();
  }));
  log.append(made);
}

async function startAgain(why) {
  log.replaceChildren();
  leaveSession();
  begun = begin();
  await begun;
  announce(why);
}

/* Erase the conversation and the diary; where the conversation is gone already, the diary. */
async function erase() {
  try {
    await call("DELETE", "/api/session");
  } catch (error) {
    if (!(error instanceof Refused && error.status === 401)) throw error;
    if (!diary.remembered()) return;
    await openSession();
    await call("DELETE", "/api/session");
  }
}

document.getElementById("erase").addEventListener("click", async () => {
  if (!confirm(word("sure"))) return;
  stopTimer();
  try {
    await erase();
  } catch {
    announce(word("notErased"));
    return;
  }
  diary.drop();
  await startAgain(word("erased"));
});

begun = begin();
