import { render } from "lit";
import { describe, expect, it } from "vitest";
import { sayer } from "../src/strings";
import { blocks, dialable, spans, spoken, webAddress } from "../src/text";
import type { Context } from "../src/view/context";
import { textView } from "../src/view/text";

function shown(text: string): HTMLElement {
  const box = document.createElement("div");
  render(textView(text, { say: sayer("en"), lang: "en" } as Context), box);
  return box;
}

describe("a text", () => {
  it("has paragraphs between blank lines and keeps single line breaks", () => {
    expect(blocks("One\ntwo\n\n\nThree")).toEqual([
      { kind: "paragraph", spans: [{ kind: "text", text: "One\ntwo" }] },
      { kind: "paragraph", spans: [{ kind: "text", text: "Three" }] },
    ]);
  });

  it("has bullets and numbers as lists, each in one piece", () => {
    const [first, second, third] = blocks("Do:\n- sit\n- rest\n3. stand\n4) walk");
    expect(first?.kind).toBe("paragraph");
    expect(second).toMatchObject({ kind: "bullets" });
    expect(second?.kind === "bullets" && second.items.length).toBe(2);
    expect(third).toMatchObject({ kind: "numbers", start: 3 });
  });

  it("keeps a date or a dash within a line as it is", () => {
    expect(blocks("2026. was a year")[0]?.kind).toBe("paragraph");
    expect(blocks("a - b")[0]?.kind).toBe("paragraph");
  });

  it("has bold words between two stars, and stars that mark nothing stay", () => {
    expect(spans("a **b c** d")).toEqual([
      { kind: "text", text: "a " },
      { kind: "bold", text: "b c" },
      { kind: "text", text: " d" },
    ]);
    expect(spans("2 ** 3 ** 4")).toEqual([{ kind: "text", text: "2 ** 3 ** 4" }]);
  });

  it("links to the web without what ends the sentence", () => {
    expect(spans("See https://a.test/x?y=1. Then go")).toEqual([
      { kind: "text", text: "See " },
      { kind: "link", text: "https://a.test/x?y=1", url: "https://a.test/x?y=1" },
      { kind: "text", text: ". Then go" },
    ]);
  });

  it("shows an address that is none as text", () => {
    expect(spans("http://")).toEqual([{ kind: "text", text: "http://" }]);
    expect(spans("https://[x and more")[0]?.kind).toBe("text");
  });

  it("links to nothing but the web", () => {
    expect(webAddress("javascript:alert(1)")).toBeNull();
    expect(webAddress("data:text/html,x")).toBeNull();
    expect(webAddress("http://a.test")).toBe("http://a.test/");
  });

  it("is read aloud without its marks", () => {
    expect(spoken("call **now**, 2 ** 3")).toBe("call now, 2 ** 3");
  });
});

describe("what is shown", () => {
  it.each([
    "<img src=x onerror=alert(1)>",
    "**<script>alert(1)</script>**",
    "- <b onmouseover=alert(1)>x</b>",
    'https://a.test/"onclick="alert(1)',
    "javascript:alert(1)",
  ])("holds %s as text and makes nothing of it", (hostile) => {
    const box = shown(hostile);
    expect(box.querySelector("img, script, b, [onclick], [onmouseover]")).toBeNull();
    for (const link of box.querySelectorAll("a")) expect(link.protocol).toBe("https:");
    expect(box.textContent).toContain(hostile.replace(/\*\*|^- /g, "").slice(0, 15));
  });

  it("says of a link that it opens in a new tab, which knows nothing of this one", () => {
    const link = shown("https://a.test").querySelector("a");
    expect(link?.target).toBe("_blank");
    expect(link?.rel).toContain("noopener");
    expect(link?.textContent).toContain("opens in a new tab");
  });
});

describe("a number to call", () => {
  it("is dialled without its spaces", () => {
    expect(dialable("116 123")).toBe("tel:116123");
    expect(dialable("+44 (0)20-7946")).toBe("tel:+440207946");
  });

  it("is none where it is words or too short", () => {
    expect(dialable("112 or 999")).toBeNull();
    expect(dialable("9")).toBeNull();
    expect(dialable("")).toBeNull();
  });
});
