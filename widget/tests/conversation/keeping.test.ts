import { beforeEach, describe, expect, it, vi } from "vitest";
import { dorsi } from "../fake";
import { until } from "../until";
import { anew, chat, gateway } from "./talk";

anew();

describe("what else there is", () => {
  beforeEach(() => chat.open());

  it("keeps the diary's key for later when a reply says so", async () => {
    gateway.answers["yes"] = [dorsi("I will.", { remember: true })];
    chat.write("yes");
    await until(() => expect(chat.session.diary).toBe("key"));
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
