import { beforeEach, describe, expect, it } from "vitest";
import { dorsi } from "../fake";
import { until } from "../until";
import { anew, chat, gateway, texts } from "./talk";

anew();

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
