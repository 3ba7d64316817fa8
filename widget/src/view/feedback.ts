/* Whether an answer helped. */
import { html, nothing } from "lit";
import type { DorsiMessage } from "../types";
import type { Context } from "./context";
import { steady } from "./steady";

const KINDS = ["answer", "exercise"];
const LEVELS = ["none", "soon"];

/* The question goes, and with it the place of the focus that was on it: back to the vote. */
function leaver(form: Element): () => void {
  const root = form.getRootNode() as ShadowRoot;
  const vote = form.previousElementSibling?.querySelector<HTMLElement>("[aria-pressed=true]");
  return () => {
    const at = root.activeElement;
    if (at ? form.contains(at) : document.activeElement === document.body) vote?.focus();
  };
}

async function explain(event: Event, id: string, { chat, update }: Context): Promise<void> {
  event.preventDefault();
  const form = (event.currentTarget as Element).closest("form")!;
  const leave = leaver(form);
  const reason = event.type === "submit" && form.querySelector("textarea")?.value.trim();
  if (reason) {
    if (!(await chat.explain(id, reason))) return;
  } else chat.votes.close(id);
  leave();
  update();
}

function reasonView(id: string, context: Context) {
  const { say } = context;
  const done = (event: Event): void => void explain(event, id, context);
  return html`<form class="reason" @submit=${done}>
    <label for="reason-${id}">${say("reason")}</label>
    <textarea id="reason-${id}" rows="2" maxlength="500"></textarea>
    <div class="row">
      <button type="submit">${say("reason_send")}</button>
      <button type="button" class="quiet" @click=${done}>${say("reason_skip")}</button>
    </div>
  </form>`;
}

/** Whether a message can be voted on: one that is kept, and sends nobody for help. */
export const votable = ({ kind, level, seq }: DorsiMessage): boolean =>
  KINDS.includes(kind) && LEVELS.includes(level) && seq !== undefined;

export function feedbackView(message: DorsiMessage, context: Context) {
  const { say, chat } = context;
  const { id } = message;
  if (!votable(message) || !chat.votes.offered) return nothing;
  const vote = chat.votes.of(id);
  const button = (helpful: boolean) => html`<button type="button" class="vote"
    aria-pressed=${vote?.helpful === helpful}
    @click=${() => steady(`${id}${helpful}`) && chat.vote(id, helpful)}>${say(helpful ? "helpful" : "not_helpful")}</button>`;
  return html`<div class="feedback" part="feedback" role="group" aria-label=${say("helpful_group")}>
      ${button(true)}${button(false)}
    </div>
    ${vote?.asking ? reasonView(id, context) : nothing}`;
}
