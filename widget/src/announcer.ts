/* What is read aloud of new messages. A region that stayed full would be read again and again. */
import type { Part } from "./aloud";

const EMPTY_MS = 1000;

export class Announcer {
  private emptying: ReturnType<typeof setTimeout> | undefined;

  /** @param region the live region that is there now. */
  constructor(private readonly region: () => Element | null) {}

  /** Have a message read aloud, after what is still being read and without repeating that. */
  say(parts: Part[]): void {
    const message = document.createElement("div");
    message.append(
      ...parts.map((part) => Object.assign(document.createElement("p"), part)),
    );
    this.region()?.append(message);
    clearTimeout(this.emptying);
    this.emptying = setTimeout(() => this.empty(), EMPTY_MS);
  }

  empty(): void {
    clearTimeout(this.emptying);
    this.region()?.replaceChildren();
  }
}
