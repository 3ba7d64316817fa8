/* Whom to call: fetched early and kept, so that it is there when nothing else is. */
import type { Api } from "./api";
import { type Memory, forVisit, recall } from "./memory";
import type { Call, Help } from "./types";

export class Numbers {
  private readonly key: string;

  constructor(
    private readonly api: Api,
    private readonly region: string,
    private readonly memory: Memory = forVisit,
  ) {
    this.key = `dorsi.help:${api.gateway}|${region}`;
  }

  /** The calls known so far; none where the gateway has never said. */
  get calls(): Call[] {
    return recall<Help>(this.memory, this.key)?.calls ?? [];
  }

  /** Ask for them anew; what is known stays where that fails. */
  async load(): Promise<void> {
    const wanted = this.region ? `?region=${encodeURIComponent(this.region)}` : "";
    try {
      const found = await this.api.call<Help>("GET", `/api/help${wanted}`);
      if (Array.isArray(found.calls)) this.memory.set(this.key, JSON.stringify(found));
    } catch {
      // The words that name no number stand for it.
    }
  }
}
