/* Whether an answer helped, as the patient says. */
import { type Api, isRefused } from "./api";
import type { DorsiMessage, Replies } from "./types";

export interface Vote {
  helpful: boolean;
  /** Whether the patient may still say why. */
  asking: boolean;
}

/** How it went; `gone` where the gateway takes no votes. */
export type Outcome = { state: "taken" | "gone" | "failed"; advice: DorsiMessage[] };

/** The votes of this visit. The last one on a message counts. */
export class Votes {
  private readonly votes = new Map<string, Vote>();
  /** False once the gateway has shown that it takes none. */
  offered = true;

  constructor(private readonly api: Api) {}

  of(message: string): Vote | null {
    return this.votes.get(message) ?? null;
  }

  /** Vote; the same vote again takes it back. */
  async press(message: string, helpful: boolean): Promise<Outcome> {
    const before = this.of(message);
    const back = before?.helpful === helpful;
    this.hold(message, back ? null : { helpful, asking: !helpful });
    const outcome = await this.send(message, { helpful: back ? null : helpful });
    if (outcome.state !== "taken") this.hold(message, before);
    return outcome;
  }

  /** Say why it did not help. */
  async explain(message: string, reason: string): Promise<Outcome> {
    const outcome = await this.send(message, { helpful: false, reason: reason.slice(0, 500) });
    if (outcome.state === "taken") this.close(message);
    return outcome;
  }

  /** Ask for no reason any more. */
  close(message: string): void {
    const vote = this.of(message);
    if (vote) this.hold(message, { ...vote, asking: false });
  }

  clear(): void {
    this.votes.clear();
  }

  private hold(message: string, vote: Vote | null): void {
    if (vote) this.votes.set(message, vote);
    else this.votes.delete(message);
  }

  private async send(message: string, vote: Record<string, unknown>): Promise<Outcome> {
    try {
      const said = await this.api.call<Replies>("POST", "/api/feedback", { message, ...vote });
      return { state: "taken", advice: said.messages ?? [] };
    } catch (error) {
      this.offered = this.offered && !isRefused(error, 404, 405);
      const advice = isRefused(error) ? error.advice : [];
      return { state: this.offered ? "failed" : "gone", advice };
    }
  }
}
