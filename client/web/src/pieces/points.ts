const MINUS = "\u2212";

/** A number as it is printed: with a true minus. */
export function plain(points: number): string {
  return points < 0 ? `${MINUS}${-points}` : String(points);
}

/** With its sign, so that a gain and a loss differ without colour: +3, 0, −7. */
export function signed(points: number): string {
  return points > 0 ? `+${points}` : plain(points);
}
