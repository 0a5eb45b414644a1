import type { View } from "../generated/protocol";
import { nameOf } from "../table/reading";
import { words } from "../words";
import { DELEGATION, PLENARY, type Channel } from "./channels";

/** A channel's name for somebody in it: the others' names. */
export function channelName(view: View, channel: Channel, own: string | null): string {
  if (channel.id === PLENARY) return words.talks.plenary;
  if (channel.id.startsWith(DELEGATION)) {
    const role = own ?? channel.members?.[0];
    return role ? words.talks.ownOnly(nameOf(view, role)) : words.talks.own;
  }
  return words.list((channel.members ?? []).filter((role) => role !== own).map((role) => nameOf(view, role)));
}

/** Everybody who can read it, for the channel's head. */
export function readersOf(view: View, channel: Channel, own: string | null): string {
  if (channel.id === PLENARY) return words.talks.everybody;
  if (channel.id.startsWith(DELEGATION)) return words.talks.onlyOwn;
  return words.talks.onlyThese(words.list((channel.members ?? []).map((role) => nameOf(view, role))), own !== null);
}
