/* Pictures: the exercises', and drawings made for this patient. */
import { html, nothing } from "lit";
import type { DorsiMessage } from "../types";
import type { Context } from "./context";

export function pictureView({ image, chart }: DorsiMessage, { chat, foreign, lang }: Context) {
  const address = image && chat.api.address(image.url);
  return html`${address
    ? html`<img class="picture" part="picture" src=${address} alt=${image.alt} width="320"
        height="240" lang=${foreign ?? lang}>`
    : nothing}${chart
    ? html`<img class="picture chart" part="picture" src=${chat.drawings.address(chart.svg)} alt=${chart.alt}
        lang=${foreign ?? lang}>`
    : nothing}`;
}
