import { beforeEach, describe, expect, it, vi } from "vitest";
import { keepPreferences, preferences } from "../../src/preferences";
import { dorsi } from "../fake";
import { until } from "../until";
import { anew, asked, part, placed, shown } from "./page";

anew();

/** What the browser was asked to do, in order. */
let played: string[];

class FakeAudio {
  readonly currentTime = 0;
  readonly destination = {};
  state = "suspended";

  async resume(): Promise<void> {
    played.push("ready");
    this.state = "running";
  }

  createOscillator() {
    const start = () => played.push("tone");
    return { frequency: curve(), connect: (next: unknown) => next, start, stop: () => undefined };
  }

  createGain() {
    return { gain: curve(), connect: (next: unknown) => next };
  }
}

const nothing = (): void => undefined;
const curve = () => ({
  setValueAtTime: nothing,
  linearRampToValueAtTime: nothing,
  exponentialRampToValueAtTime: nothing,
});

describe("after a reload, an answer", () => {
  beforeEach(() => {
    played = [];
    vi.stubGlobal("AudioContext", FakeAudio);
  });

  // What a browser allowed once lasts as long as the page: silence is asked for before and after.
  it.each([
    [false, []],
    [true, ["ready", "tone"]],
    [false, []],
  ])("has its sound where that was chosen before: %s", async (sound, expected) => {
    keepPreferences({ ...preferences(), sound });
    const element = await placed({ mode: "inline" });
    await until(() => expect(shown(element)).toContain("I am Dorsi."));
    part(element, ".scroll").click();
    await asked(element, "why", dorsi("Because."));
    expect([...new Set(played)]).toEqual(expected); // each press gets ready
  });
});
