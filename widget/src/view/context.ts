/* What the parts of a window need of it. */
import type { Conversation } from "../conversation";
import type { Language, Said, Say } from "../strings";

export interface Context {
  readonly chat: Conversation;
  readonly lang: Language;
  /** How dates and times are written. */
  readonly locale: string;
  readonly say: Say;
  /** The language of what Dorsi says where it is not the window's own. */
  readonly foreign: string | undefined;
  /** Say something above the text box; screen readers read it aloud. */
  tell(said: Said): void;
  update(): void;
  /** The patient said something: what was open or counted before is over. */
  said(): void;
  /** Go to the text box: for a press that takes its own button away. */
  focusBox(): void;
}
