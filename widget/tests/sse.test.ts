import { describe, expect, it } from "vitest";
import { EventParser, type ServerEvent } from "../src/sse";

const STREAM =
  ": hello\r\n\r\nid: 7\r\nevent: message\r\ndata: {\"a\":\r\ndata: 1}\r\n\r\n" +
  ": \n\nevent: typing\ndata:{\"typing\":true}\n\ndata: é\n\n";
const EVENTS: ServerEvent[] = [
  { event: "message", data: '{"a":\n1}', id: "7" },
  { event: "typing", data: '{"typing":true}', id: "7" },
  { event: "message", data: "é", id: "7" },
];

describe("a stream of events", () => {
  it("is read the same wherever it is cut", () => {
    for (let first = 0; first <= STREAM.length; first += 1) {
      for (const second of [first + 1, first + 2, first + 9]) {
        const parser = new EventParser();
        const pieces = [STREAM.slice(0, first), STREAM.slice(first, second), STREAM.slice(second)];
        expect(pieces.flatMap((piece) => parser.push(piece))).toEqual(EVENTS);
      }
    }
  });

  it("is read letter by letter, too", () => {
    const parser = new EventParser();
    expect([...STREAM].flatMap((letter) => parser.push(letter))).toEqual(EVENTS);
  });

  it("has no event without data, nor one that is not over", () => {
    const parser = new EventParser();
    expect(parser.push("event: erased\n\nid: 3\ndata: x\n")).toEqual([]);
    expect(parser.push("\n")).toEqual([{ event: "message", data: "x", id: "3" }]);
  });

  it("passes over fields it does not know", () => {
    expect(new EventParser().push("retry: 5\nnothing\ndata: y\n\n")).toEqual([
      { event: "message", data: "y" },
    ]);
  });
});
