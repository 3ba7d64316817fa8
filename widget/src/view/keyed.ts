/* A list of views that keep what is theirs, as an open part or the focus, when others come between. */
import { noChange } from "lit";
import { Directive, type ChildPart, directive } from "lit/directive.js";
import { insertPart, removePart, setChildPartValue } from "lit/directive-helpers.js";

/* Lit's own `repeat` is quick with long lists that are shuffled, and three times as large. */
class Keyed extends Directive {
  private parts = new Map<string, ChildPart>();

  render(views: Map<string, unknown>): unknown {
    return views;
  }

  override update(container: ChildPart, [views]: [Map<string, unknown>]): unknown {
    for (const [key, part] of this.parts) {
      if (views.has(key)) continue;
      removePart(part);
      this.parts.delete(key);
    }
    const rest = new Set(this.parts.values());
    const now = new Map<string, ChildPart>();
    for (const [key, view] of views) {
      const [next] = rest;
      let part = this.parts.get(key);
      if (part) rest.delete(part);
      if (!part || part !== next) part = insertPart(container, next, part);
      now.set(key, setChildPartValue(part, view));
    }
    this.parts = now;
    return noChange;
  }
}

/** The views in their order, each by its key. */
export const keyed = directive(Keyed);
