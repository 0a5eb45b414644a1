import { expect, test } from "vitest";

import type { ScenarioOffer, SwitchOffer } from "../../src/http/api";
import { switchesOn, turned, variantIn } from "../../src/landing/variants";

const a = (id: string, on: boolean, ...excludes: string[]): SwitchOffer => ({ id, name: id, on, excludes });
const scenario = {
  variants: [
    { id: "whole", name: "Whole", minutes: 90, in_days: false },
    { id: "short", name: "Short", minutes: 45, in_days: false },
  ],
  switches: [a("first", true, "other"), a("other", false), a("third", false)],
} as unknown as ScenarioOffer;

test("a variant of another scenario is not asked for: the first one is played", () => {
  expect(variantIn(scenario, "short")).toBe("short");
  expect(variantIn(scenario, "week")).toBe("whole");
  expect(variantIn({ ...scenario, variants: [] }, "short")).toBe("");
});

test("a switch that is turned on turns off what contradicts it, either way round", () => {
  expect(switchesOn(scenario)).toEqual(["first"]);
  expect(turned(scenario, ["first", "third"], "other")).toEqual(["third", "other"]);
  expect(turned(scenario, ["other"], "first")).toEqual(["first"]);
  expect(turned(scenario, ["first"], "first")).toEqual([]);
});
