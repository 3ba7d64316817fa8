/* Getting messages to the gateway: each once, in their order, however often it takes. */
import { type Refused, isRefused } from "./api";
import type { Desk } from "./conversation";
import type { Fate } from "./log";
import type { Said } from "./strings";
import type { Outgoing, Replies } from "./types";

/* How long a message waits for the one before it. It may be a call for help: not for long. */
const PATIENCE_MS = 1500;
/* An answer that comes in may be to a message that just failed, but hardly to one just refused. */
const FRESH_MS = 10_000;
/* What is known of no session: the gateway then says whether it could look one up at all. */
const NO_TOKEN = "none";

/** Why what waits is sent now: on a new message or a new line, or on an answer. */
export type Occasion = "line" | "answer";

/* Until when a message waits; `asked` where the gateway said so. */
interface Wait {
  until: number;
  asked: boolean;
}

export class Delivery {
  private readonly under = new Set<string>();
  private readonly retried = new Set<string>();
  private readonly waits = new Map<string, Wait>();

  constructor(private readonly desk: Desk) {}

  /** Whether a message is on its way. */
  get waiting(): boolean {
    return this.under.size > 0;
  }

  /** Send a message again now, however long it was told to wait; others go on waiting. */
  again(id: string): Promise<void> {
    this.waits.delete(id);
    return this.flush();
  }

  /** Send what is not answered yet. The gateway takes a message sent again only once. */
  async flush(occasion: Occasion = "line"): Promise<void> {
    const { outbox } = this.desk;
    for (const message of outbox.all()) {
      const { id } = message;
      if (this.under.has(id) || this.early(id, occasion) || !outbox.has(id)) continue;
      await Promise.race([
        this.deliver(message),
        new Promise((go) => setTimeout(go, PATIENCE_MS)),
      ]);
    }
  }

  /* Whether a message still waits. */
  private early(id: string, occasion: Occasion): boolean {
    const wait = this.waits.get(id);
    if (!wait || wait.until <= Date.now()) return false;
    return wait.asked || occasion === "answer";
  }

  private async deliver(message: Outgoing): Promise<void> {
    const { id } = message;
    const { outbox } = this.desk;
    this.under.add(id);
    this.waits.delete(id);
    this.desk.messages.fate(id, { state: "sending" });
    let token: string | null = null;
    try {
      await this.desk.ready(); // who types at once may be quicker than the session
      if (!outbox.has(id)) {
        this.under.delete(id); // erased meanwhile
        return;
      }
      token = this.desk.session.token;
      const { messages } = await this.post(message, token ?? NO_TOKEN);
      if (!Array.isArray(messages)) throw new TypeError("no answer");
      this.under.delete(id);
      this.desk.messages.fate(id);
      // What is here no more was erased, or has its answer.
      if (!outbox.has(id)) return;
      outbox.drop(id);
      this.desk.messages.receive(id, messages);
    } catch (error) {
      this.under.delete(id);
      await this.failed(error, message, token);
    }
  }

  private post({ id, text, choice }: Outgoing, token: string): Promise<Replies> {
    const body = choice === undefined ? { id, text } : { id, choice };
    return this.desk.api.call<Replies>("POST", "/api/messages", body, token);
  }

  private async failed(error: unknown, message: Outgoing, token: string | null): Promise<void> {
    const { id } = message;
    const { session, outbox } = this.desk;
    let going: Promise<void> | undefined;
    if (isRefused(error, 401) && token) {
      // Another message may have found out before: then a new conversation has begun already.
      if (token === session.token) going = this.desk.ended();
    } else if (outbox.has(id)) {
      const fate = this.fateOf(error, message);
      this.desk.messages.fate(id, fate);
      this.desk.tell({ ...problem(fate), about: id });
      if (fate.state === "refused") {
        outbox.drop(id);
        this.desk.returned(message.text ?? "");
      }
    } else this.desk.messages.fate(id); // erased, or answered after all
    // Advice is given although the message could not be kept, and waits for nothing.
    if (isRefused(error)) this.desk.messages.advise(id, error.advice);
    await going;
  }

  private fateOf(error: unknown, { id }: Outgoing): Fate {
    if (!isRefused(error)) return { state: "unsent" };
    if (error.status === 429) return this.later(error, id);
    this.waits.set(id, { until: Date.now() + FRESH_MS, asked: false });
    const { status, code, message } = error;
    if (status === 401) return { state: "unsent" };
    return { state: code && status < 500 ? "refused" : "unsent", reason: message };
  }

  /* Too much at once: once more when the gateway says it may be, and then by hand. */
  private later(error: Refused, id: string): Fate {
    const pause = (error.retryAfter ?? 60) * 1000;
    const wait: Wait = { until: Date.now() + pause, asked: true };
    const again = !this.retried.has(id);
    this.retried.add(id);
    this.waits.set(id, wait);
    if (again) setTimeout(() => this.over(id, wait), pause);
    return { state: "later", at: wait.until, again };
  }

  /* A press may have been quicker, and have been told to wait anew. */
  private over(id: string, wait: Wait): void {
    if (this.waits.get(id) !== wait) return;
    this.waits.delete(id);
    void this.flush();
  }
}

/** What is said of a message that did not get through. */
export function problem(fate: Fate): Said {
  if (fate.state === "later") {
    return { key: fate.again ? "too_many" : "too_many_again", until: fate.at };
  }
  const english = fate.state === "sending" ? undefined : fate.reason;
  const key = fate.state === "refused" ? "not_taken" : "not_sent";
  return { key, ...(english && { english }) };
}
