/* The live connection: what is said arrives here, whichever tab asked for it. */
import { type Api, isRefused } from "./api";
import { backoff } from "./backoff";
import { EventParser, type ServerEvent } from "./sse";

/* A sign of life comes every 15 s: after three missed ones the connection is dead. */
const SILENCE_MS = 45_000;
/* One that breaks sooner counts as another failure. */
const STANDING_MS = 15_000;
const HIDDEN_MS = 5 * 60_000;

export interface Heard {
  event(event: ServerEvent): void;
  /** The connection stands, or does not. */
  connected(yes: boolean): void;
  /** The gateway does not know the session any more. */
  unknown(): void;
  /** The number of the last message there is. */
  last(): number;
}

/** Keeps a connection as long as it is of use: not offline, and not in a tab long out of sight. */
export class Stream {
  private stopped = true;
  private running = false;
  private stood = false;
  private failures = 0;
  private abort: AbortController | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private hiding: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Api,
    private readonly heard: Heard,
  ) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.failures = 0;
    addEventListener("online", this.wake);
    addEventListener("offline", this.pause);
    document.addEventListener("visibilitychange", this.seen);
    this.wake();
  }

  stop(): void {
    this.stopped = true;
    removeEventListener("online", this.wake);
    removeEventListener("offline", this.pause);
    document.removeEventListener("visibilitychange", this.seen);
    clearTimeout(this.hiding);
    this.pause();
  }

  private readonly pause = (): void => {
    clearTimeout(this.retry);
    this.abort?.abort();
  };

  private readonly seen = (): void => {
    clearTimeout(this.hiding);
    if (document.visibilityState === "hidden") this.hiding = setTimeout(this.pause, HIDDEN_MS);
    else this.wake();
  };

  private readonly wake = (): void => {
    if (this.stopped || this.running) return;
    clearTimeout(this.retry);
    void this.run();
  };

  private async run(): Promise<void> {
    this.running = true;
    const abort = (this.abort = new AbortController());
    try {
      await this.listen(abort);
    } catch (error) {
      // No such route, no permission or no session: the answers to messages have to do.
      // One that never stood tells nothing: beginning anew because of it would never end.
      const over = this.stood && isRefused(error, 401) && !this.stopped;
      if (isRefused(error, 401, 403, 404, 405)) this.stop();
      if (over) {
        this.stood = false;
        this.heard.unknown();
      }
    }
    this.running = false;
    this.heard.connected(false);
    this.later();
  }

  private later(): void {
    const useless = !navigator.onLine || this.longHidden;
    if (this.stopped || useless) return;
    this.failures += 1;
    this.retry = setTimeout(this.wake, backoff(this.failures));
  }

  private get longHidden(): boolean {
    return document.visibilityState === "hidden" && this.abort?.signal.aborted === true;
  }

  private async listen(abort: AbortController): Promise<void> {
    let silence = setTimeout(() => abort.abort(), SILENCE_MS);
    let standing: ReturnType<typeof setTimeout> | undefined;
    try {
      const response = await this.api.request("GET", "/api/stream", undefined, {
        headers: { Accept: "text/event-stream", "Last-Event-ID": String(this.heard.last()) },
        signal: abort.signal,
      });
      const parser = new EventParser();
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      if (!response.headers.get("Content-Type")?.startsWith("text/event-stream") || !reader) {
        this.stop();
        return;
      }
      standing = setTimeout(() => (this.failures = 0), STANDING_MS);
      this.stood = true;
      this.heard.connected(true);
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(silence);
        silence = setTimeout(() => abort.abort(), SILENCE_MS);
        parser.push(value).forEach((event) => this.heard.event(event));
      }
    } finally {
      clearTimeout(standing);
      clearTimeout(silence);
    }
  }
}
