/* The catalogues of strings: read from YAML, checked, and handed to the widget as one module. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { Plugin } from "vite";

export const FOLDER = fileURLToPath(new URL("../../data/widget", import.meta.url));
const TYPES = fileURLToPath(new URL("../src/words.gen.d.ts", import.meta.url));
const ID = "virtual:words";

export type Catalogue = Record<string, string>;

/**
 * The catalogues by language.
 *
 * @throws Error a file is no flat list of names and strings.
 */
export function catalogues(folder = FOLDER): Record<string, Catalogue> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".yml"));
  return Object.fromEntries(
    files.sort().map((name) => [basename(name, ".yml"), read(join(folder, name))]),
  );
}

function read(file: string): Catalogue {
  const found: unknown = parse(readFileSync(file, "utf8"));
  const entries = Object.entries((found ?? {}) as Record<string, unknown>);
  for (const [key, value] of entries) {
    if (typeof value !== "string") throw new Error(`${file}: \`${key}\` must be a string`);
  }
  return Object.fromEntries(entries) as Catalogue;
}

/** The names as a type, so that a misspelt one does not compile. */
export function typesOf(found: Record<string, Catalogue>): string {
  const union = (names: string[]) => names.map((name) => `\n    | "${name}"`).join("");
  return [
    "// Made from data/widget by scripts/words.ts; do not edit.",
    `declare module "${ID}" {`,
    `  export type Key =${union(Object.keys(found["en"] ?? {}))};`,
    `  export type Language =${union(Object.keys(found))};`,
    "  const words: Record<Language, Record<Key, string>>;",
    "  export default words;",
    "}",
    "",
  ].join("\n");
}

/**
 * The module that holds the catalogues. The names are written once for all languages: every page
 * that has the chat fetches them.
 *
 * @throws Error a language has other names than the first, or another order.
 */
export function moduleOf(found: Record<string, Catalogue>): string {
  const names = Object.keys(Object.values(found)[0] ?? {});
  const packed = Object.entries(found).map(([language, catalogue]) => {
    if (String(Object.keys(catalogue)) !== String(names)) {
      throw new Error(`${language}.yml: the names must be those of the other languages, in their order`);
    }
    return `${JSON.stringify(language)}: named(${JSON.stringify(Object.values(catalogue))})`;
  });
  return [
    `const names = ${JSON.stringify(names.join(" "))}.split(" ");`,
    "const named = (texts) => Object.fromEntries(names.map((name, at) => [name, texts[at]]));",
    `export default { ${packed.join(", ")} };`,
  ].join("\n");
}

/** The Vite plugin that compiles the catalogues in. */
export function words(): Plugin {
  return {
    name: "dorsi-words",
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null;
      const found = catalogues();
      for (const language of Object.keys(found)) {
        this.addWatchFile(join(FOLDER, `${language}.yml`));
      }
      const types = typesOf(found);
      if (!existsSync(TYPES) || readFileSync(TYPES, "utf8") !== types) writeFileSync(TYPES, types);
      return moduleOf(found);
    },
  };
}
