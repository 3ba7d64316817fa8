/* The widget's own words, in the language of the page it stands in. */
import words, { type Key, type Language } from "virtual:words";

export type { Key, Language };
export type Values = Record<string, string | number>;

/** Words to be said: by name, so that each window says them in its own language. */
export interface Said {
  key: Key;
  values?: Values;
  /** Filled in as `{when}`: how long it is until then. */
  until?: number;
  /** The message that it is said of, where it is seen there too. */
  about?: string;
  /** What the gateway says of it, in the only language it has. */
  english?: string;
}

export type Say = (key: Key, values?: Values) => string;

const RIGHT_TO_LEFT = ["ar", "dv", "fa", "he", "ps", "ur", "yi"];
const DEFAULT: Language = "en";

const primary = (tag: string): string => tag.toLowerCase().split("-")[0] ?? "";

/** The language there are words in that is nearest to what is wanted. */
export function language(wanted: string | null | undefined): Language {
  const found = primary(wanted ?? "");
  return Object.hasOwn(words, found) ? (found as Language) : DEFAULT;
}

/** The direction a language is written in. */
export const direction = (tag: string): "rtl" | "ltr" =>
  RIGHT_TO_LEFT.includes(primary(tag)) ? "rtl" : "ltr";

/** What says the words of one language, with `{…}` filled in. */
export function sayer(lang: Language): Say {
  return (key, values = {}) =>
    words[lang][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** So many seconds or times, in words. */
export function amount(say: Say, lang: Language, of: "seconds" | "times", count: number): string {
  const one = new Intl.PluralRules(lang).select(count) === "one";
  return say(`${of}_${one ? "one" : "other"}`, { count });
}

/** How dates and times are written: as where the page is from, if it says so. */
export function locale(wanted: string | null | undefined): string {
  const lang = language(wanted);
  const full = wanted?.includes("-") && primary(wanted) === lang ? wanted : null;
  const usual = lang === "en" ? "en-GB" : lang;
  try {
    return (full && Intl.getCanonicalLocales(full)[0]) || usual;
  } catch {
    return usual; // "en-" names no place
  }
}

/** A date as people write it; what is no date stays as it is. */
export function day(written: string, locale: string): string {
  const found = /^\d{4}-\d{2}-\d{2}$/.test(written) ? new Date(`${written}T00:00:00Z`) : null;
  if (!found || Number.isNaN(found.getTime())) return written;
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(found);
}

/** The time of day of a message; nothing where it has none. */
export function clock(at: string | undefined, locale: string): string {
  const found = new Date(at ?? NaN);
  if (Number.isNaN(found.getTime())) return "";
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(found);
}

/** How long until then: "in 40 seconds". */
export function within(milliseconds: number, lang: Language): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const format = new Intl.RelativeTimeFormat(lang);
  return seconds < 90 ? format.format(seconds, "second") : format.format(Math.ceil(seconds / 60), "minute");
}

/** The words for it in a language. */
export function spell({ key, values, until, english }: Said, lang: Language): string {
  if (english && lang === DEFAULT) return english;
  const when = until === undefined ? {} : { when: within(until - Date.now(), lang) };
  return sayer(lang)(key, { ...values, ...when });
}
