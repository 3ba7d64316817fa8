/* What the gateway says, as its API describes it. */

export type Level = "none" | "soon" | "urgent" | "emergency";

export interface Call {
  title: string;
  number: string;
}

export interface Choice {
  id: string;
  title: string;
}

export interface Source {
  title: string;
  url: string;
  publisher?: string;
  reviewed?: string;
}

export interface Range {
  least: number;
  most: number;
}

export interface Download {
  title: string;
  url: string;
}

/** One message of Dorsi's. What is optional is left out where a message does not have it. */
export interface DorsiMessage {
  from?: "dorsi";
  id: string;
  text: string;
  kind: string;
  level: Level;
  buttons: Choice[];
  sources: Source[];
  seq?: number;
  at?: string;
  step?: number;
  of?: number;
  repetitions?: Range;
  seconds?: Range;
  image?: { url: string; alt: string };
  chart?: { svg: string; alt: string };
  downloads?: Download[];
  remember?: boolean;
  calls?: Call[];
}

/** One message of the patient's; `id` is the one the client gave it. */
export interface PatientMessage {
  from: "patient";
  id: string;
  text: string;
  choice?: string;
  seq?: number;
  at?: string;
}

export type Entry = (DorsiMessage & { from: "dorsi" }) | PatientMessage;

/** A message on its way: a text or a choice, and the words it is shown with. */
export interface Outgoing {
  id: string;
  shown: string;
  text?: string;
  choice?: string;
}

export interface Opened {
  session: string;
  diary?: string;
  messages: DorsiMessage[];
  kept?: { days: number };
}

export interface Replies {
  messages: DorsiMessage[];
}

export interface Help {
  region?: string;
  calls: Call[];
  text?: string;
}
