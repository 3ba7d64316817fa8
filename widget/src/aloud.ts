/* A new message in the words that are read aloud. */
import type { Say } from "./strings";
import { spoken } from "./text";
import type { DorsiMessage } from "./types";

const ALARMS = ["urgent", "emergency"];

/** Words in one language: a voice that reads them as another's is not understood. */
export interface Part {
  lang: string;
  textContent: string;
}

/** Whether it must be heard at once, whatever else is being read. */
export const alarming = ({ level }: DorsiMessage): boolean => ALARMS.includes(level);

/**
 * @param say the window's words, which are in `lang`.
 * @param foreign the language of what Dorsi says.
 */
export function aloud(message: DorsiMessage, say: Say, lang: string, foreign = lang): Part[] {
  const { level, text, image, chart, buttons, calls } = message;
  const titles = (of: { title: string }[] = []) => of.map(({ title }) => title).join("; ");
  const heading = level === "none" ? "" : say(`level_${level}`);
  const choices = titles(buttons) && say("choices", { choices: titles(buttons) });
  const part = (lang: string, ...words: (string | undefined)[]): Part => ({
    lang,
    textContent: words.filter(Boolean).join(".\n"),
  });
  const parts = [
    part(lang, say("dorsi"), heading),
    part(foreign, spoken(text), image?.alt, chart?.alt, titles(calls)),
    part(lang, choices),
  ];
  return parts.filter(({ textContent }) => textContent);
}
