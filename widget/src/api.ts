/* Talking with the gateway. */
import type { DorsiMessage } from "./types";

const TIMEOUT_MS = 20_000;

/** The gateway said no; what it says of a red flag comes with it all the same. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    body: { error?: { code?: string; message?: string }; messages?: DorsiMessage[] },
    /** Seconds after which to try again, where it says so. */
    readonly retryAfter: number | null = null,
  ) {
    super(body.error?.message ?? "");
    this.advice = body.messages ?? [];
    this.code = body.error?.code;
  }

  /** The gateway's own name for it; none where something else answered in its place. */
  readonly code: string | undefined;

  readonly advice: DorsiMessage[];
}

export const isRefused = (error: unknown, ...statuses: number[]): error is Refused =>
  error instanceof Refused && (!statuses.length || statuses.includes(error.status));

export class Api {
  /**
   * @param gateway the gateway's address.
   * @param token gives the session's token, if there is one.
   */
  constructor(
    readonly gateway: string,
    private readonly token: () => string | null,
  ) {}

  /** The full address of something of the gateway's; null where it points elsewhere. */
  address(path: string): string | null {
    try {
      const found = new URL(path, this.gateway);
      return found.origin === new URL(this.gateway).origin ? found.href : null;
    } catch {
      return null;
    }
  }

  /**
   * Send a request with the session's token and give the response.
   *
   * @throws Refused the gateway said no. Whatever `fetch` throws where it was not reached.
   */
  async request(
    method: string,
    path: string,
    body?: unknown,
    more: { headers?: Record<string, string>; signal?: AbortSignal; token?: string | undefined } = {},
  ): Promise<Response> {
    const address = this.address(path);
    if (!address) throw new TypeError("not an address of the gateway");
    const token = more.token ?? this.token();
    const response = await fetch(address, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...more.headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: more.signal ?? AbortSignal.timeout(TIMEOUT_MS),
      cache: "no-store",
      credentials: "omit",
    });
    if (response.ok) return response;
    const said = (await response.json().catch(() => ({}))) as ConstructorParameters<typeof Refused>[1];
    throw new Refused(response.status, said, seconds(response.headers.get("Retry-After")));
  }

  /**
   * The same, for a request that is answered with JSON or with nothing.
   *
   * @throws SyntaxError or DOMException the answer cannot be read, or was cut off.
   */
  async call<T>(method: string, path: string, body?: unknown, token?: string): Promise<T> {
    const response = await this.request(method, path, body, { token });
    return (response.status === 204 ? {} : await response.json()) as T;
  }
}

function seconds(header: string | null): number | null {
  const found = Number(header ?? NaN);
  return Number.isFinite(found) && found >= 0 ? found : null;
}
