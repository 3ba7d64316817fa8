/* A conversation with a gateway that is played, and a window that looks at it. */
import { afterEach, beforeEach, vi } from "vitest";
import { Conversation, type Listener } from "../../src/conversation";
import type { Said } from "../../src/strings";
import type { DorsiMessage } from "../../src/types";
import { FakeGateway, GATEWAY } from "../fake";

export let gateway: FakeGateway;
export let chat: Conversation;
/** What the window was told. */
export let told: Said[];
export let arrived: DorsiMessage[];
export let returned: string[];

let leaving: (() => void)[] = [];

const listener = (): Listener => ({
  changed: () => undefined,
  arrived: (messages) => arrived.push(...messages),
  told: (said) => told.push(said),
  returned: (text) => returned.push(text),
});

/** Look at the conversation. */
export function look(): void {
  leaving.push(chat.listen(listener()));
}

/** Look at it no more. */
export function leave(): void {
  for (const one of leaving.splice(0)) one();
}

/** Load the page again: what the browser kept is there, and nothing else. */
export function reload(): void {
  chat = new Conversation(GATEWAY, "GB");
  look();
}

/** Have all of it anew for each test of a file. */
export function anew(): void {
  beforeEach(() => {
    sessionStorage.clear();
    localStorage.clear();
    gateway = new FakeGateway();
    [told, arrived, returned] = [[], [], []];
    vi.stubGlobal("fetch", gateway.fetch);
    reload();
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
    leave();
  });
}

export const texts = (): string[] => chat.items.map(({ entry }) => entry.text);
export const keys = (): string[] => told.map(({ key }) => key);
/** How the patient's messages stand. */
export const fates = (): (string | undefined)[] =>
  chat.items.filter(({ entry }) => entry.from === "patient").map(({ fate }) => fate?.state);
