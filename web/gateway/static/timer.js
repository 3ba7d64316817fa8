/* Counting seconds down, for an exercise that is held. */
import { announce, button, element, word } from "./dom.js";

const TICK_MS = 200;

let stopRunning = () => {}; // one timer runs at a time

/* What the patient does next ends what still runs. */
export const stopTimer = () => stopRunning();

export const inSeconds = (count) => word(count === 1 ? "second" : "seconds", { count });

/* A button for the least and, where it differs, one for the most seconds; and what is left. */
export function timer({ least, most }) {
  // What changes every second must not be read aloud every second.
  const made = element("div", "tool");
  made.setAttribute("aria-live", "off");
  const left = element("span", "left");
  left.setAttribute("role", "timer");
  const bar = element("progress");
  bar.setAttribute("aria-hidden", "true");
  bar.hidden = true;
  for (const count of new Set([least, most])) {
    made.append(button(word("start", { time: inSeconds(count) }), (pressed) => {
      if (made.dataset.running) stopTimer();
      else run(count, pressed, { made, left, bar });
    }, "big"));
  }
  made.append(left, bar);
  return made;
}

function run(count, pressed, { made, left, bar }) {
  stopTimer();
  const label = pressed.textContent;
  const others = [...made.querySelectorAll("button")].filter((other) => other !== pressed);
  // Counted from the clock: a page in the background ticks late.
  const end = performance.now() + count * 1000;
  const ticking = setInterval(tick, TICK_MS);
  made.dataset.running = "yes";
  pressed.textContent = word("stop");
  for (const other of others) other.disabled = true;
  bar.hidden = false;
  bar.max = count;
  announce(word("started", { time: inSeconds(count) }));
  stopRunning = () => finish(word("stopped"));
  tick();

  function tick() {
    const seconds = Math.ceil((end - performance.now()) / 1000);
    if (seconds <= 0) {
      finish(word("held", { time: inSeconds(count) }));
      return;
    }
    if (left.textContent === String(seconds)) return;
    left.textContent = seconds;
    bar.value = count - seconds;
  }

  function finish(said) {
    clearInterval(ticking);
    stopRunning = () => {};
    delete made.dataset.running;
    pressed.textContent = label;
    for (const other of others) other.disabled = false;
    bar.hidden = true;
    left.textContent = said;
    announce(said);
  }
}
