const FIRST_MS = 500;
const LONGEST_MS = 20_000;

/** How long to wait before try number `attempt` (0, 1, ...): exponential with full jitter, so that a class does not
 *  come back all at once. `chance` lies between 0 and 1. */
export function backoff(attempt: number, chance: number): number {
  return Math.round(chance * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10)));
}
