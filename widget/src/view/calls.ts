/* Numbers to call, as links that dial. */
import { html, nothing, type TemplateResult } from "lit";
import { dialable } from "../text";
import type { Call } from "../types";
import type { Context } from "./context";
import { phone } from "./icons";

const bare = (text: string) => text.replace(/[\s-]/g, "");

function callView({ title, number }: Call): TemplateResult | typeof nothing {
  const address = dialable(number);
  if (!address) return nothing;
  // A title such as "Call 999" says the number already.
  const rest = bare(title).includes(bare(number)) ? nothing : html`<span class="number">${number}</span>`;
  return html`<li><a class="call" part="call" href=${address}>${phone}<span>${title}</span>${rest}</a></li>`;
}

export function callsView(calls: Call[] | undefined, { foreign, lang }: Context) {
  if (!calls?.length) return nothing;
  return html`<ul class="calls" role="list" lang=${foreign ?? lang}>${calls.map(callView)}</ul>`;
}
