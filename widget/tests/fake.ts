/* A gateway that is played: small, in memory, and unwell in whatever way a test wants. */
import type { DorsiMessage, Entry } from "../src/types";

export const GATEWAY = "https://dorsi.test";

type Body = Record<string, unknown>;
type Handler = (body: Body, request: { token: string; headers: Headers; url: URL }) => Response;

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers });

export const refusal = (status: number, code = "refused", messages: DorsiMessage[] = []): Response =>
  json({ error: { code, message: `Refused: ${code}.` }, messages }, status);

let made = 0;

/** A message of Dorsi's, with what a test wants of it. */
export function dorsi(text: string, more: Partial<DorsiMessage> = {}): DorsiMessage {
  made += 1;
  return {
    id: `d${made}`, text, kind: "answer", level: "none", buttons: [], sources: [], ...more,
  };
}

export class FakeGateway {
  /** What was asked for, as "METHOD path". */
  readonly asked: string[] = [];
  readonly sent: Body[] = [];
  readonly tokens: string[] = [];
  history: Entry[] = [];
  /** What is answered to a text; what is not here is answered with an echo. */
  answers: Record<string, DorsiMessage[]> = {};
  /** Stands in for a route, as long as it is here. */
  broken: Record<string, Handler> = {};
  down = false;
  numbered = true;
  private feed: ReadableStreamDefaultController<Uint8Array> | null = null;
  private seq = 0;
  /** The tokens of the sessions that were opened. */
  readonly opened: string[] = [];

  readonly fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input));
    const method = init.method ?? "GET";
    const name = `${method} ${url.pathname}`;
    this.asked.push(name);
    if (this.down) throw new TypeError("no network");
    const headers = new Headers(init.headers);
    const body = init.body ? (JSON.parse(String(init.body)) as Body) : {};
    const token = headers.get("Authorization")?.replace("Bearer ", "") ?? "";
    this.tokens.push(token);
    const request = { token, headers, url };
    const broken = this.broken[name];
    if (broken) return broken(body, request);
    return this.route(name, body, init.signal ?? null);
  };

  /** Say something over the live connection. */
  say(event: string, data: unknown, id?: number): void {
    const numbered = id === undefined ? "" : `id: ${id}\n`;
    this.feed?.enqueue(
      new TextEncoder().encode(`${numbered}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    );
  }

  get connected(): boolean {
    return this.feed !== null;
  }

  /** Number a message, as the gateway does when it keeps it. */
  keep<T extends Entry>(entry: T): T {
    this.seq += 1;
    const kept = this.numbered ? { ...entry, seq: this.seq } : entry;
    this.history.push(kept);
    return kept;
  }

  private route(name: string, body: Body, signal: AbortSignal | null): Response {
    if (name === "POST /api/sessions") return this.open();
    if (name === "GET /api/messages") return json({ messages: this.history });
    if (name === "POST /api/messages") return this.answer(body);
    if (name === "GET /api/stream") return this.stream(signal);
    if (name === "DELETE /api/session") return this.erase();
    if (name === "POST /api/session/token") return json({ session: "renewed" });
    if (name === "POST /api/feedback") {
      this.sent.push(body);
      return json({ messages: [] });
    }
    if (name === "GET /api/help") {
      return json({ region: "GB", calls: [{ title: "Call 999", number: "999" }], text: "" });
    }
    return refusal(404, "not_found");
  }

  private open(): Response {
    made += 1;
    const session = `token-${made}`;
    this.opened.push(session);
    const said = this.keep({ ...dorsi("I am Dorsi."), from: "dorsi" as const });
    return json({ session, diary: "key", messages: [said], kept: { days: 90 } }, 201);
  }

  private answer(body: Body): Response {
    this.sent.push(body);
    const known = this.history.findIndex((entry) => entry.id === body["id"]);
    if (known >= 0) return json({ messages: [this.history[known + 1]] });
    const text = String(body["text"] ?? body["choice"]);
    this.keep({ from: "patient", id: String(body["id"]), text });
    const said = this.answers[text] ?? [dorsi(`You said: ${text}`)];
    return json({ messages: said.map((one) => this.keep({ ...one, from: "dorsi" as const })) });
  }

  private erase(): Response {
    this.history = [];
    return new Response(null, { status: 204 });
  }

  private stream(signal: AbortSignal | null): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.feed = controller;
        signal?.addEventListener("abort", () => {
          if (this.feed === controller) this.feed = null;
          controller.error(new DOMException("aborted", "AbortError"));
        });
      },
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  }
}
