import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Api } from "../src/api";
import type { ServerEvent } from "../src/sse";
import { Stream } from "../src/stream";
import { FakeGateway, GATEWAY, json, refusal } from "./fake";

let gateway: FakeGateway;
let stream: Stream;
let events: ServerEvent[];
let asked: string[];
let last = 0;
let unknown = 0;

const tries = (): number => gateway.asked.length;
const line = (online: boolean): void => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(online);
  dispatchEvent(new Event(online ? "online" : "offline"));
};
const sight = (state: DocumentVisibilityState): void => {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
};

beforeEach(() => {
  vi.useFakeTimers();
  gateway = new FakeGateway();
  [events, asked, last, unknown] = [[], [], 0, 0];
  vi.stubGlobal("fetch", (input: string, init: RequestInit) => {
    asked.push(new Headers(init.headers).get("Last-Event-ID") ?? "");
    return gateway.fetch(input, init);
  });
  stream = new Stream(new Api(GATEWAY, () => "token"), {
    event: (event) => events.push(event),
    connected: () => undefined,
    unknown: () => (unknown += 1),
    last: () => last,
  });
});

afterEach(() => {
  stream.stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the live connection", () => {
  it("hands on what is said", async () => {
    stream.start();
    stream.start();
    await vi.advanceTimersByTimeAsync(10);
    gateway.say("typing", { typing: true });
    await vi.advanceTimersByTimeAsync(10);
    expect(events).toEqual([{ event: "typing", data: '{"typing":true}' }]);
    expect(tries()).toBe(1);
  });

  it("is taken up again from the last message when it broke", async () => {
    gateway.broken["GET /api/stream"] = () => refusal(503);
    stream.start();
    await vi.advanceTimersByTimeAsync(10);
    delete gateway.broken["GET /api/stream"];
    last = 5;
    await vi.advanceTimersByTimeAsync(2000);
    expect(asked).toEqual(["0", "5"]);
    expect(gateway.connected).toBe(true);
  });

  it("is tried ever more rarely, but at least every half minute", async () => {
    gateway.down = true;
    stream.start();
    await vi.advanceTimersByTimeAsync(60_000);
    const early = tries();
    expect(early).toBeGreaterThan(4);
    expect(early).toBeLessThan(12);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tries() - early).toBeGreaterThanOrEqual(2);
    expect(tries() - early).toBeLessThanOrEqual(5);
  });

  it.each([401, 403, 404, 405])("is given up where the gateway answers %i", async (status) => {
    gateway.broken["GET /api/stream"] = () => refusal(status);
    stream.start();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(tries()).toBe(1);
  });

  it.each([
    [401, true, 1],
    [403, true, 0],
    [401, false, 0],
  ])("says once where a session that was known is unknown: %i", async (status, stood, said) => {
    const brief = { headers: { "Content-Type": "text/event-stream" } };
    const answers = stood ? [(): Response => new Response("event: typing\ndata: {}\n\n", brief)] : [];
    gateway.broken["GET /api/stream"] = () => answers.pop()?.() ?? refusal(status);
    stream.start();
    await vi.advanceTimersByTimeAsync(20_000);
    stream.start();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(unknown).toBe(said);
  });

  it("is tried ever more rarely where it breaks soon after it stood", async () => {
    const open = (): Response =>
      new Response("event: typing\ndata: {}\n\n", { headers: { "Content-Type": "text/event-stream" } });
    gateway.broken["GET /api/stream"] = open;
    stream.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tries()).toBeGreaterThan(3);
    expect(tries()).toBeLessThan(12);
  });

  it("is given up where something else answers in the gateway's place", async () => {
    gateway.broken["GET /api/stream"] = () => json({ hello: "from a proxy" });
    stream.start();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(tries()).toBe(1);
  });

  it("is cut and made anew when no sign of life comes", async () => {
    stream.start();
    await vi.advanceTimersByTimeAsync(48_000);
    expect(tries()).toBe(2);
  });

  it("rests while there is no network", async () => {
    stream.start();
    await vi.advanceTimersByTimeAsync(10);
    line(false);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(gateway.connected).toBe(false);
    expect(tries()).toBe(1);
    line(true);
    await vi.advanceTimersByTimeAsync(10);
    expect(gateway.connected).toBe(true);
  });

  it("rests in a tab that is out of sight for five minutes, and no sooner", async () => {
    stream.start();
    await vi.advanceTimersByTimeAsync(10);
    const alive = setInterval(() => gateway.say("typing", { typing: false }), 15_000);
    sight("hidden");
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    expect(gateway.connected).toBe(true);
    await vi.advanceTimersByTimeAsync(2 * 60_000);
    expect(gateway.connected).toBe(false);
    expect(tries()).toBe(1);
    sight("visible");
    await vi.advanceTimersByTimeAsync(10);
    expect(gateway.connected).toBe(true);
    clearInterval(alive);
  });

  it("ends for good when it is stopped", async () => {
    stream.start();
    await vi.advanceTimersByTimeAsync(10);
    stream.stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(gateway.connected).toBe(false);
    expect(tries()).toBe(1);
  });
});
