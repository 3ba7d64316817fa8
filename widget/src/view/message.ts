/* One message as it is shown. */
import { html, nothing } from "lit";
import { problem } from "../delivery";
import type { Item } from "../log";
import { clock, spell, type Key } from "../strings";
import type { DorsiMessage, Entry, PatientMessage } from "../types";
import { callsView } from "./calls";
import { choicesView } from "./choices";
import type { Context } from "./context";
import { downloadsView } from "./downloads";
import { numbersView, stepView } from "./exercise";
import { feedbackView } from "./feedback";
import { alert } from "./icons";
import { pictureView } from "./picture";
import { sourcesView } from "./sources";
import { textView } from "./text";

/** What a message shows because of those around it. */
export interface Place {
  /** The message before is of the same side. */
  repeated: boolean;
  /** Nothing that can be voted on follows in the same turn. */
  votes: boolean;
}

const HEADINGS: Partial<Record<string, Key>> = {
  soon: "level_soon",
  urgent: "level_urgent",
  emergency: "level_emergency",
};

/* Who speaks is seen once for several messages in a row, and heard with each. */
function whoView(entry: Entry, repeated: boolean, { say, locale }: Context) {
  const time = clock(entry.at, locale);
  const name = say(entry.from === "dorsi" ? "dorsi" : "you");
  return html`<p class=${repeated ? "unseen" : "who"}>${name}${
    time ? html` <time datetime=${entry.at ?? ""}>${time}</time>` : nothing
  }</p>`;
}

function fateView({ fate, entry }: Item, { chat, say, lang, focusBox }: Context) {
  const send = (): void => {
    focusBox();
    void chat.delivery.again(entry.id);
  };
  if (!fate || fate.state === "sending") return nothing;
  const got = fate.state === "unsent" && !fate.reason && entry.seq !== undefined;
  const words = got ? say("unanswered") : spell(problem(fate), lang);
  const again = html`<button type="button" @click=${send}>${say("again")}</button>`;
  return html`<div class="failed" data-state=${fate.state}>
    <p>${words}</p>${fate.state === "refused" ? nothing : again}
  </div>`;
}

function patientView(item: Item, entry: PatientMessage, repeated: boolean, context: Context) {
  return html`<div class="message from-patient" part="message patient-message" data-key=${item.key}>
    ${whoView(entry, repeated, context)}
    <p class="typed" dir="auto">${entry.text || context.say("empty")}</p>
    ${fateView(item, context)}
  </div>`;
}

function dorsiView(
  entry: DorsiMessage & { from: "dorsi" },
  chosen: string | null | undefined,
  place: Place,
  context: Context,
) {
  const heading = HEADINGS[entry.level];
  const calls = callsView(entry.calls, context);
  const first = entry.level === "emergency"; // the number comes before all that can be read
  return html`<div class="message from-dorsi level-${entry.level}" data-key="dorsi:${entry.id}"
    part="message dorsi-message ${heading ? "alert-message" : ""}">
    ${whoView(entry, place.repeated, context)}
    ${heading ? html`<p class="alert">${alert}<strong>${context.say(heading)}</strong></p>` : nothing}
    ${first ? calls : nothing}
    ${stepView(entry, context)}
    ${textView(entry.text, context)}
    ${first ? nothing : calls}
    ${pictureView(entry, context)}
    ${numbersView(entry, context)}
    ${downloadsView(entry.downloads, context)}
    ${sourcesView(entry.sources, context)}
    ${choicesView(entry.buttons, chosen, context)}
    ${place.votes ? feedbackView(entry, context) : nothing}
  </div>`;
}

/**
 * @param chosen for a message of Dorsi's: undefined while its choices are open, else what was
 *   taken, or null.
 */
export function messageView(
  item: Item,
  chosen: string | null | undefined,
  place: Place,
  context: Context,
) {
  const { entry } = item;
  if (entry.from === "patient") return patientView(item, entry, place.repeated, context);
  return dorsiView(entry, chosen, place, context);
}
