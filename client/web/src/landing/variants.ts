import type { ScenarioOffer } from "../http/api";

/** The chosen variant if this scenario has it, else its first one; empty if it has none. */
export function variantIn(scenario: ScenarioOffer, chosen: string): string {
  const found = scenario.variants.find((one) => one.id === chosen) ?? scenario.variants[0];
  return found?.id ?? "";
}

export function switchesOn(scenario: ScenarioOffer): string[] {
  return scenario.switches.filter((one) => one.on).map((one) => one.id);
}

/** With one switch turned: what contradicts it goes off. */
export function turned(scenario: ScenarioOffer, on: readonly string[], id: string): string[] {
  if (on.includes(id)) return on.filter((one) => one !== id);
  const apart = (a: string, b: string) => scenario.switches.some((one) => one.id === a && one.excludes.includes(b));
  return [...on.filter((one) => !apart(one, id) && !apart(id, one)), id];
}
