/* The session at the gateway: begun, taken up again, renewed and erased. */
import { type Api, isRefused } from "./api";
import type { Session } from "./session";
import type { DorsiMessage, Entry, Opened } from "./types";

const OLD_MS = 60 * 60_000;
const CHANNEL = "dorsi";

export class Visit {
  private readonly channel = globalThis.BroadcastChannel ? new BroadcastChannel(CHANNEL) : null;

  constructor(
    private readonly api: Api,
    private readonly session: Session,
    private readonly region: string,
  ) {
    this.channel?.addEventListener("message", ({ data }) => this.renewedElsewhere(data));
  }

  /** Begin a session; gives Dorsi's first words. */
  async open(): Promise<DorsiMessage[]> {
    this.session.leave();
    const opened = await this.begin(this.region ? { region: this.region } : {});
    return opened.messages;
  }

  /** What was said so far; null where the gateway does not know the session any more. */
  async history(): Promise<Entry[] | null> {
    try {
      return (await this.api.call<{ messages: Entry[] }>("GET", "/api/messages")).messages;
    } catch (error) {
      if (isRefused(error, 401)) return null;
      throw error;
    }
  }

  /**
   * Change an old token for a new one. The old one goes on for a minute, for what is under way, and
   * for longer where there is no new one to be had.
   */
  async renew(): Promise<void> {
    if (this.session.age < OLD_MS) return;
    const old = this.session.token;
    try {
      const { session } = await this.api.call<{ session?: string }>("POST", "/api/session/token");
      if (!session) return;
      this.session.renew(session);
      // A duplicate of this tab holds the same token.
      this.channel?.postMessage({ old, session });
    } catch {
      // The old one still serves.
    }
  }

  /** Erase the conversation and the diary; where the conversation is gone already, the diary. */
  async erase(): Promise<void> {
    try {
      await this.wipe();
    } catch (error) {
      if (!isRefused(error, 401)) throw error;
      if (!this.session.diary) return;
      await this.begin({});
      await this.wipe();
    }
  }

  /* Nobody may go on in a session that is being erased. */
  private async wipe(): Promise<void> {
    const token = this.session.token ?? undefined;
    const takeUp = this.session.leave();
    try {
      await this.api.call("DELETE", "/api/session", undefined, token);
    } catch (error) {
      takeUp();
      throw error;
    }
  }

  private async begin(body: { region?: string }): Promise<Opened> {
    const diary = this.session.diary;
    const opened = await this.api.call<Opened>("POST", "/api/sessions", {
      ...body,
      ...(diary && { diary }),
    });
    this.session.open(opened);
    return opened;
  }

  private renewedElsewhere(said: { old?: string; session?: string }): void {
    if (said.session && said.old === this.session.token) this.session.renew(said.session);
  }
}
