import type { ScenarioOffer } from "../http/api";
import { words } from "../words";

/** How many seats a scenario has: “7 to 9” where some stay empty unless somebody wants them. */
export function seatsOf(scenario: ScenarioOffer): string {
  const always = scenario.roles.filter((role) => !role.optional).length;
  return words.landing.seats(always, scenario.roles.length);
}
