/* The small elements within a message. A page may load the widget twice. */
import { RepetitionCounter } from "./counter";
import { HoldTimer } from "./timer";

export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

define("dorsi-chat-timer", HoldTimer);
define("dorsi-chat-counter", RepetitionCounter);
