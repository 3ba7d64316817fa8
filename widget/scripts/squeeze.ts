/* The line breaks and the indents of templates are for who writes them: no page needs them. */
import { RolldownMagicString as MagicString } from "rolldown";
import { type Plugin, parseAst } from "vite";

const TAGS = ["html", "svg"];

interface Quasi {
  start: number;
  end: number;
}

/**
 * The same module with each run of blanks that breaks a line, in a template of Lit's, as one blank.
 * A browser shows both alike.
 */
export function squeezed(code: string): MagicString {
  const made = new MagicString(code);
  for (const { start, end } of quasisOf(parseAst(code))) {
    for (const { 0: run, index } of code.slice(start, end).matchAll(/\s*\n\s*/g)) {
      made.update(start + index, start + index + run.length, " ");
    }
  }
  return made;
}

function quasisOf(node: unknown): Quasi[] {
  if (Array.isArray(node)) return node.flatMap(quasisOf);
  if (!node || typeof node !== "object") return [];
  const { type, tag, quasi } = node as {
    type?: string;
    tag?: { name?: string };
    quasi?: { quasis: Quasi[] };
  };
  const inner = Object.values(node).flatMap(quasisOf);
  const ours = type === "TaggedTemplateExpression" && TAGS.includes(tag?.name ?? "");
  return ours && quasi ? [...quasi.quasis, ...inner] : inner;
}

/** The Vite plugin that squeezes what is built. */
export function squeeze(): Plugin {
  return {
    name: "dorsi-squeeze",
    apply: "build",
    transform(code, id) {
      if (!/\/src\/.+\.ts$/.test(id)) return null;
      const made = squeezed(code);
      return { code: made.toString(), map: made.generateMap({ source: id, hires: true }).toString() };
    },
  };
}
