import type { Explanation, Line } from "../generated/protocol";

/** One line of a sum that is shown whole: the points of all entries add up to the total. */
export interface Entry {
  readonly points: number;
  readonly line: Line;
  /** The reason held for the text compared with and holds no longer. */
  readonly gone: boolean;
}

export interface Ledger {
  readonly entries: readonly Entry[];
  /** Entries too small to stand alone; shown on demand. */
  readonly smaller: readonly Entry[];
  readonly total: number;
}

const MOST_ENTRIES = 8;

/** All reasons of a score, the largest gain first. */
export function ledgerOf(explanation: Explanation): Ledger {
  return laidOut(explanation.lines.map((line) => ({ points: line.points, line, gone: false })));
}

/** Only what differs from the score of another text. */
export function difference(explanation: Explanation, base: Explanation): Ledger {
  const before = new Map(base.lines.map((line) => [keyOf(line), line]));
  const after = new Map(explanation.lines.map((line) => [keyOf(line), line]));
  const entries = explanation.lines.map((line) => ({
    points: line.points - (before.get(keyOf(line))?.points ?? 0),
    line,
    gone: false,
  }));
  const gone = base.lines
    .filter((line) => !after.has(keyOf(line)))
    .map((line) => ({ points: -line.points, line, gone: true }));
  return laidOut([...entries, ...gone].filter((entry) => entry.points !== 0));
}

function keyOf(line: Line): string {
  return `${line.kind} ${line.ref}`;
}

function laidOut(all: readonly Entry[]): Ledger {
  const sorted = [...all].sort((one, other) => other.points - one.points);
  const bySize = [...all].sort((one, other) => Math.abs(other.points) - Math.abs(one.points));
  const large = new Set(bySize.slice(0, all.length > MOST_ENTRIES + 1 ? MOST_ENTRIES : all.length));
  return {
    entries: sorted.filter((entry) => large.has(entry)),
    smaller: sorted.filter((entry) => !large.has(entry)),
    total: sum(all),
  };
}

export function sum(entries: readonly Entry[]): number {
  return entries.reduce((total, entry) => total + entry.points, 0);
}
