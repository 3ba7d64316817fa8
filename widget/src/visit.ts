/* The session at the gateway: begun, taken up again, renewed and erased. */
import { type Api, isRefused } from "./api";
import type { Session } from "./session";
import type { DorsiMessage, Entry, Opened } from "./types";

const OLD_MS = 60 * 60_000;
const AGAIN_MS = 2_000;
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
   * for longer where there is no new one to be had. A lost answer is asked for again within that
   * minute.
   */
  async renew(tries = 2): Promise<void> {
    if (this.session.age < OLD_MS) return;
    const old = this.session.token;
    try {
      const { session } = await this.api.call<{ session?: string }>("POST", "/api/session/token");
      // Erased meanwhile, there is another one.
      if (!session || this.session.token !== old) return;
      this.session.renew(session);
      // A duplicate of this tab holds the same token.
      this.channel?.postMessage({ old, session });
    } catch (error) {
      // The old one still serves.
      if (tries && !isRefused(error)) setTimeout(() => void this.renew(tries - 1), AGAIN_MS);
    }
  }

  /** Erase the conversation and the diary; false where it was over already: then only the diary. */
  async erase(): Promise<boolean> {
    try {
      await this.wipe();
      return true;
    } catch (error) {
      if (!isRefused(error, 401)) throw error;
      if (this.session.diary) {
        await this.begin({});
        await this.wipe();
      }
      return false;
    }
  }

  /* Nobody may go on in a session that is being erased. */
  private async wipe(): Promise<void> {
    const token = this.session.token ?? undefined;
    const takeUp = this.session.leave();
    try {
      const { status } = await this.api.request("DELETE", "/api/session", undefined, { token });
      // Something else may answer in the gateway's place.
      if (status !== 204) throw new TypeError("not erased");
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
