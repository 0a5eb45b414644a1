import type { ChannelView, View } from "../generated/protocol";
import { legal } from "../table/reading";

export const PLENARY = "plenary";
export const DELEGATION = "delegation";

/** A channel as the list shows it; one that was just opened has no messages and is not in the view yet. */
export interface Channel {
  readonly id: string;
  readonly members: readonly string[] | null;
  readonly messages: ChannelView["messages"];
}

/** Plenary, one's own delegation, then the others as they came up, and last the one being opened. */
export function channelsOf(view: View, opened: string): Channel[] {
  const ids = new Set([
    PLENARY,
    ...(view.mandate ? [DELEGATION] : []),
    ...(legal(view, "say")?.channels ?? []),
    ...view.channels.map((one) => one.id),
    opened,
  ]);
  return [...ids].map((id) => {
    const known = view.channels.find((one) => one.id === id);
    return { id, members: known?.members ?? membersOf(id), messages: known?.messages ?? [] };
  });
}

function membersOf(id: string): string[] | null {
  return id === PLENARY || id === DELEGATION ? null : id.split("+");
}

/** The channel that these delegations share, written in the order of the seats as the server writes it. */
export function channelWith(view: View, roles: readonly string[]): string {
  return view.seats
    .map((seat) => seat.role)
    .filter((role) => roles.includes(role))
    .join("+");
}
