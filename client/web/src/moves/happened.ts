import type { View } from "../generated/protocol";

/** One thing that moved what texts or walking away are worth. */
export interface Happening {
  readonly key: string;
  readonly round: number;
  readonly at: number;
  readonly text: string;
  /** By track. */
  readonly tracks: Readonly<Record<string, number>>;
  /** Null: of no walk-away of ours. */
  readonly ownShift: number | null;
  readonly news: boolean;
}

/** Cards and what followed from moves at the table, newest first. */
export function happenedIn(view: View): Happening[] {
  const cards = view.cards.map((card): Happening => ({
    key: `card ${card.card}`,
    round: card.round,
    at: card.at,
    text: card.title,
    tracks: {},
    ownShift: card.own_shift,
    news: true,
  }));
  const moved = view.mechanics.developments.map((one, at): Happening => ({
    key: `move ${at}`,
    round: one.round,
    at: one.at,
    text: one.text,
    tracks: one.tracks,
    ownShift: one.own_shift,
    news: false,
  }));
  return [...cards, ...moved]
    .map((one, at) => ({ one, at }))
    .sort((a, b) => b.one.round - a.one.round || b.one.at - a.one.at || b.at - a.at)
    .map(({ one }) => one);
}

/** Whether this rule set has anything of the kind. */
export function movesIn(view: View): boolean {
  return view.mechanics.on.length > 0;
}
