/* Windows on a page, on a gateway that is played. */
import { afterEach, beforeEach, expect, vi } from "vitest";
import type { DorsiChat } from "../../src/element";
import "../../src/main";
import { FakeGateway, GATEWAY, type dorsi } from "../fake";
import { until } from "../until";

export let gateway: FakeGateway;

let regions = 0;

/** Have an empty page, and a gateway that knows nobody, for each test of a file. */
export function anew(): void {
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
}

/** A window of its own conversation, unless the attributes say otherwise. */
export async function placed(attributes: Record<string, string> = {}): Promise<DorsiChat> {
  const element = document.createElement("dorsi-chat") as DorsiChat;
  regions += 1;
  const all = { gateway: GATEWAY, region: `R${regions}`, ...attributes };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

export const part = <T extends HTMLElement>(element: DorsiChat, selector: string): T => {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`there is no ${selector}`);
  return found;
};
export const has = (element: DorsiChat, selector: string): boolean =>
  Boolean(element.shadowRoot?.querySelector(selector));
export const shown = (element: DorsiChat): string =>
  part(element, "[role=log]").textContent ?? "";
export const status = (element: DorsiChat): string =>
  part(element, "[role=status]").textContent ?? "";
export const box = (element: DorsiChat): HTMLTextAreaElement => part(element, "#text");
export const press = (element: DorsiChat, key: string): boolean =>
  box(element).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }),
  );
export const button = (element: DorsiChat, text: string): HTMLElement => {
  const all = [...(element.shadowRoot?.querySelectorAll("button") ?? [])];
  const found = all.filter((one) => one.textContent?.trim() === text).at(-1);
  if (!found) throw new Error(`there is no button ${text}`);
  return found;
};

/** Write a message and send it. */
export function write(element: DorsiChat, text: string): void {
  box(element).value = text;
  press(element, "Enter");
}

/** Ask something that has these answers, and wait for them. */
export async function asked(
  element: DorsiChat,
  text: string,
  ...answers: ReturnType<typeof dorsi>[]
): Promise<void> {
  gateway.answers[text] = answers;
  write(element, text);
  await until(() => expect(shown(element)).toContain(answers.at(-1)?.text));
  await element.updateComplete;
}
