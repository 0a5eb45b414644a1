/** What stands still while paused, and otherwise runs to a moment of the server's time. */
export interface Countdown {
  readonly closes_at: number | null;
  readonly left_ms: number | null;
}

/** Milliseconds left; never below 0. `now` is the server's time. */
export function leftOf(countdown: Countdown, now: number): number {
  if (countdown.closes_at === null) return Math.max(0, countdown.left_ms ?? 0);
  return Math.max(0, countdown.closes_at - now);
}

/** As a clock shows it: 7:42, or 1:07:42 from an hour on. A second that has begun counts. */
export function face(ms: number): string {
  const { hours, minutes, seconds } = split(ms);
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

export function split(ms: number): { hours: number; minutes: number; seconds: number } {
  const all = Math.ceil(ms / 1000);
  return { hours: Math.floor(all / 3600), minutes: Math.floor(all / 60) % 60, seconds: all % 60 };
}

const SPOKEN_MS = [300_000, 60_000, 10_000];

/** The moment to speak of if time has run from `before` to `after` ms left: once at 5:00, 1:00 and 0:10. */
export function spoken(before: number, after: number): number | null {
  return SPOKEN_MS.findLast((moment) => before > moment && after <= moment) ?? null;
}
