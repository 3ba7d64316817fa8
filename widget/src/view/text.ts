/* A text as parts of the page: whatever it holds is put in as text. */
import { html, type TemplateResult } from "lit";
import { type Block, type Span, blocks } from "../text";
import type { Context } from "./context";
import { outside } from "./icons";

/** A link that leaves the page, and says so. */
export const awayLink = (url: string, text: string, { say }: Context): TemplateResult =>
  html`<a href=${url} target="_blank" rel="noopener noreferrer">${text}${outside}<span
    class="unseen"> ${say("new_tab")}</span></a>`;

function spanView(span: Span, context: Context): TemplateResult | string {
  if (span.kind === "bold") return html`<strong>${span.text}</strong>`;
  return span.kind === "link" ? awayLink(span.url, span.text, context) : span.text;
}

const line = (spans: Span[], context: Context) => spans.map((span) => spanView(span, context));

function blockView(block: Block, context: Context): TemplateResult {
  if (block.kind === "paragraph") return html`<p>${line(block.spans, context)}</p>`;
  const items = block.items.map((item) => html`<li>${line(item, context)}</li>`);
  if (block.kind === "bullets") return html`<ul>${items}</ul>`;
  return html`<ol start=${block.start}>${items}</ol>`;
}

/** What Dorsi says: paragraphs, lists, bold words and links. */
export const textView = (text: string, context: Context): TemplateResult =>
  html`<div class="words" lang=${context.foreign ?? context.lang} dir="auto">${blocks(text).map(
    (block) => blockView(block, context),
  )}</div>`;
