/* Where an answer comes from, folded up. */
import { html, nothing } from "lit";
import { day } from "../strings";
import { webAddress } from "../text";
import type { Source } from "../types";
import type { Context } from "./context";
import { awayLink } from "./text";

function sourceView({ title, url, publisher, reviewed }: Source, context: Context) {
  const { say, locale } = context;
  const address = webAddress(url);
  const date = reviewed && say("reviewed", { date: day(reviewed, locale) });
  const known = [publisher, date].filter(Boolean).join(", ");
  return html`<li>${address ? awayLink(address, title, context) : title}${
    known ? html`<span class="known"> ${known}</span>` : nothing
  }</li>`;
}

export function sourcesView(sources: Source[], context: Context) {
  if (!sources.length) return nothing;
  return html`<details class="sources">
    <summary>${context.say("sources")}</summary>
    <ul>${sources.map((source) => sourceView(source, context))}</ul>
  </details>`;
}
