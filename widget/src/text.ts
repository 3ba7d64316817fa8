/* What a message's text is made of. Nothing here makes markup: it only tells the parts apart. */

export type Span =
  | { kind: "text"; text: string }
  | { kind: "bold"; text: string }
  | { kind: "link"; text: string; url: string };

export type Block =
  | { kind: "paragraph"; spans: Span[] }
  | { kind: "bullets"; items: Span[][] }
  | { kind: "numbers"; start: number; items: Span[][] };

const BULLET = /^\s*[-•]\s+(.*)$/;
const NUMBER = /^\s*(\d{1,3})[.)]\s+(.*)$/;
const MARKED = /\*\*(?=\S)(.+?)(?<=\S)\*\*|(https?:\/\/[^\s<>"]+)/g;

/** The paragraphs and lists of a text; a single line break stays one within a paragraph. */
export function blocks(text: string): Block[] {
  const made: Block[] = [];
  let lines: string[] = [];
  const end = (): void => {
    if (lines.length) made.push({ kind: "paragraph", spans: spans(lines.join("\n")) });
    lines = [];
  };
  for (const line of text.split(/\r?\n/)) {
    const item = itemOf(line);
    if (item) {
      end();
      addItem(made, item);
    } else if (line.trim()) lines.push(line);
    else end();
  }
  end();
  return made;
}

type ListItem = { start: number | null; spans: Span[] };

function itemOf(line: string): ListItem | null {
  const bullet = BULLET.exec(line);
  if (bullet) return { start: null, spans: spans(bullet[1] ?? "") };
  const number = NUMBER.exec(line);
  return number && { start: Number(number[1]), spans: spans(number[2] ?? "") };
}

function addItem(made: Block[], { start, spans }: ListItem): void {
  const last = made.at(-1);
  if (start === null) {
    if (last?.kind === "bullets") last.items.push(spans);
    else made.push({ kind: "bullets", items: [spans] });
  } else if (last?.kind === "numbers") last.items.push(spans);
  else made.push({ kind: "numbers", start, items: [spans] });
}

/** The plain, bold and linked parts of a line. */
export function spans(line: string): Span[] {
  const found: Span[] = [];
  let from = 0;
  const plain = (to: number): void => {
    if (to > from) found.push({ kind: "text", text: line.slice(from, to) });
  };
  for (const match of line.matchAll(MARKED)) {
    const [all, bold, address] = match;
    plain(match.index);
    from = match.index + all.length;
    if (bold !== undefined) found.push({ kind: "bold", text: bold });
    else from -= all.length - addLink(found, address ?? "");
  }
  plain(line.length);
  return found;
}

/* Add a link without what ends the sentence; gives how much of the text it took. */
function addLink(found: Span[], address: string): number {
  const text = address.replace(/[.,;:!?'*)\]]+$/, "");
  const url = webAddress(text);
  found.push(url ? { kind: "link", text, url } : { kind: "text", text });
  return text.length;
}

/** The address if it is one of the web, else null: no other kind is ever made a link. */
export function webAddress(url: string): string | null {
  try {
    const found = new URL(url);
    return ["https:", "http:"].includes(found.protocol) ? found.href : null;
  } catch {
    return null;
  }
}

/** The number as a telephone takes it, or null where it is not one. */
export function dialable(number: string): string | null {
  const digits = number.replace(/[\s().-]/g, "");
  return /^\+?\d{2,15}$/.test(digits) ? `tel:${digits}` : null;
}

/** The text as it is read aloud: without the marks. */
export const spoken = (text: string): string => text.replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, "$1");
