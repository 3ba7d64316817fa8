/* Windows on the same gateway and region show the same conversation. */
import { Conversation } from "./conversation";

const shared = new Map<string, Conversation>();

/** The conversation of a gateway and a region: all windows on a page share it. */
export function conversation(gateway: string, region: string): Conversation {
  const key = `${gateway}|${region}`;
  const found = shared.get(key) ?? new Conversation(gateway, region);
  shared.set(key, found);
  return found;
}
