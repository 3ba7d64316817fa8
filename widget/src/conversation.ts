/* One conversation with a gateway: what every window on it shows, and what can be done in it. */
import { Api, isRefused } from "./api";
import { Audience, type Listener } from "./audience";
import { Delivery } from "./delivery";
import { Drawings } from "./drawings";
import { save } from "./files";
import { Numbers } from "./help";
import { newId } from "./id";
import type { Item } from "./log";
import { Messages, fromDorsi } from "./messages";
import { Outbox } from "./outbox";
import { Session } from "./session";
import { type ServerEvent, told } from "./sse";
import { Stream } from "./stream";
import type { Key, Said } from "./strings";
import type { Entry, Outgoing } from "./types";
import { Visit } from "./visit";
import { Votes } from "./votes";

export type { Listener };

/** What the parts of a conversation need of it. */
export interface Desk {
  readonly api: Api;
  readonly session: Session;
  readonly outbox: Outbox;
  readonly messages: Messages;
  ready(): Promise<void>;
  tell(said: Said): void;
  /** Give back to the windows what was written. */
  returned(text: string): void;
  ended(): Promise<void>;
}

export class Conversation implements Desk {
  readonly session: Session;
  readonly api: Api;
  readonly outbox: Outbox;
  readonly numbers: Numbers;
  readonly votes: Votes;
  readonly delivery: Delivery;
  readonly messages: Messages;
  readonly drawings = new Drawings();
  /** There is no session, and opening one failed. */
  trouble = false;
  loading = false;
  /** The gateway has no file of the conversation to give. */
  noTranscript = false;

  private readonly stream: Stream;
  private readonly audience = new Audience();
  private readonly visit: Visit;
  private begun: Promise<void> | null = null;
  private erasing: Promise<void> | null = null;
  private writing = false;

  constructor(gateway: string, region: string) {
    this.session = new Session(gateway, region);
    this.api = new Api(gateway, () => this.session.token);
    this.outbox = new Outbox(`dorsi.outbox:${gateway}|${region}`);
    this.messages = new Messages(this.audience, this.session);
    this.numbers = new Numbers(this.api, region);
    this.votes = new Votes(this.api);
    this.visit = new Visit(this.api, this.session, region);
    this.delivery = new Delivery(this);
    this.stream = new Stream(this.api, {
      event: (event) => this.hear(event),
      connected: (yes) => this.connected(yes),
      unknown: () => void this.ended(),
      last: () => this.messages.last,
    });
  }

  /** Look at the conversation; what is given back ends that. Unseen, it holds no connection. */
  listen(listener: Listener): () => void {
    const first = this.audience.empty;
    this.audience.join(listener);
    if (first) this.wake();
    return () => {
      if (this.audience.leave(listener) && this.audience.empty) this.rest();
    };
  }

  private wake(): void {
    addEventListener("online", this.online);
    if (this.begun && this.session.token) this.follow();
  }

  private rest(): void {
    removeEventListener("online", this.online);
    this.stream.stop();
  }

  private follow(): void {
    if (!this.audience.empty) this.stream.start();
  }

  private readonly online = (): void => {
    void this.delivery.flush();
    void this.findCalls();
  };

  /** Ask whom to call, where that is not known yet. */
  async findCalls(): Promise<void> {
    if (this.numbers.calls.length) return;
    await this.numbers.load();
    this.changed();
  }

  get waiting(): boolean {
    return this.writing || this.delivery.waiting;
  }

  get items(): readonly Item[] {
    return this.messages.items;
  }

  /** Whether the gateway numbers its messages: an older one has no feedback and no transcript. */
  get numbered(): boolean {
    return this.messages.last > 0;
  }

  /** Begin, or take up what was begun; once, however many windows ask for it. */
  open(): Promise<void> {
    this.begun ??= this.begin();
    return this.begun;
  }

  /** Try again to begin, and then to send what waits. */
  async retry(): Promise<void> {
    this.begun = this.begin();
    await this.begun;
    this.delivery.flush();
  }

  write(text: string): void {
    this.say({ id: newId(), text, shown: text });
  }

  /** Take a choice; false where it is not the time for it. */
  choose(choice: { id: string; title: string }): "taken" | "waiting" | "over" {
    // A hand that trembles presses twice.
    if (this.delivery.waiting) return "waiting";
    if (!this.messages.offers(choice.id)) return "over";
    this.say({ id: newId(), choice: choice.id, shown: choice.title });
    return "taken";
  }

  /** Erase the conversation and the diary; throws where that was not possible. */
  erase(): Promise<void> {
    this.erasing ??= this.wipe().finally(() => (this.erasing = null));
    return this.erasing;
  }

  async download(): Promise<void> {
    try {
      await save(this.api, "/api/transcript", "dorsi-conversation.txt");
    } catch (error) {
      this.noTranscript ||= isRefused(error, 404, 405);
      this.changed();
      throw error;
    }
  }

  /** Vote on an answer. */
  async vote(message: string, helpful: boolean): Promise<void> {
    const going = this.votes.press(message, helpful);
    this.changed();
    const { state, advice } = await going;
    const taken = this.votes.of(message) ? "thanks" : "taken_back";
    this.tell({ key: state === "taken" ? taken : "vote_failed" });
    this.messages.advise(message, advice);
  }

  /** Say why an answer did not help; true where it was taken. */
  async explain(message: string, reason: string): Promise<boolean> {
    const { state, advice } = await this.votes.explain(message, reason);
    this.tell({ key: state === "taken" ? "thanks" : "vote_failed" });
    this.messages.advise(message, advice);
    return state === "taken";
  }

  /* ---- what the parts need ---- */

  async ready(): Promise<void> {
    await this.open();
    await this.erasing?.catch(() => undefined);
    if (this.trouble) this.begun = this.begin();
    await this.begun;
  }

  changed(): void {
    this.audience.changed();
  }

  returned(text: string): void {
    this.audience.returned(text);
  }

  /** The gateway does not know the session any more: begin anew, and give back what was written. */
  async ended(key: Key = "ended"): Promise<void> {
    const text = this.outbox.all().map((message) => message.text);
    const going = this.startAgain({ key });
    this.returned(text.filter(Boolean).join("\n"));
    await going;
  }

  tell(said: Said): void {
    this.audience.told(said);
  }

  /* ---- saying and hearing ---- */

  private say(message: Outgoing): void {
    this.messages.show(message);
    this.outbox.add(message);
    this.changed();
    this.delivery.flush();
  }

  private hear({ event, data, id }: ServerEvent): void {
    const said = told<{ typing?: boolean } & Entry>(data);
    if (event === "typing") {
      this.writing = said.typing === true;
      this.changed();
    } else if (event === "erased") {
      void this.ended("erased_elsewhere");
    } else if (event === "message" && said.from) {
      const seq = said.seq ?? Number(id);
      this.messages.add([Number.isFinite(seq) ? { ...said, seq } : said], this.delivery.waiting);
      // An answer may be here although asking for it failed.
      if (said.from === "dorsi") this.delivery.flush("answer");
    }
  }

  private connected(yes: boolean): void {
    if (yes) {
      // A line that comes and goes is no reason to send what just failed.
      void this.delivery.flush("answer");
      void this.findCalls();
    } else if (this.writing) {
      this.writing = false;
      this.changed();
    }
  }

  /* ---- beginning, coming back, erasing ---- */

  private async begin(): Promise<void> {
    this.trouble = false;
    this.loading = true;
    this.changed();
    try {
      if (!(this.session.token && (await this.resume()))) {
        // What was written for the conversation that is over is not sent into another unasked.
        if (this.session.token && this.outbox.all().length) return await this.ended();
        this.messages.add((await this.visit.open()).map(fromDorsi), false);
      }
      this.follow();
    } catch {
      this.trouble = true;
    } finally {
      this.loading = false;
      this.changed();
    }
  }

  /* Show what was said before; false where the gateway does not know the conversation any more. */
  private async resume(): Promise<boolean> {
    const entries = await this.visit.history();
    if (!entries) return false;
    this.messages.recall(entries);
    // A yes may have been taken back since, in another tab or by erasing; a no holds.
    const last = entries.findLast((entry) => entry.from === "dorsi" && entry.remember !== undefined);
    if (last?.from === "dorsi" && !last.remember) this.session.remember(false);
    this.takeUp(entries);
    void this.visit.renew(); // nothing waits for it
    return true;
  }

  /* What has no answer yet is asked for again, in its order. */
  private takeUp(entries: Entry[]): void {
    this.outbox.catchUp(entries);
    for (const message of this.outbox.all()) this.messages.show(message);
    // Not before this beginning is over: it is what a message waits for.
    queueMicrotask(() => this.delivery.flush());
  }

  private async wipe(): Promise<void> {
    const before = this.outbox.all().map(({ id }) => id);
    await this.begun; // or there would be another session in a moment
    this.stream.stop();
    let whole: boolean;
    try {
      whole = await this.visit.erase();
    } catch (error) {
      this.follow();
      throw error;
    }
    this.session.dropDiary();
    // What is written meanwhile belongs to the new conversation.
    const since = this.outbox.all().filter(({ id }) => !before.includes(id));
    await this.startAgain({ key: whole ? "erased" : "gone" }, since);
  }

  private async startAgain(why: Said, since: Outgoing[] = []): Promise<void> {
    this.stream.stop();
    this.messages.clear();
    this.drawings.clear();
    this.outbox.clear(since);
    for (const message of since) this.messages.show(message);
    this.votes.clear();
    this.writing = false;
    this.session.leave();
    this.begun = this.begin();
    await this.begun;
    this.tell(why);
  }
}
