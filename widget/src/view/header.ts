/* The top of the window: always the same buttons in the same place. */
import { html, nothing } from "lit";
import type { Context } from "./context";
import { callsView } from "./calls";
import { cross, lines, logo, phone } from "./icons";

export interface Top {
  /** A page's own heading is the first, a panel's the second. */
  page: boolean;
  closable: boolean;
  help: boolean;
  menu: boolean;
  toggleHelp(): void;
  toggleMenu(): void;
  close(): void;
}

export function headerView(top: Top, { say }: Context) {
  const name = html`${logo}<span>${say("brand")}</span>`;
  return html`<div class="head" part="header">
    <div class="name">
      ${top.page ? html`<h1 id="title">${name}</h1>` : html`<h2 id="title">${name}</h2>`}
      <p class="tagline">${say("tagline")}</p>
    </div>
    <div class="top-buttons">
      <button type="button" class="urgent" part="urgent" aria-expanded=${top.help}
        aria-controls="help" @click=${top.toggleHelp}>${phone}<span>${say("urgent")}</span></button>
      <button type="button" class="square" aria-expanded=${top.menu} aria-controls="menu"
        aria-label=${say("menu")} title=${say("menu")} @click=${top.toggleMenu}>${lines}</button>
      ${top.closable
        ? html`<button type="button" class="square" aria-label=${say("close")}
            title=${say("close")} @click=${top.close}>${cross}</button>`
        : nothing}
    </div>
  </div>`;
}

export function helpView(open: boolean, close: () => void, context: Context) {
  const { say, chat } = context;
  const { calls } = chat.numbers;
  return html`<section id="help" class="sheet help" part="help" ?hidden=${!open}
    aria-label=${say("urgent")}>
    <p class="lead">${say(calls.length ? "urgent_now" : "urgent_unknown")}</p>
    ${callsView(calls, context)}
    <button type="button" class="quiet" @click=${close}>${say("urgent_close")}</button>
  </section>`;
}
