import type { Explanation, Mandate } from "../generated/protocol";

/** What the chosen wording of an issue itself is worth to us, read off the explanation's lines. */
export function pointsOf(explanation: Explanation | undefined, issue: string): number | null {
  if (!explanation) return null;
  return explanation.lines
    .filter((line) => line.kind === "issue" && line.ref === issue)
    .reduce((sum, line) => sum + line.points, 0);
}

/** What a wording itself is worth to us, as the mandate lists it. */
export function worthOf(mandate: Mandate | undefined, at: number, option: number): number | null {
  const split = mandate?.values[at]?.[option];
  return split ? split.reduce((sum, points) => sum + points, 0) : null;
}
