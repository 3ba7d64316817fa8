/* The choices that come with a message. */
import { html, nothing } from "lit";
import type { Choice } from "../types";
import type { Context } from "./context";
import { tick } from "./icons";
import { steady } from "./steady";

/* The second press of a hand that trembles is no late one, even on the choice beside. */
function press(choice: Choice, group: string, { chat, said, tell }: Context): void {
  if (!steady(group)) return;
  const outcome = chat.choose(choice);
  if (outcome === "taken") said();
  else tell({ key: outcome === "over" ? "late" : "wait" });
}

/**
 * @param chosen undefined while the choice is open; then the one that was taken, or null.
 */
export function choicesView(offered: Choice[], chosen: string | null | undefined, context: Context) {
  const group = offered[0]?.id;
  if (!group) return nothing;
  const over = chosen !== undefined;
  // Not disabled when it is over: that would take the focus away from under a keyboard.
  return html`<ul class="choices" role="list">${offered.map((choice) => {
    const mine = chosen === choice.id;
    return html`<li><button type="button" part="choice" class="choice" lang=${context.foreign ?? context.lang}
      aria-disabled=${over} aria-pressed=${mine}
      @click=${() => press(choice, group, context)}>${mine ? tick : nothing}${choice.title}</button></li>`;
  })}</ul>`;
}
