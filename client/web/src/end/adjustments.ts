import type { ResultView } from "../generated/protocol";

/** The same points for the same reason, with all who get them. */
export interface Shared {
  readonly points: number;
  readonly text: string;
  readonly roles: readonly string[];
}

/** What results hold besides the text, each reason once. */
export function shared(results: readonly ResultView[], part: "adjustments" | "beside"): Shared[] {
  const found = new Map<string, { points: number; text: string; roles: string[] }>();
  for (const result of results) {
    for (const { points, text } of result[part]) {
      const key = `${points} ${text}`;
      const one = found.get(key) ?? { points, text, roles: [] };
      found.set(key, one);
      if (!one.roles.includes(result.role)) one.roles.push(result.role);
    }
  }
  return [...found.values()];
}
