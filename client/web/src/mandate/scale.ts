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

/** Numbers to print: every ten, or every second ten where there are many. */
export function ticks(low: number, high: number): { value: number; printed: boolean }[] {
  const step = high - low > 120 ? 20 : high - low > 30 ? 10 : 5;
  const half = step / 2;
  const count = Math.round((high - low) / half);
  return Array.from({ length: count + 1 }, (_, at) => low + at * half).map((value) => ({
    value,
    printed: value % step === 0,
  }));
}
