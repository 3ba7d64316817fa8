/* What a message about an exercise shows: the step, the picture, the numbers and what counts them. */
import { announce, button, element, word } from "./dom.js";
import { inSeconds, timer } from "./timer.js";

/* Which step this is, unless the words say so themselves. */
export function stepOf({ step, of, text }) {
  const said = word("step", { step, of });
  return step && !text.includes(said) ? [element("p", "step", said)] : [];
}

/* The picture of the step, the chart, and for each number a line and something to count with. */
export function partsOf(message) {
  const parts = [];
  if (message.image) parts.push(picture(message.image));
  if (message.chart) parts.push(chart(message.chart));
  if (message.repetitions) {
    parts.push(amount(message.repetitions, inTimes), counter(message.repetitions));
  }
  if (message.seconds) parts.push(amount(message.seconds, inSeconds), timer(message.seconds));
  return parts;
}

const inTimes = (count) => word(count === 1 ? "time" : "times", { count });

function amount({ least, most }, inWords) {
  const both = least === most ? inWords(most) : word("range", { least, most: inWords(most) });
  return element("p", "amount", both);
}

function picture({ url, alt }) {
  const made = element("img", "picture");
  made.alt = alt;
  made.src = url;
  return made;
}

/* A drawing comes as text. As an image it can run nothing and fetch nothing. */
function chart({ svg, alt }) {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const made = picture({ url, alt });
  made.classList.add("chart");
  for (const end of ["load", "error"]) made.addEventListener(end, () => URL.revokeObjectURL(url));
  return made;
}

/* A button to press once for each repetition, and one for a hand that trembled. */
function counter({ least, most }) {
  const made = element("div", "tool");
  // It is announced: read here as well it would be read twice.
  made.setAttribute("aria-live", "off");
  const shown = element("span", "left");
  let done = 0;
  const count = (change) => {
    done = Math.min(Math.max(done + change, 0), most);
    const said = inWords(done, least, most);
    shown.textContent = said;
    announce(said);
  };
  made.append(
    button(word("plus"), () => count(+1), "big"),
    shown,
    button(word("minus"), () => count(-1), "quiet"),
  );
  shown.textContent = inWords(0, least, most);
  return made;
}

function inWords(done, least, most) {
  if (done === most) return word("all", { most });
  return word(done >= least ? "enough" : "counted", { done, most });
}
