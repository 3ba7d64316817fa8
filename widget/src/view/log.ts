/* The conversation with what stands before and after it. */
import { html, nothing } from "lit";
import { type Item, answered } from "../log";
import type { Context } from "./context";
import { votable } from "./feedback";
import { down } from "./icons";
import { keyed } from "./keyed";
import { messageView } from "./message";
import { awayLink } from "./text";

export interface Around {
  privacy: string;
  /** Newer messages are out of sight. */
  behind: boolean;
  scrolled(): void;
  newest(): void;
}

function consentView(privacy: string, context: Context) {
  const { chat, say } = context;
  if (!chat.messages.fresh) return nothing;
  const { days } = chat.session;
  const words = days === null ? say("consent_plain") : say("consent", { days });
  return html`<p class="consent" part="consent">${words} ${awayLink(privacy, say("privacy"), context)}</p>`;
}

/* Until Dorsi says so itself. */
function aboutView({ chat, say }: Context) {
  return html`<p class="about">${say("about")} <strong>${say("emergency_line")}</strong></p>
    ${chat.loading ? html`<p class="loading">${say("loading")}</p>` : nothing}`;
}

function troubleView({ chat, say, focusBox }: Context) {
  const retry = (): void => {
    focusBox();
    void chat.retry();
  };
  if (!chat.trouble) return nothing;
  return html`<div class="message from-dorsi failed" role="alert">
    <p>${say("unreachable")}</p><button type="button" @click=${retry}>${say("retry")}</button>
  </div>`;
}

/* An answer in several messages is voted on once. */
function lastOfTurn(items: readonly Item[], index: number): boolean {
  for (const { entry } of items.slice(index + 1)) {
    if (entry.from === "patient") return true;
    if (votable(entry)) return false;
  }
  return true;
}

export function logView(around: Around, context: Context) {
  const { chat, say } = context;
  const over = answered(chat.items);
  const said = chat.items.map((item, index) => {
    const repeated = chat.items[index - 1]?.entry.from === item.entry.from;
    const place = { repeated, votes: lastOfTurn(chat.items, index) };
    return [item.key, messageView(item, over.get(item.key), place, context)] as const;
  });
  return html`<div class="middle">
    <div class="scroll" part="log" tabindex="0" role="log" aria-live="off"
      aria-label=${say("conversation")} aria-busy=${chat.loading}
      @scroll=${around.scrolled}>
      <div class="column">
        ${chat.items.length ? consentView(around.privacy, context) : aboutView(context)}
        ${keyed(new Map(said))}${troubleView(context)}
      </div>
    </div>
    ${around.behind
      ? html`<button type="button" class="newest" @click=${around.newest}>${down}${say("to_newest")}</button>`
      : nothing}
  </div>`;
}
