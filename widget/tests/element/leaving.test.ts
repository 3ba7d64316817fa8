import { afterEach, describe, expect, it, vi } from "vitest";
import type { DorsiChat } from "../../src/element";
import { GATEWAY } from "../fake";
import { until } from "../until";
import { anew, gateway, placed } from "./page";

anew();

const sessions = (): string[] => gateway.asked.filter((name) => name === "POST /api/sessions");

/** Everything that is under way, done. */
const settled = (): Promise<void> => new Promise((go) => setTimeout(go, 50));

describe("an element that left the page", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("begins no conversation although it is opened", async () => {
    const element = await placed();
    element.remove();
    element.show();
    await element.updateComplete;
    await settled();
    expect(sessions()).toEqual([]);
    document.body.append(element);
    element.requestUpdate();
    await until(() => expect(sessions()).toHaveLength(1));
  });

  it("holds no connection to a conversation that it is given then", async () => {
    const gone = await placed({ mode: "inline" });
    gone.remove();
    gone.setAttribute("region", "given later");
    await gone.updateComplete;
    const other = await placed({ mode: "inline", region: "given later" });
    await until(() => expect(gateway.connected).toBe(true));
    other.remove();
    await settled();
    expect(gateway.connected).toBe(false);
  });

  it("does nothing at all where it was gone before it was drawn", async () => {
    const seen = Object.assign(new EventTarget(), { scale: 1, height: 500, offsetTop: 0 });
    const followed = vi.spyOn(seen, "addEventListener");
    vi.stubGlobal("visualViewport", seen);
    const element = document.createElement("dorsi-chat") as DorsiChat;
    element.setAttribute("gateway", GATEWAY);
    element.setAttribute("mode", "inline");
    document.body.append(element);
    element.remove();
    await element.updateComplete;
    await settled();
    expect(sessions()).toEqual([]);
    expect(followed).not.toHaveBeenCalled();
    await placed({ mode: "inline" });
    expect(followed).toHaveBeenCalled();
  });
});
