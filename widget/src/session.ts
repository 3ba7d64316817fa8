/* The session of this tab, and the key of this browser's exercise diary. */
import { type Memory, forLater, forVisit, recall } from "./memory";
import type { Opened } from "./types";

interface Held {
  token: string;
  since: number;
  days?: number;
}

/**
 * A session lasts as long as its tab: on a computer that others use, nothing of it is found
 * afterwards. The diary's key stays longer only once the patient has said that Dorsi may remember.
 */
export class Session {
  private readonly key: string;
  private readonly diaryKey: string;

  /**
   * @param gateway the gateway's origin.
   * @param region where the patient is: a conversation belongs to one.
   * @param own the page's origin: with its own gateway the diary's key has its plain name.
   */
  constructor(
    gateway: string,
    region: string,
    own = location.origin,
    private readonly visit: Memory = forVisit,
    private readonly later: Memory = forLater,
    private readonly now: () => number = Date.now,
  ) {
    this.key = `dorsi.session:${gateway}|${region}`;
    this.diaryKey = gateway === own ? "dorsi.diary" : `dorsi.diary:${gateway}`;
  }

  private get held(): Held | null {
    return recall<Held>(this.visit, this.key);
  }

  get token(): string | null {
    return this.held?.token ?? null;
  }

  /** How long conversations are kept, as the gateway said. */
  get days(): number | null {
    return this.held?.days ?? null;
  }

  /** How old the token is, in milliseconds. */
  get age(): number {
    return this.now() - (this.held?.since ?? this.now());
  }

  /** Hold what the gateway gave for this visit. */
  open({ session, diary, kept }: Opened): void {
    const held: Held = { token: session, since: this.now(), ...(kept && { days: kept.days }) };
    this.visit.set(this.key, JSON.stringify(held));
    if (!diary) return;
    this.visit.set(this.diaryKey, diary);
    // A key that the gateway did not take is of no use later either.
    if (this.diary !== diary) this.later.set(this.diaryKey, null);
  }

  /** Go on under a new token; the one before it is given up once this one is kept. */
  renew(token: string): void {
    this.visit.set(this.key, JSON.stringify({ ...this.held, token, since: this.now() }));
  }

  /** Give the session up; what is given back takes it up again. */
  leave(): () => void {
    const held = this.visit.get(this.key);
    this.visit.set(this.key, null);
    return () => this.visit.set(this.key, held);
  }

  /** The diary's key of an earlier visit, if there is one to remember. */
  get diary(): string | null {
    return this.later.get(this.diaryKey);
  }

  /** Keep the diary's key for later visits, or drop it from there. */
  remember(wanted: boolean): void {
    this.later.set(this.diaryKey, wanted ? this.visit.get(this.diaryKey) : null);
  }

  /** The diary is erased: so is its key. */
  dropDiary(): void {
    this.visit.set(this.diaryKey, null);
    this.later.set(this.diaryKey, null);
  }
}
