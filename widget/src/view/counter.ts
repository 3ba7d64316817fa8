/* A button to press once for each repetition, and one for a hand that trembled. */
import { LitElement, html } from "lit";
import { spell } from "../strings";
import { counted, tallied } from "../tally";
import type { Range } from "../types";
import type { Context } from "./context";

export class RepetitionCounter extends LitElement {
  static override properties = {
    range: { attribute: false },
    context: { attribute: false },
  };

  declare range: Range;
  declare context: Context;
  private done = 0;

  protected override createRenderRoot(): this {
    return this;
  }

  protected override render() {
    const { say, lang } = this.context;
    // It is announced: read here as well it would be read twice.
    return html`<div class="tool" aria-live="off">
      <button type="button" class="big" @click=${() => this.count(+1)}>${say("plus")}</button>
      <span class="left">${spell(tallied(this.done, this.range), lang)}</span>
      <button type="button" class="quiet" @click=${() => this.count(-1)}>${say("minus")}</button>
    </div>`;
  }

  private count(change: number): void {
    this.done = counted(this.done, change, this.range);
    this.context.tell(tallied(this.done, this.range));
    this.requestUpdate();
  }
}
