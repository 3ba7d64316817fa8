/* The menu: plain buttons that are there or not. */
import { html, nothing } from "lit";
import { type Preferences, SIZES } from "../preferences";
import type { Key } from "../strings";
import type { Context } from "./context";
import { fetched } from "./downloads";
import { awayLink } from "./text";

export interface MenuDeeds {
  open: boolean;
  chosen: Preferences;
  privacy: string;
  choose(change: Partial<Preferences>): void;
  startOver(): void;
  erase(): void;
}

function sizesView({ chosen, choose }: MenuDeeds, { say }: Context) {
  return html`<div class="sizes" role="group" aria-label=${say("text_size")}>
    <span class="label">${say("text_size")}</span>
    ${SIZES.map(
      (size) => html`<button type="button" class="size-${size}"
        aria-pressed=${chosen.size === size} aria-label=${say(`size_${size}`)}
        title=${say(`size_${size}`)} @click=${() => choose({ size })}>A</button>`,
    )}
  </div>`;
}

function switchView(name: "contrast" | "still" | "sound", deeds: MenuDeeds, { say }: Context) {
  const on = deeds.chosen[name];
  return html`<button type="button" class="switch" role="switch" aria-checked=${on}
    @click=${() => deeds.choose({ [name]: !on })}><span>${say(name)}</span><span class="knob"></span></button>`;
}

const part = (key: Key, content: unknown, { say }: Context) =>
  html`<h2 class="label">${say(key)}</h2>${content}`;

export function menuView(deeds: MenuDeeds, context: Context) {
  const { say, chat } = context;
  const file = say("conversation_file");
  const download = chat.numbered && !chat.noTranscript
    ? html`<button type="button"
        @click=${(event: Event) => fetched(event, file, context, () => chat.download())}
        >${say("download")}</button>`
    : nothing;
  const talk = html`<button type="button" @click=${deeds.startOver}>${say("start_over")}</button>
    ${download}
    <button type="button" class="danger" @click=${deeds.erase}>${say("erase")}</button>`;
  const look = html`${sizesView(deeds, context)}
    ${(["contrast", "still", "sound"] as const).map((name) => switchView(name, deeds, context))}`;
  const about = html`<p>${say("about")}</p><p>${awayLink(deeds.privacy, say("privacy"), context)}</p>`;
  return html`<section id="menu" class="sheet menu" part="menu" aria-label=${say("menu")}
    ?hidden=${!deeds.open}>
    ${part("menu_chat", talk, context)}${part("menu_look", look, context)}${part(
      "menu_about",
      about,
      context,
    )}
  </section>`;
}
