/* What a message about an exercise shows: the step, the picture, the numbers, what counts them. */
import { html, nothing } from "lit";
import { amount } from "../strings";
import type { DorsiMessage, Range } from "../types";
import type { Context } from "./context";
import "./tools";

/** Which step this is; in words only where the text does not say so itself. */
export function stepView({ step, of, text }: DorsiMessage, { say }: Context) {
  if (!step || !of) return nothing;
  const said = say("step", { step, of });
  return html`${text.includes(said) ? nothing : html`<p class="step">${said}</p>`}
    <progress class="steps" aria-hidden="true" max=${of} .value=${step}></progress>`;
}

function amountView({ least, most }: Range, of: "seconds" | "times", { say, lang }: Context) {
  const top = amount(say, lang, of, most);
  return html`<p class="amount">${least === most ? top : say("range", { least, most: top })}</p>`;
}

/** For each number a line and something to count with. */
export function numbersView({ repetitions, seconds }: DorsiMessage, context: Context) {
  return html`${repetitions
    ? html`${amountView(repetitions, "times", context)}
        <dorsi-chat-counter .range=${repetitions} .context=${context}></dorsi-chat-counter>`
    : nothing}${seconds
    ? html`${amountView(seconds, "seconds", context)}
        <dorsi-chat-timer .range=${seconds} .context=${context}></dorsi-chat-timer>`
    : nothing}`;
}
