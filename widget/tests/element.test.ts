import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DorsiChat } from "../src/element";
import "../src/main";
import { FakeGateway, GATEWAY, dorsi, json, refusal } from "./fake";

let gateway: FakeGateway;
let regions = 0;

const until = (holds: () => void): Promise<void> => vi.waitFor(holds, { timeout: 3000, interval: 5 });

/** A window of its own conversation, unless the attributes say otherwise. */
async function placed(attributes: Record<string, string> = {}): Promise<DorsiChat> {
  const element = document.createElement("dorsi-chat") as DorsiChat;
  regions += 1;
  const all = { gateway: GATEWAY, region: `R${regions}`, ...attributes };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

const part = <T extends HTMLElement>(element: DorsiChat, selector: string): T => {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`there is no ${selector}`);
  return found;
};
const has = (element: DorsiChat, selector: string): boolean =>
  Boolean(element.shadowRoot?.querySelector(selector));
const shown = (element: DorsiChat): string => part(element, "[role=log]").textContent ?? "";
const press = (element: DorsiChat, key: string): boolean =>
  part(element, "#text").dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }),
  );
const button = (element: DorsiChat, text: string): HTMLElement => {
  const all = [...(element.shadowRoot?.querySelectorAll("button") ?? [])];
  const found = all.filter((one) => one.textContent?.trim() === text).at(-1);
  if (!found) throw new Error(`there is no button ${text}`);
  return found;
};

async function asked(element: DorsiChat, text: string, ...answers: ReturnType<typeof dorsi>[]) {
  gateway.answers[text] = answers;
  part<HTMLTextAreaElement>(element, "#text").value = text;
  press(element, "Enter");
  await until(() => expect(shown(element)).toContain(answers.at(-1)?.text));
  await element.updateComplete;
}

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  gateway = new FakeGateway();
  vi.stubGlobal("fetch", gateway.fetch);
});

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("a panel", () => {
  it("is there at once when it is opened, with the text box ready", async () => {
    const element = await placed();
    expect(has(element, "[role=dialog]")).toBe(false);
    expect(gateway.asked).not.toContain("POST /api/sessions");
    part(element, ".launcher").click();
    await element.updateComplete;
    expect(part(element, "[role=dialog]").getAttribute("aria-label")).toBe("Chat with Dorsi");
    await until(() => expect(element.shadowRoot?.activeElement?.id).toBe("text"));
    await until(() => expect(shown(element)).toContain("I am Dorsi."));
  });

  it("closes with Escape, and the focus goes back to what opened it", async () => {
    const element = await placed();
    element.show();
    await element.updateComplete;
    press(element, "Escape");
    await until(() => expect(element.open).toBe(false));
    await until(() =>
      expect(element.shadowRoot?.activeElement?.classList.contains("launcher")).toBe(true),
    );
  });

  it("closes what is open inside it first", async () => {
    const element = await placed({ open: "" });
    part(element, "[aria-controls=menu]").click();
    await element.updateComplete;
    expect(part(element, "#menu").hidden).toBe(false);
    press(element, "Escape");
    await element.updateComplete;
    expect(part(element, "#menu").hidden).toBe(true);
    expect(element.open).toBe(true);
    expect(element.shadowRoot?.activeElement?.getAttribute("aria-controls")).toBe("menu");
  });
});

describe("a window", () => {
  it("sends what is written and shows both sides", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "why", dorsi("Because."));
    expect(part(element, ".from-patient").textContent).toContain("why");
    expect(part<HTMLTextAreaElement>(element, "#text").value).toBe("");
  });

  it("asks for words where there are none", async () => {
    const element = await placed({ mode: "inline" });
    part<HTMLTextAreaElement>(element, "#text").value = "  ";
    press(element, "Enter");
    await element.updateComplete;
    expect(part(element, "[role=status]").textContent).toContain("write something first");
    expect(gateway.sent).toEqual([]);
  });

  it("says what is kept, and for how long, until the first message", async () => {
    const element = await placed({ mode: "inline" });
    await until(() => expect(part(element, ".consent").textContent).toContain("90 days"));
    expect(part<HTMLAnchorElement>(element, ".consent a").href).toBe(`${GATEWAY}/privacy`);
    await asked(element, "hello", dorsi("Hello."));
    expect(has(element, ".consent")).toBe(false);
  });

  it("shows an emergency as one, with a number to dial", async () => {
    const element = await placed({ mode: "inline" });
    const calls = [{ title: "Call 999", number: "999" }, { title: "Bad", number: "javascript:1" }];
    await asked(element, "help", dorsi("Call now.", { level: "emergency", kind: "escalation", calls }));
    const alarm = part(element, ".level-emergency");
    expect(alarm.textContent).toContain("Get help now");
    const links = [...alarm.querySelectorAll("a.call")];
    expect(links.map((link) => link.getAttribute("href"))).toEqual(["tel:999"]);
    expect(part(element, ".assertive").textContent).toContain("Call now.");
    expect(alarm.querySelector(".feedback")).toBeNull();
  });

  it("has new messages alone read aloud, and empties what is read", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "why", dorsi("Because."));
    expect(part(element, "[role=log]").getAttribute("aria-live")).toBe("off");
    expect(part(element, ".polite").textContent).toContain("Because.");
    await until(() => expect(part(element, ".polite").textContent).toBe(""));
  });

  it("keeps answered choices readable and marks the one that was taken", async () => {
    const element = await placed({ mode: "inline" });
    const buttons = [{ id: "b1", title: "Causes" }, { id: "b2", title: "Signs" }];
    await asked(element, "menu", dorsi("Which?", { buttons }));
    expect(button(element, "Causes").getAttribute("aria-disabled")).toBe("false");
    button(element, "Causes").click();
    await until(() => expect(shown(element)).toContain("You said: b1"));
    for (const title of ["Causes", "Signs"]) {
      const one = button(element, title);
      expect(one.getAttribute("aria-disabled")).toBe("true");
      expect(one.hasAttribute("disabled")).toBe(false);
    }
    expect(button(element, "Causes").getAttribute("aria-pressed")).toBe("true");
    expect(button(element, "Signs").getAttribute("aria-pressed")).toBe("false");
  });

  it("says of a late press that it does nothing", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "menu", dorsi("Which?", { buttons: [{ id: "b1", title: "Causes" }] }));
    await asked(element, "else", dorsi("Fine."));
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5000);
    const before = gateway.sent.length;
    button(element, "Causes").click();
    await element.updateComplete;
    expect(part(element, "[role=status]").textContent).toContain("question is over");
    expect(gateway.sent).toHaveLength(before);
  });

  it("shows an exercise with its step, its picture, its numbers and what counts them", async () => {
    const element = await placed({ mode: "inline" });
    const image = { url: "/pictures/toe_raise/2.svg", alt: "A foot." };
    const repetitions = { least: 2, most: 3 };
    const seconds = { least: 5, most: 10 };
    const exercise = dorsi("Lift.", { kind: "exercise", step: 2, of: 5, image, repetitions, seconds });
    await asked(element, "go", exercise);
    expect(shown(element)).toContain("Step 2 of 5");
    expect(shown(element)).toContain("2 to 3 times");
    expect(part<HTMLImageElement>(element, "img").src).toBe(`${GATEWAY}/pictures/toe_raise/2.svg`);
    button(element, "+ 1 done").click();
    await until(() => expect(shown(element)).toContain("1 of 3 done"));
    button(element, "Start 10 seconds").click();
    await until(() => expect(part(element, "[role=timer]").textContent).toBe("10"));
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5000); // no second press of the same
    button(element, "Pause").click();
    await until(() => expect(button(element, "Go on")).toBeTruthy());
    button(element, "Stop").click();
    await until(() => expect(part(element, "[role=timer]").textContent).toBe("Stopped."));
    expect(part(element, "[role=status]").textContent).toBe("Stopped.");
  });

  it("stops what is counted when the patient writes", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "go", dorsi("Hold.", { seconds: { least: 60, most: 60 } }));
    button(element, "Start 60 seconds").click();
    await until(() => expect(part(element, "[role=timer]").textContent).toBe("60"));
    await asked(element, "it hurts", dorsi("Stop then."));
    expect(part(element, "[role=timer]").textContent).toBe("Stopped.");
  });

  it("counts to the end and says so", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "go", dorsi("Hold.", { seconds: { least: 1, most: 1 } }));
    button(element, "Start 1 second").click();
    await until(() => expect(part(element, "[role=timer]").textContent).toBe("Done: 1 second."));
  });

  it("shows a drawing as an image, which runs nothing", async () => {
    const element = await placed({ mode: "inline" });
    const chart = { svg: "<svg><script>1</script></svg>", alt: "Rising." };
    await asked(element, "chart", dorsi("Your weeks.", { chart }));
    expect(part<HTMLImageElement>(element, "img").src).toMatch(/^blob:/);
    expect(part(element, "[role=log]").querySelector("script")).toBeNull();
  });

  it("folds sources up and writes their dates out", async () => {
    const element = await placed({ mode: "inline" });
    const source = { title: "Foot drop", url: "https://a.test/", publisher: "A", reviewed: "2026-11-21" };
    await asked(element, "why", dorsi("So.", { sources: [source, { ...source, url: "javascript:1" }] }));
    const details = part<HTMLDetailsElement>(element, "details");
    expect(details.open).toBe(false);
    expect(details.textContent).toContain("2026");
    expect([...details.querySelectorAll("a")].map((link) => link.href)).toEqual(["https://a.test/"]);
  });

  it("asks whether an answer helped, takes no for an answer and a reason with it", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "why", dorsi("So."));
    button(element, "Not helpful").click();
    await until(() => expect(has(element, ".reason")).toBe(true));
    expect(button(element, "Not helpful").getAttribute("aria-pressed")).toBe("true");
    part<HTMLTextAreaElement>(element, ".reason textarea").value = "too long";
    part(element, ".reason").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await until(() => expect(gateway.sent.at(-1)).toMatchObject({ helpful: false, reason: "too long" }));
    await until(() => expect(has(element, ".reason")).toBe(false));
  });

  it("asks no votes of a gateway that numbers nothing", async () => {
    gateway.numbered = false;
    const element = await placed({ mode: "inline" });
    await asked(element, "why", dorsi("So."));
    expect(has(element, ".feedback")).toBe(false);
  });

  it("lets a message that was not sent be sent again by hand", async () => {
    const element = await placed({ mode: "inline" });
    await until(() => expect(shown(element)).toContain("I am Dorsi."));
    gateway.broken["POST /api/messages"] = () => refusal(500, "internal");
    part<HTMLTextAreaElement>(element, "#text").value = "hello";
    press(element, "Enter");
    await until(() => expect(has(element, ".failed")).toBe(true));
    delete gateway.broken["POST /api/messages"];
    button(element, "Send it again").click();
    await until(() => expect(shown(element)).toContain("You said: hello"));
    expect(has(element, ".failed")).toBe(false);
  });

  it("says when it is offline", async () => {
    const element = await placed({ mode: "inline" });
    const line = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    dispatchEvent(new Event("offline"));
    await until(() => expect(part(element, ".offline").textContent).toContain("You are offline"));
    line.mockReturnValue(true);
    dispatchEvent(new Event("online"));
    await until(() => expect(has(element, ".offline")).toBe(false));
  });

  it("has urgent help always in the same place, with numbers to dial", async () => {
    const element = await placed({ mode: "inline" });
    await until(() => expect(has(element, "#help a.call")).toBe(true));
    part(element, ".urgent").click();
    await element.updateComplete;
    expect(part(element, "#help").hidden).toBe(false);
    expect(part(element, "#help a.call").getAttribute("href")).toBe("tel:999");
  });

  it("says in words whom to call where no number was ever told", async () => {
    gateway.broken["GET /api/help"] = () => refusal(404, "not_found");
    const element = await placed({ mode: "inline" });
    part(element, ".urgent").click();
    await element.updateComplete;
    expect(part(element, "#help").textContent).toContain("Call your emergency number now");
  });

  it("erases only after a question of its own", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "hello", dorsi("Hello."));
    button(element, "Erase my conversation").click();
    expect(part<HTMLDialogElement>(element, "dialog").open).toBe(true);
    expect(gateway.asked).not.toContain("DELETE /api/session");
    button(element, "Yes, erase it").click();
    await until(() => expect(part(element, "[role=status]").textContent).toContain("is erased"));
    expect(shown(element)).not.toContain("Hello.");
  });

  it("says so where it could not be erased", async () => {
    gateway.broken["DELETE /api/session"] = () => json({}, 500);
    const element = await placed({ mode: "inline" });
    await asked(element, "hello", dorsi("Hello."));
    button(element, "Erase my conversation").click();
    button(element, "Yes, erase it").click();
    await until(() => expect(part(element, "[role=status]").textContent).toContain("could not be erased"));
    expect(shown(element)).toContain("Hello.");
  });

  it("begins again by asking for that", async () => {
    const element = await placed({ mode: "inline" });
    button(element, "Start over").click();
    await until(() => expect(gateway.sent.at(-1)).toMatchObject({ text: "Start over" }));
  });

  it("remembers how it should look", async () => {
    const element = await placed({ mode: "inline" });
    part(element, ".size-3").click();
    button(element, "Strong contrast").click();
    await element.updateComplete;
    const root = part(element, ".root");
    expect([root.dataset["size"], root.hasAttribute("data-high")]).toEqual(["3", true]);
    const later = await placed({ mode: "inline" });
    expect(part(later, ".root").dataset["size"]).toBe("3");
  });

  it("speaks the language of the page, and says that Dorsi's words are English", async () => {
    const element = await placed({ mode: "inline", lang: "es-ES" });
    expect(part(element, ".root").lang).toBe("es");
    expect(part(element, ".send").textContent).toBe("Enviar");
    await asked(element, "why", dorsi("So."));
    expect(part(element, ".words").lang).toBe("en");
  });

  it("takes an accent that can be read, and no other", async () => {
    const good = await placed({ mode: "inline", accent: "#4a148c" });
    expect(part(good, ".root").style.getPropertyValue("--fill")).toBe("#4a148c");
    const bad = await placed({ mode: "inline", accent: "#888888" });
    expect(part(bad, ".root").style.getPropertyValue("--fill")).toBe("");
  });

  it("has landmarks and a first heading where it is all of the page", async () => {
    const element = await placed({ mode: "page" });
    expect(has(element, "main")).toBe(true);
    expect(has(element, "h1")).toBe(true);
    expect(has(await placed({ open: "" }), "h2")).toBe(true);
  });

  it("shares its conversation with another on the same page", async () => {
    const one = await placed({ mode: "inline", region: "shared" });
    const other = await placed({ mode: "inline", region: "shared" });
    await asked(one, "hello", dorsi("Hello."));
    await until(() => expect(shown(other)).toContain("Hello."));
    expect(gateway.asked.filter((name) => name === "POST /api/sessions")).toHaveLength(1);
  });
});
