import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aloud, alarming } from "../src/aloud";
import { Announcer } from "../src/announcer";
import { backoff } from "../src/backoff";
import { ENOUGH, accent, contrast, rgb } from "../src/contrast";
import { Countdown } from "../src/countdown";
import { newId } from "../src/id";
import { Shelf, recall } from "../src/memory";
import { Outbox } from "../src/outbox";
import { keepPreferences, preferences } from "../src/preferences";
import { atEnd, bringIntoView, target } from "../src/scrolling";
import { Session } from "../src/session";
import { directionOf, gatewayOf, modeOf, privacyOf, regionOf } from "../src/settings";
import { sayer } from "../src/strings";
import { counted, tallied } from "../src/tally";
import { steady } from "../src/view/steady";
import { squeezed } from "../scripts/squeeze";
import { dorsi } from "./fake";

const shelf = (): Shelf => {
  const held = new Map<string, string>();
  return new Shelf(
    () =>
      ({
        getItem: (key: string) => held.get(key) ?? null,
        setItem: (key: string, value: string) => held.set(key, value),
        removeItem: (key: string) => held.delete(key),
      }) as unknown as Storage,
  );
};
const barred = (): Shelf =>
  new Shelf(() => {
    throw new DOMException("barred", "SecurityError");
  });

describe("an accent", () => {
  it("has white words on a dark colour and black ones on a light colour", () => {
    expect(accent("#0b5351")?.words).toBe("#ffffff");
    expect(accent("#ffe071")?.words).toBe("#000000");
    expect(accent("#fff")?.words).toBe("#000000");
  });

  it("is refused where neither can be read well enough", () => {
    expect(accent("#808080")).toBeNull();
    expect(accent("#e00000")).toBeNull();
  });

  it("is refused where it is no colour that can be read", () => {
    for (const colour of [null, "", "teal", "#12", "#ggg", "url(x)"]) expect(accent(colour)).toBeNull();
  });

  it("always reaches the contrast that is enough", () => {
    for (let red = 0; red < 256; red += 15) {
      for (let green = 0; green < 256; green += 15) {
        const hex = `#${[red, green, 90].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
        const found = accent(hex);
        if (found) expect(contrast(rgb(hex)!, rgb(found.words)!)).toBeGreaterThanOrEqual(ENOUGH);
      }
    }
  });

  it("has the contrast that WCAG computes", () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
    expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 1);
  });
});

describe("a hold", () => {
  let now = 0;
  const clock = (): number => now;

  beforeEach(() => {
    now = 1000;
  });

  it("counts down by the clock and stays at nothing", () => {
    const hold = new Countdown(10, clock);
    expect(hold.remaining).toBe(10);
    now += 3500;
    expect(hold.remaining).toBe(7);
    now += 60_000;
    expect(hold.remaining).toBe(0);
  });

  it("loses no time while it is paused, however often that is pressed", () => {
    const hold = new Countdown(10, clock);
    now += 4000;
    hold.pause();
    now += 60_000;
    hold.pause();
    expect(hold.paused).toBe(true);
    expect(hold.remaining).toBe(6);
    hold.resume();
    hold.resume();
    now += 1000;
    expect(hold.paused).toBe(false);
    expect(hold.remaining).toBe(5);
  });
});

describe("repetitions", () => {
  const range = { least: 2, most: 3 };

  it("are counted up to the most and back to none", () => {
    expect(counted(3, +1, range)).toBe(3);
    expect(counted(0, -1, range)).toBe(0);
    expect(counted(1, +1, range)).toBe(2);
  });

  it("are said to be enough from the least on", () => {
    expect(tallied(1, range).key).toBe("counted");
    expect(tallied(2, range).key).toBe("enough");
    expect(tallied(3, range).key).toBe("all");
  });
});

describe("waiting before another try", () => {
  it("doubles, up to half a minute, and is never the same for all", () => {
    expect(backoff(1, 1)).toBe(1000);
    expect(backoff(2, 1)).toBe(2000);
    expect(backoff(50, 1)).toBe(30_000);
    expect(backoff(50, 0)).toBe(15_000);
  });
});

describe("what the browser keeps", () => {
  it("is found again and can be dropped", () => {
    const memory = shelf();
    memory.set("a", "1");
    expect(memory.get("a")).toBe("1");
    memory.set("a", null);
    expect(memory.get("a")).toBeNull();
  });

  it("lasts as long as the page where keeping is barred", () => {
    const memory = barred();
    memory.set("a", "1");
    expect(memory.get("a")).toBe("1");
    memory.set("a", null);
    expect(memory.get("a")).toBeNull();
  });

  it("is what was kept last, although there was no more room for it", () => {
    const full = {
      getItem: () => "old",
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    } as unknown as Storage;
    const memory = new Shelf(() => full);
    memory.set("a", "new");
    expect(memory.get("a")).toBe("new");
  });

  it("counts as nothing where it cannot be read", () => {
    const memory = shelf();
    memory.set("a", "{broken");
    expect(recall(memory, "a")).toBeNull();
  });

  it("holds the chosen look, and only values that there are", () => {
    const memory = shelf();
    keepPreferences({ size: 3, contrast: true, still: false, sound: true }, memory);
    expect(preferences(memory)).toEqual({ size: 3, contrast: true, still: false, sound: true });
    memory.set("dorsi.preferences", '{"size":9,"contrast":"yes"}');
    expect(preferences(memory)).toEqual({ size: 1, contrast: false, still: false, sound: false });
  });
});

describe("a session", () => {
  const opened = { session: "t", diary: "key", messages: [], kept: { days: 90 } };
  const make = (visit = shelf(), later = shelf(), own = "https://page.test", clock = () => 0) =>
    new Session("https://dorsi.test", "GB", own, visit, later, clock);

  it("is shared by windows on the same gateway and region, and by no others", () => {
    const visit = shelf();
    make(visit).open(opened);
    expect(make(visit).token).toBe("t");
    expect(make(visit).days).toBe(90);
    expect(new Session("https://dorsi.test", "US", "", visit, shelf()).token).toBeNull();
  });

  it("goes on under a new token, from which its age counts", () => {
    let now = 0;
    const session = make(shelf(), shelf(), "", () => now);
    session.open(opened);
    now = 5000;
    expect(session.age).toBe(5000);
    session.renew("t2");
    expect([session.token, session.age, session.days]).toEqual(["t2", 0, 90]);
    session.leave();
    expect([session.token, session.age]).toEqual([null, 0]);
  });

  it("keeps the diary's key for later only after a yes", () => {
    const session = make();
    session.open(opened);
    expect(session.diary).toBeNull();
    session.remember(true);
    expect(session.diary).toBe("key");
    session.remember(false);
    expect(session.diary).toBeNull();
  });

  it("drops a key for later that the gateway did not take", () => {
    const session = make();
    session.open(opened);
    session.remember(true);
    session.open({ ...opened, diary: "another" });
    expect(session.diary).toBeNull();
  });

  it("drops the key with the diary", () => {
    const session = make();
    session.open(opened);
    session.remember(true);
    session.dropDiary();
    expect(session.diary).toBeNull();
    session.remember(true);
    expect(session.diary).toBeNull();
  });

  it("finds the key of earlier visits on its own page under its plain name", () => {
    const later = shelf();
    later.set("dorsi.diary", "old");
    expect(make(shelf(), later, "https://dorsi.test").diary).toBe("old");
    expect(make(shelf(), later, "https://page.test").diary).toBeNull();
  });
});

describe("messages that wait", () => {
  it("stay in their order, each once, until they are dropped", () => {
    const memory = shelf();
    const outbox = new Outbox("box", memory);
    for (const id of ["a", "b", "a"]) outbox.add({ id, text: id, shown: id });
    expect(new Outbox("box", memory).all().map(({ id }) => id)).toEqual(["a", "b"]);
    outbox.drop("a");
    expect(outbox.all().map(({ id }) => id)).toEqual(["b"]);
    outbox.clear();
    expect(memory.get("box")).toBeNull();
  });
});

describe("what is read aloud", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is gone after a second, so that nothing is read twice", () => {
    const region = document.createElement("div");
    const announcer = new Announcer(() => region);
    const said = () => [...region.children].map((one) => one.textContent);
    announcer.say([{ lang: "en", textContent: "One." }]);
    const one = region.firstChild;
    vi.advanceTimersByTime(500);
    announcer.say([{ lang: "en", textContent: "Two." }]);
    expect(said()).toEqual(["One.", "Two."]);
    expect(region.firstChild).toBe(one);
    vi.advanceTimersByTime(1000);
    expect(said()).toEqual([]);
    announcer.say([{ lang: "en", textContent: "Three." }]);
    expect(said()).toEqual(["Three."]);
  });

  it("tells who speaks, how urgent it is, whom to call and what to choose", () => {
    const message = dorsi("Call **now**.", {
      level: "emergency",
      calls: [{ title: "Call 999", number: "999" }],
      buttons: [{ id: "1", title: "Yes" }, { id: "2", title: "No" }],
    });
    const text = aloud(message, sayer("en"), "en").map((part) => part.textContent).join("\n");
    for (const part of ["Dorsi", "Get help now", "Call now", "Call 999", "Yes; No"]) {
      expect(text).toContain(part);
    }
    expect(alarming(message)).toBe(true);
    expect(alarming(dorsi("Hello"))).toBe(false);
  });
});

describe("what is read aloud in two languages", () => {
  it("tells the window's words from Dorsi's", () => {
    const parts = aloud(dorsi("Call now.", { level: "urgent" }), sayer("es"), "es", "en");
    expect(parts.map(({ lang }) => lang)).toEqual(["es", "en"]);
    expect(parts[1]?.textContent).toBe("Call now.");
  });
});

describe("a press", () => {
  afterEach(() => void vi.useRealTimers());

  it("counts once within a second, unless it is on something else", () => {
    vi.useFakeTimers();
    expect([steady("a"), steady("a"), steady("b"), steady("a")]).toEqual([true, false, true, true]);
    vi.advanceTimersByTime(1000);
    expect(steady("a")).toBe(true);
  });
});

describe("a template that is built", () => {
  it("loses its line breaks and none of its words", () => {
    const code = "const a = html`<p\n  class=\"x\">\n  two  words ${b ? `a\nb` : svg`<g>\n</g>`}\n</p>`;";
    expect(squeezed(code).toString()).toBe(
      "const a = html`<p class=\"x\"> two  words ${b ? `a\nb` : svg`<g> </g>`} </p>`;",
    );
  });
});

describe("what the attributes mean", () => {
  it("is a panel where no other mode is named", () => {
    expect([modeOf(null), modeOf("x"), modeOf("page"), modeOf("inline")]).toEqual([
      "panel", "panel", "page", "inline",
    ]);
  });

  it("is the gateway's origin, or that of the script", () => {
    expect(gatewayOf("https://a.test/deep/", "https://b.test")).toBe("https://a.test");
    expect(gatewayOf(null, "https://b.test")).toBe("https://b.test");
    expect(gatewayOf("https://[", "https://b.test")).toBe("https://b.test");
  });

  it("takes a region from the address only on a page of its own", () => {
    history.replaceState(null, "", "?region=IE");
    expect(regionOf(null, "page")).toBe("IE");
    expect(regionOf(null, "panel")).toBe("");
    expect(regionOf(" GB ", "page")).toBe("GB");
  });

  it("has a page on privacy of the web and of no other kind", () => {
    expect(privacyOf(null, "https://a.test")).toBe("https://a.test/privacy");
    expect(privacyOf("https://c.test/p", "https://a.test")).toBe("https://c.test/p");
    expect(privacyOf("javascript:alert(1)", "https://a.test")).toBe("https://a.test/privacy");
    expect(privacyOf("https://[", "https://a.test")).toBe("https://a.test/privacy");
  });

  it("follows the page's direction before that of the language", () => {
    const element = document.createElement("p");
    expect(directionOf(element, "en")).toBe("ltr");
    element.setAttribute("dir", "rtl");
    expect(directionOf(element, "en")).toBe("rtl");
  });
});

describe("a new message", () => {
  it("has an id of its own in the form of a UUID", () => {
    const ids = new Set(Array.from({ length: 50 }, newId));
    expect(ids.size).toBe(50);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("is brought into view whole, or else its beginning", () => {
    expect(target(100, 200, 0, 500)).toBe(0);
    expect(target(600, 800, 0, 500)).toBe(314);
    expect(target(600, 1800, 0, 500)).toBe(586);
    expect(target(50, 100, 300, 500)).toBe(36);
  });

  it("takes nothing urgent out of view that came just before it", () => {
    const at = (top: number, height: number): Element =>
      ({ getBoundingClientRect: () => ({ top, bottom: top + height }) }) as unknown as Element;
    const scrolledTo = (scrollTop: number, made: Element[], turn: Element[], vital?: Element) => {
      let to = -1;
      const box = {
        scrollTop, clientHeight: 500, getBoundingClientRect: () => ({ top: -scrollTop }) as DOMRect,
        scrollTo: ({ top }: { top: number }) => (to = top),
      };
      // All are measured from the beginning of what scrolls.
      const out = bringIntoView(made, box as unknown as Element, false, turn, vital);
      return [to, out];
    };
    const shifted = (scrollTop: number, top: number, height: number) => at(top - 2 * scrollTop, height);
    const urgent = shifted(386, 400, 200);
    const answer = shifted(386, 610, 900);
    expect(scrolledTo(386, [answer], [urgent, answer], urgent)).toEqual([386, false]);
    expect(scrolledTo(386, [answer], [answer])).toEqual([596, false]);
    // What the patient has scrolled past is not gone back to.
    const [read, next] = [shifted(700, 400, 200), shifted(700, 1180, 900)];
    expect(scrolledTo(700, [next], [read, next], read)).toEqual([1166, false]);
  });

  it("is followed where the end was in sight", () => {
    const box = { scrollHeight: 1000, scrollTop: 450, clientHeight: 500 } as Element;
    expect(atEnd(box)).toBe(true);
    expect(atEnd({ ...box, scrollTop: 100 } as Element)).toBe(false);
  });
});
