/** The ruler's scale: it only ever widens, so that while a draft is edited a move is a move. */
export class Scale {
  low = 0;
  high = 0;

  /** Make room for these values, to the next ten. */
  including(values: readonly number[]): { low: number; high: number } {
    this.low = Math.min(this.low, ...values.map((value) => Math.floor((value - 2) / 10) * 10));
    this.high = Math.max(this.high, ...values.map((value) => Math.ceil((value + 2) / 10) * 10));
    return { low: this.low, high: this.high };
  }
}

export interface Labelled {
  readonly name: string;
  readonly x: number;
}

/** Marks that would stand on one another share a label. */
export function clustered(marks: readonly Labelled[], gap: number): { names: string[]; x: number }[] {
  const clusters: { names: string[]; x: number }[] = [];
  for (const mark of [...marks].sort((one, other) => one.x - other.x)) {
    const last = clusters.at(-1);
    if (last && mark.x - last.x < gap) last.names.push(mark.name);
    else clusters.push({ names: [mark.name], x: mark.x });
  }
  return clusters;
}

const STEPS = [5, 10, 20, 50, 100, 200] as const;
/** As many numbers as fit under the ruler without touching one another. */
const MOST_PRINTED = 8;

/** Where the scale has ticks, and which of them get their number: the finest round step that leaves room. */
export function ticks(low: number, high: number): { value: number; printed: boolean }[] {
  const step = STEPS.find((one) => (high - low) / one <= MOST_PRINTED) ?? high - low;
  const half = step / 2;
  const first = Math.ceil(low / half);
  const count = Math.floor(high / half) - first;
  return Array.from({ length: count + 1 }, (_, at) => (first + at) * half).map((value) => ({
    value,
    printed: value % step === 0,
  }));
}
