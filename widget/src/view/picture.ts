/* Pictures: the exercises', and drawings made for this patient. */
import { html, nothing } from "lit";
import type { DorsiMessage } from "../types";
import type { Context } from "./context";

const drawn = new Map<string, string>();

/* A drawing comes as text. As an image it can run nothing and fetch nothing. It is small, and every
   window shows the same one: it stays as long as the page does. */
function drawing(text: string): string {
  const url = drawn.get(text) ?? URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  drawn.set(text, url);
  return url;
}

export function pictureView({ image, chart }: DorsiMessage, { chat, foreign, lang }: Context) {
  const address = image && chat.api.address(image.url);
  return html`${address
    ? html`<img class="picture" part="picture" src=${address} alt=${image.alt} width="320"
        height="240" lang=${foreign ?? lang}>`
    : nothing}${chart
    ? html`<img class="picture chart" part="picture" src=${drawing(chart.svg)} alt=${chart.alt}
        lang=${foreign ?? lang}>`
    : nothing}`;
}
