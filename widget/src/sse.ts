/* Server-sent events, read from text that may be cut anywhere. */

export interface ServerEvent {
  event: string;
  data: string;
  id?: string;
}

/** Takes a stream's text piece by piece and hands out each event once it is whole. */
export class EventParser {
  private rest = "";
  private event = "";
  private data: string[] = [];
  private id: string | undefined;

  /** Read one more piece; gives the events it completes. */
  push(piece: string): ServerEvent[] {
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?=[^])/);
    // The last line may go on; so may a line that ends in the first half of a line break.
    this.rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.line(line));
  }

  private line(line: string): ServerEvent[] {
    if (line === "") return this.dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return []; // a comment keeps the connection open
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.event = value;
    else if (field === "data") this.data.push(value);
    else if (field === "id" && !value.includes("\0")) this.id = value;
    return [];
  }

  private dispatch(): ServerEvent[] {
    const whole = { event: this.event || "message", data: this.data.join("\n") };
    const found = this.data.length ? [{ ...whole, ...(this.id !== undefined && { id: this.id }) }] : [];
    this.event = "";
    this.data = [];
    return found;
  }
}

/** What came with an event; one that cannot be read is empty, and must not end the connection. */
export function told<T>(data: string): T {
  try {
    return JSON.parse(data || "{}") as T;
  } catch {
    return {} as T;
  }
}
