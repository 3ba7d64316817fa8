import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Conversation, type Listener } from "../src/conversation";
import type { Said } from "../src/strings";
import type { DorsiMessage } from "../src/types";
import { FakeGateway, GATEWAY, dorsi, json, refusal } from "./fake";

let gateway: FakeGateway;
let chat: Conversation;
let told: Said[];
let arrived: DorsiMessage[];
let returned: string[];
let leaving: (() => void)[] = [];

const listener = (): Listener => ({
  changed: () => undefined,
  arrived: (messages) => arrived.push(...messages),
  told: (said) => told.push(said),
  returned: (text) => returned.push(text),
});

function window_(): Conversation {
  const made = new Conversation(GATEWAY, "GB");
  leaving.push(made.listen(listener()));
  return made;
}

const texts = (): string[] => chat.items.map(({ entry }) => entry.text);
const fates = (): (string | undefined)[] =>
  chat.items.filter(({ entry }) => entry.from === "patient").map(({ fate }) => fate?.state);
const until = (holds: () => void): Promise<void> => vi.waitFor(holds, { timeout: 3000, interval: 5 });
const keys = (): string[] => told.map(({ key }) => key);

beforeEach(async () => {
  sessionStorage.clear();
  localStorage.clear();
  gateway = new FakeGateway();
  [told, arrived, returned] = [[], [], []];
  vi.stubGlobal("fetch", gateway.fetch);
  chat = window_();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  for (const leave of leaving.splice(0)) leave();
});

describe("beginning", () => {
  it("opens one session, however many windows ask for it", async () => {
    await Promise.all([chat.open(), chat.open()]);
    expect(gateway.asked.filter((name) => name === "POST /api/sessions")).toHaveLength(1);
    expect(texts()).toEqual(["I am Dorsi."]);
    expect(chat.session.days).toBe(90);
  });

  it("sends what was typed before the session was there", async () => {
    void chat.open();
    chat.write("hello");
    await until(() => expect(texts()).toContain("You said: hello"));
    expect(gateway.asked.filter((name) => name === "POST /api/sessions")).toHaveLength(1);
  });

  it("says that Dorsi cannot be reached, and can be tried again", async () => {
    gateway.down = true;
    await chat.open();
    expect(chat.trouble).toBe(true);
    gateway.down = false;
    await chat.retry();
    expect(chat.trouble).toBe(false);
    expect(texts()).toEqual(["I am Dorsi."]);
  });

  it("passes the key of an earlier visit's diary on", async () => {
    localStorage.setItem(`dorsi.diary:${GATEWAY}`, "old");
    let body: unknown;
    gateway.broken["POST /api/sessions"] = (found) => {
      body = found;
      return json({ session: "t", diary: "old", messages: [] }, 201);
    };
    await chat.open();
    expect(body).toEqual({ region: "GB", diary: "old" });
  });
});

describe("sending", () => {
  beforeEach(() => chat.open());

  it("shows a message once although it also comes over the stream", async () => {
    await until(() => expect(gateway.connected).toBe(true));
    chat.write("hello");
    await until(() => expect(texts()).toContain("You said: hello"));
    for (const entry of gateway.history) gateway.say("message", entry, entry.seq);
    gateway.say("message", { ...dorsi("Later."), from: "dorsi", seq: 9 }, 9);
    await until(() => expect(texts()).toContain("Later."));
    expect(texts()).toEqual(["I am Dorsi.", "hello", "You said: hello", "Later."]);
    expect(fates()).toEqual([undefined]);
  });

  it("keeps what was not sent, in order and under the same ids, and sends it when back online", async () => {
    gateway.down = true;
    chat.write("one");
    chat.write("two");
    await until(() => expect(fates()).toEqual(["unsent", "unsent"]));
    expect(keys()).toContain("not_sent");
    const waiting = chat.outbox.all();
    gateway.down = false;
    dispatchEvent(new Event("online"));
    await until(() => expect(fates()).toEqual([undefined, undefined]));
    expect(gateway.sent.map(({ id, text }) => [id, text])).toEqual(waiting.map(({ id, text }) => [id, text]));
    expect(chat.outbox.all()).toEqual([]);
  });

  it("does not let a call for help wait for what hangs before it", async () => {
    gateway.broken["POST /api/messages"] = (body) =>
      body["text"] === "one" ? (new Promise(() => undefined) as never) : json({ messages: [dorsi("Call.")] });
    chat.write("one");
    await until(() => expect(fates()).toEqual(["sending"]));
    chat.write("help");
    await until(() => expect(texts()).toContain("Call."));
  });

  it("shows advice beside an error and lets the message be sent again", async () => {
    const advice = dorsi("Call 999.", { level: "emergency", kind: "escalation" });
    gateway.broken["POST /api/messages"] = () => refusal(500, "internal", [advice]);
    chat.write("my face droops");
    await until(() => expect(fates()).toEqual(["unsent"]));
    expect(texts().slice(-2)).toEqual(["my face droops", "Call 999."]);
    expect(arrived.at(-1)?.text).toBe("Call 999.");
    delete gateway.broken["POST /api/messages"];
    await chat.delivery.flush();
    expect(fates()).toEqual([undefined]);
  });

  it("gives up a message that the gateway does not take, and says so", async () => {
    gateway.broken["POST /api/messages"] = () => refusal(422, "unknown_choice");
    chat.write("hello");
    await until(() => expect(fates()).toEqual(["refused"]));
    expect(told.at(-1)).toMatchObject({ key: "not_taken", english: "Refused: unknown_choice." });
    expect(chat.outbox.all()).toEqual([]);
  });

  it("waits as long as it is told to when it was too much, and sends it again by itself once", async () => {
    vi.useFakeTimers();
    let refusals = 0;
    gateway.broken["POST /api/messages"] = () => {
      refusals += 1;
      return json({ messages: [dorsi(`Advice ${refusals}`)] }, 429, { "Retry-After": "7" });
    };
    chat.write("hello");
    await vi.advanceTimersByTimeAsync(50);
    expect(fates()).toEqual(["later"]);
    expect(keys()).toContain("too_many");
    expect(texts()).toContain("Advice 1");
    await vi.advanceTimersByTimeAsync(6000);
    expect(refusals).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(refusals).toBe(2);
    expect(keys()).toContain("too_many_again");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refusals).toBe(2);
  });

  it("begins anew where the session is over, and gives back what was written", async () => {
    gateway.broken["POST /api/messages"] = () => refusal(401, "unknown_session");
    chat.write("hello");
    await until(() => expect(returned).toEqual(["hello"]));
    expect(keys()).toContain("ended");
    expect(texts()).toEqual(["I am Dorsi."]);
    expect(gateway.opened).toHaveLength(2);
    expect(chat.session.token).toBe(gateway.opened[1]);
  });

  it("tells at once whom to call when the session is over, and gives the words back at once", async () => {
    const advice = dorsi("Call 999.", { level: "emergency", kind: "escalation" });
    gateway.broken["POST /api/messages"] = () => refusal(401, "unknown_session", [advice]);
    gateway.broken["POST /api/sessions"] = () => new Promise<never>(() => undefined) as never;
    chat.write("my face droops");
    await until(() => expect(texts()).toEqual(["Call 999."]));
    expect(arrived.at(-1)?.text).toBe("Call 999.");
    expect(returned).toEqual(["my face droops"]);
  });

  it("keeps what comes back until a window is there to take it", async () => {
    let refuse = (_: Response): void => undefined;
    gateway.broken["POST /api/messages"] = () => new Promise<Response>((go) => (refuse = go)) as never;
    chat.write("hello");
    await until(() => expect(gateway.asked).toContain("POST /api/messages"));
    for (const leave of leaving.splice(0)) leave();
    refuse(refusal(401, "unknown_session"));
    await until(() => expect(gateway.opened).toHaveLength(2));
    leaving.push(chat.listen(listener()));
    await until(() => expect(returned).toEqual(["hello"]));
  });

  it("shows advice beside an error once, however often the message fails", async () => {
    const advice = { level: "emergency", kind: "escalation" } as const;
    gateway.broken["POST /api/messages"] = () => refusal(500, "internal", [dorsi("Call 999.", advice)]);
    chat.write("my face droops");
    await until(() => expect(fates()).toEqual(["unsent"]));
    await chat.delivery.flush();
    await until(() => expect(fates()).toEqual(["unsent"]));
    expect(texts()).toEqual(["I am Dorsi.", "my face droops", "Call 999."]);
    expect(arrived.filter(({ text }) => text === "Call 999.")).toHaveLength(1);
    delete gateway.broken["POST /api/messages"];
    gateway.answers["my face droops"] = [dorsi("Call 999.", advice)];
    await chat.delivery.flush();
    expect(texts()).toEqual(["I am Dorsi.", "my face droops", "Call 999."]);
  });

  it("asks again for what got lost when an answer comes in, and not for what just failed", async () => {
    await until(() => expect(gateway.connected).toBe(true));
    const posted: unknown[] = [];
    gateway.broken["POST /api/messages"] = (body) => {
      posted.push(body["text"]);
      if (body["text"] === "lost") throw new TypeError("no network");
      return refusal(500, "internal");
    };
    chat.write("lost");
    await until(() => expect(fates()).toEqual(["unsent"]));
    chat.write("fails");
    await until(() => expect(fates()).toEqual(["unsent", "unsent"]));
    posted.length = 0;
    gateway.say("message", { ...dorsi("From elsewhere."), from: "dorsi", seq: 8 }, 8);
    await until(() => expect(posted).toContain("lost"));
    await until(() => expect(chat.waiting).toBe(false));
    expect(posted).toEqual(["lost"]);
  });

  it("sends nothing twice that was answered while it waited for the one before", async () => {
    vi.useFakeTimers();
    const posted: unknown[] = [];
    gateway.broken["POST /api/messages"] = (body) => {
      posted.push(body["text"]);
      return body["text"] === "one"
        ? (new Promise<never>(() => undefined) as never)
        : json({ messages: [dorsi("Here.")] });
    };
    gateway.down = true;
    chat.write("one");
    chat.write("two");
    await vi.advanceTimersByTimeAsync(50);
    gateway.down = false;
    const going = chat.delivery.flush();
    await vi.advanceTimersByTimeAsync(50);
    void chat.delivery.flush();
    await vi.advanceTimersByTimeAsync(3000);
    await going;
    expect(posted).toEqual(["one", "two"]);
    expect(fates()).toEqual(["sending", undefined]);
  });

  it("does not send again what it was told to hold back, unless by a press", async () => {
    vi.useFakeTimers();
    const posted: unknown[] = [];
    gateway.broken["POST /api/messages"] = (body) => {
      posted.push(body["text"]);
      return body["text"] === "one"
        ? json({ messages: [] }, 429, { "Retry-After": "7" })
        : json({ messages: [dorsi("Here.")] });
    };
    chat.write("one");
    await vi.advanceTimersByTimeAsync(50);
    chat.write("two");
    dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(50);
    expect(posted).toEqual(["one", "two"]);
    await chat.delivery.flush();
    expect(posted).toEqual(["one", "two", "one"]);
    // The first wait is over, but the press began another.
    await vi.advanceTimersByTimeAsync(60_000);
    expect(posted).toHaveLength(3);
  });

  it("asks for advice even where no session can be opened", async () => {
    await chat.erase();
    chat.session.leave();
    gateway.broken["POST /api/sessions"] = () => refusal(500);
    gateway.broken["POST /api/messages"] = () => refusal(500, "internal", [dorsi("Call 999.")]);
    await chat.retry();
    chat.write("help");
    await until(() => expect(texts()).toContain("Call 999."));
    expect(gateway.tokens.at(-1)).toBe("none");
    expect(fates()).toEqual(["unsent"]);
  });
});

describe("choices", () => {
  const buttons = [{ id: "b1", title: "Causes" }, { id: "b2", title: "Signs" }];

  beforeEach(async () => {
    gateway.answers["menu"] = [dorsi("Which?", { buttons })];
    await chat.open();
    chat.write("menu");
    await until(() => expect(texts()).toContain("Which?"));
  });

  it("are sent by their id and shown by their title", async () => {
    expect(chat.choose(buttons[0]!)).toBe("taken");
    expect(texts()).toContain("Causes");
    await until(() => expect(texts()).toContain("You said: b1"));
    expect(gateway.sent.at(-1)).toMatchObject({ choice: "b1" });
  });

  it("are taken once by a hand that presses twice", async () => {
    chat.choose(buttons[0]!);
    expect(chat.choose(buttons[0]!)).toBe("waiting");
    await until(() => expect(chat.waiting).toBe(false));
    expect(gateway.sent.filter(({ choice }) => choice)).toHaveLength(1);
  });

  it("are over after a newer message", async () => {
    chat.write("never mind");
    await until(() => expect(chat.waiting).toBe(false));
    expect(chat.choose(buttons[1]!)).toBe("over");
    expect(gateway.sent.some(({ choice }) => choice)).toBe(false);
  });
});

describe("coming back", () => {
  beforeEach(async () => {
    await chat.open();
    chat.write("hello");
    await until(() => expect(texts()).toContain("You said: hello"));
    for (const leave of leaving.splice(0)) leave();
  });

  it("shows what was said before", async () => {
    chat = window_();
    await chat.open();
    expect(texts()).toEqual(["I am Dorsi.", "hello", "You said: hello"]);
    expect(gateway.asked.filter((name) => name === "POST /api/sessions")).toHaveLength(1);
  });

  it("asks for an answer that is missing", async () => {
    gateway.keep({ from: "patient", id: "lost", text: "and now" });
    chat = window_();
    gateway.broken["POST /api/messages"] = () => json({ messages: [dorsi("Here.")] });
    await chat.open();
    await until(() => expect(texts()).toContain("Here."));
  });

  it("sends what a reload cut short, and not what was answered meanwhile", async () => {
    const [, , answer] = gateway.history;
    chat.outbox.add({ id: gateway.history[1]!.id, text: "hello", shown: "hello" });
    chat.outbox.add({ id: "new", text: "more", shown: "more" });
    const before = gateway.sent.length;
    chat = window_();
    await chat.open();
    await until(() => expect(texts()).toContain("You said: more"));
    expect(gateway.sent.slice(before).map(({ id }) => id)).toEqual(["new"]);
    expect(texts()).toContain(answer?.text);
  });

  it("begins anew where the gateway does not know the conversation any more", async () => {
    gateway.broken["GET /api/messages"] = () => refusal(401, "unknown_session");
    gateway.history = [];
    chat = window_();
    await chat.open();
    expect(texts()).toEqual(["I am Dorsi."]);
  });

  it("changes an old token for a new one, and tells duplicates of the tab", async () => {
    const duplicate = new BroadcastChannel("dorsi");
    const heard = new Promise((go) => duplicate.addEventListener("message", ({ data }) => go(data)));
    vi.setSystemTime(Date.now() + 2 * 60 * 60_000);
    chat = window_();
    await chat.open();
    expect(chat.session.token).toBe("renewed");
    expect(await heard).toEqual({ old: gateway.opened[0], session: "renewed" });
    duplicate.close();
  });

  it("takes the new token that a duplicate of the tab has got for the same session only", async () => {
    const duplicate = new BroadcastChannel("dorsi");
    duplicate.postMessage({ old: "another", session: "not ours" });
    duplicate.postMessage({ old: gateway.opened[0], session: "ours" });
    await until(() => expect(chat.session.token).toBe("ours"));
    duplicate.close();
  });

  it("holds no connection that nobody looks at", async () => {
    chat = window_();
    await chat.open();
    await until(() => expect(gateway.connected).toBe(true));
    for (const leave of leaving.splice(0)) leave();
    expect(gateway.connected).toBe(false);
    leaving.push(chat.listen(listener()));
    await until(() => expect(gateway.connected).toBe(true));
  });

  it("makes no connection for nobody when the last window goes while it begins", async () => {
    await new Promise((go) => setTimeout(go));
    const before = gateway.asked.filter((name) => name === "GET /api/stream").length;
    chat = window_();
    const going = chat.open();
    for (const leave of leaving.splice(0)) leave();
    await going;
    expect(chat.trouble).toBe(false);
    expect(gateway.asked.filter((name) => name === "GET /api/stream")).toHaveLength(before);
  });

  it("does not remember a diary again because of a yes that was taken back elsewhere", async () => {
    gateway.keep({ ...dorsi("I will.", { remember: true }), from: "dorsi" });
    chat = window_();
    await chat.open();
    expect(texts()).toContain("I will.");
    expect(chat.session.diary).toBeNull();
  });

  it("forgets a diary where the last word on it was no, and not where it was yes", async () => {
    gateway.keep({ ...dorsi("I will not.", { remember: false }), from: "dorsi" });
    gateway.keep({ ...dorsi("I will.", { remember: true }), from: "dorsi" });
    chat.session.remember(true);
    chat = window_();
    await chat.open();
    expect(chat.session.diary).toBe("key");
    gateway.keep({ ...dorsi("Never mind.", { remember: false }), from: "dorsi" });
    chat = window_();
    await chat.open();
    expect(chat.session.diary).toBeNull();
  });

  it("goes on under the old token where there is no new one to be had", async () => {
    vi.setSystemTime(Date.now() + 2 * 60 * 60_000);
    gateway.broken["POST /api/session/token"] = () => refusal(404, "not_found");
    chat = window_();
    await chat.open();
    expect(chat.session.token).toBe(gateway.opened[0]);
    expect(chat.trouble).toBe(false);
  });
});

describe("erasing", () => {
  beforeEach(() => chat.open());

  it("drops the conversation, the diary's key and begins anew", async () => {
    chat.session.remember(true);
    await chat.erase();
    expect(gateway.asked).toContain("DELETE /api/session");
    expect(chat.session.diary).toBeNull();
    expect(keys().at(-1)).toBe("erased");
    expect(gateway.opened).toHaveLength(2);
    expect(chat.session.token).toBe(gateway.opened[1]);
  });

  it("erases a diary even where its conversation is gone", async () => {
    chat.session.remember(true);
    let deleted = 0;
    gateway.broken["DELETE /api/session"] = () => {
      deleted += 1;
      return deleted === 1 ? refusal(401, "unknown_session") : new Response(null, { status: 204 });
    };
    await chat.erase();
    expect(deleted).toBe(2);
    expect(chat.session.diary).toBeNull();
  });

  it("keeps everything where it was not possible", async () => {
    gateway.broken["DELETE /api/session"] = () => refusal(500);
    await expect(chat.erase()).rejects.toThrow();
    expect(texts()).toEqual(["I am Dorsi."]);
  });

  it("sends what is written meanwhile in the one new conversation", async () => {
    let done = (_: Response): void => undefined;
    gateway.broken["DELETE /api/session"] = () => new Promise<Response>((go) => (done = go)) as never;
    const going = chat.erase();
    await until(() => expect(gateway.asked).toContain("DELETE /api/session"));
    expect(gateway.tokens.at(-1)).toBe(gateway.opened[0]);
    expect(chat.session.token).toBeNull();
    chat.write("hello");
    expect(texts()).toContain("hello");
    done(new Response(null, { status: 204 }));
    await going;
    await until(() => expect(texts()).toContain("You said: hello"));
    expect(texts()).toContain("hello");
    expect(gateway.opened).toHaveLength(2);
    expect(gateway.tokens.at(-1)).toBe(gateway.opened[1]);
    expect(gateway.sent).toHaveLength(1);
  });

  it("sends nothing that was erased before it was sent", async () => {
    const { fetch } = gateway;
    let begin = (): void => undefined;
    const held = new Promise<void>((go) => (begin = go));
    vi.stubGlobal("fetch", async (input: string, init: RequestInit) => {
      if (input.endsWith("/api/sessions")) await held;
      return fetch(input, init);
    });
    chat = window_();
    chat.session.leave();
    void chat.open();
    chat.write("hello");
    const going = chat.erase();
    begin();
    await going;
    await until(() => expect(chat.delivery.waiting).toBe(false));
    expect(gateway.sent).toEqual([]);
    expect(texts()).toEqual(["I am Dorsi."]);
    expect(gateway.opened).toHaveLength(3);
    expect(chat.session.token).toBe(gateway.opened[2]);
  });

  it("goes on in the old conversation where it was not possible", async () => {
    gateway.broken["DELETE /api/session"] = () => refusal(500);
    const going = chat.erase();
    chat.write("hello");
    await expect(going).rejects.toThrow();
    await until(() => expect(texts()).toContain("You said: hello"));
    expect(chat.session.token).toBe(gateway.opened[0]);
    expect(gateway.opened).toHaveLength(1);
  });

  it("shows no answer to what was erased while it was under way", async () => {
    let reply = (_: Response): void => undefined;
    gateway.broken["POST /api/messages"] = () => new Promise<Response>((go) => (reply = go)) as never;
    chat.write("hello");
    await until(() => expect(gateway.asked).toContain("POST /api/messages"));
    await chat.erase();
    reply(json({ messages: [dorsi("Too late.")] }));
    await until(() => expect(chat.delivery.waiting).toBe(false));
    expect(texts()).toEqual(["I am Dorsi."]);
  });

  it("is seen in another tab", async () => {
    await until(() => expect(gateway.connected).toBe(true));
    gateway.say("erased", {});
    await until(() => expect(keys()).toContain("erased_elsewhere"));
    expect(gateway.opened).toHaveLength(2);
    expect(chat.session.token).toBe(gateway.opened[1]);
  });
});

describe("what else there is", () => {
  beforeEach(() => chat.open());

  it("keeps the diary's key for later when a reply says so", async () => {
    gateway.answers["yes"] = [dorsi("I will.", { remember: true })];
    chat.write("yes");
    await until(() => expect(chat.session.diary).toBe("key"));
  });

  it("tells the gateway whether an answer helped, and takes it back", async () => {
    await chat.vote("d1", true);
    expect(gateway.sent.at(-1)).toEqual({ message: "d1", helpful: true });
    expect(chat.votes.of("d1")?.helpful).toBe(true);
    await chat.vote("d1", true);
    expect(gateway.sent.at(-1)).toEqual({ message: "d1", helpful: null });
    expect(chat.votes.of("d1")).toBeNull();
  });

  it("passes a reason on and shows the advice it brings", async () => {
    await chat.vote("d1", false);
    expect(chat.votes.of("d1")?.asking).toBe(true);
    gateway.broken["POST /api/feedback"] = () => json({ messages: [dorsi("Call 999.")] });
    expect(await chat.explain("d1", "my chest hurts")).toBe(true);
    expect(texts()).toContain("Call 999.");
    expect(chat.votes.of("d1")).toEqual({ helpful: false, asking: false });
  });

  it("undoes a vote that could not be saved", async () => {
    gateway.broken["POST /api/feedback"] = () => refusal(500);
    await chat.vote("d1", true);
    expect(chat.votes.of("d1")).toBeNull();
    expect(keys().at(-1)).toBe("vote_failed");
    expect(chat.votes.offered).toBe(true);
  });

  it("takes a vote back where it is pressed again", async () => {
    await chat.vote("d1", true);
    await chat.vote("d1", true);
    expect(chat.votes.of("d1")).toBeNull();
    expect(keys().at(-1)).toBe("taken_back");
  });

  it("asks for no votes any more once the gateway has shown that it takes none", async () => {
    gateway.broken["POST /api/feedback"] = () => refusal(404, "not_found");
    await chat.vote("d1", true);
    expect(chat.votes.offered).toBe(false);
  });

  it("knows whom to call without the gateway once it was told", async () => {
    await chat.numbers.load();
    gateway.down = true;
    await chat.numbers.load();
    expect(chat.numbers.calls).toEqual([{ title: "Call 999", number: "999" }]);
  });

  it("saves the conversation under the name the gateway gives", async () => {
    const names: string[] = [];
    const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      names.push(this.download);
    });
    gateway.broken["GET /api/transcript"] = () =>
      new Response("text", { headers: { "Content-Disposition": 'attachment; filename="a.txt"' } });
    await chat.download();
    gateway.broken["GET /api/transcript"] = () => new Response("text");
    await chat.download();
    expect(names).toEqual(["a.txt", "dorsi-conversation.txt"]);
    click.mockRestore();
  });

  it("offers the conversation as a file no more where the gateway has none", async () => {
    await expect(chat.download()).rejects.toThrow();
    expect(chat.noTranscript).toBe(true);
  });

  it("fetches nothing from anywhere else", async () => {
    expect(chat.api.address("https://elsewhere.test/x")).toBeNull();
    await expect(chat.api.request("GET", "//elsewhere.test/x")).rejects.toThrow("not an address");
  });
});
