import type { Pledge, View } from "../generated/protocol";
import { legal } from "../table/reading";

/** What the game asks of this seat beside texts and votes. What may be done stands in the view's `legal`. */
export type Ask =
  /** `last`: the phase in which it falls due. */
  { kind: "owed"; pledge: Pledge; last: boolean } | { kind: "pledge"; laid: Pledge | null };

export function asksOf(view: View, role: string): Ask[] {
  return [...owedIn(view), ...pledgeIn(view, role)];
}

/** Those that have no answer yet. */
export function waitingIn(view: View, role: string): Ask[] {
  return asksOf(view, role).filter((ask) => ask.kind !== "pledge" || ask.laid === null);
}

/** Pledges are laid in the phase at whose close those of the round before fall due. */
function owedIn(view: View): Extract<Ask, { kind: "owed" }>[] {
  const due = new Set([...(legal(view, "honour")?.choices ?? []), ...(legal(view, "renege")?.choices ?? [])]);
  const last = legal(view, "pledge") !== undefined;
  return (view.mechanics.pledges?.pledges ?? [])
    .filter((pledge) => due.has(pledge.id))
    .map((pledge) => ({ kind: "owed", pledge, last }));
}

function pledgeIn(view: View, role: string): Ask[] {
  if (!legal(view, "pledge")) return [];
  const laid = view.mechanics.pledges?.pledges.find((one) => one.role === role && standing(one) === "down") ?? null;
  return [{ kind: "pledge", laid }];
}

export function standing(pledge: Pledge): NonNullable<Pledge["standing"]> {
  return pledge.standing ?? "down";
}
