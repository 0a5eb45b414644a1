import { expect, test } from "vitest";

import { ticks } from "../../src/mandate/scale";

const printed = (low: number, high: number) =>
  ticks(low, high)
    .filter((tick) => tick.printed)
    .map((tick) => tick.value);

test("a short scale is numbered finely, a long one coarsely, and numbers never touch", () => {
  expect(printed(-10, 10)).toEqual([-10, -5, 0, 5, 10]);
  expect(printed(-10, 60)).toEqual([-10, 0, 10, 20, 30, 40, 50, 60]);
  expect(printed(-180, 80)).toEqual([-150, -100, -50, 0, 50]);
  for (const low of [-10, -30, -90, -180, -400]) expect(printed(low, 80).length).toBeLessThanOrEqual(9);
});

test("zero is always numbered, and ticks stay on the scale", () => {
  for (const low of [-10, -70, -180]) {
    const all = ticks(low, 80);
    expect(all.find((tick) => tick.value === 0)?.printed).toBe(true);
    expect(all[0]!.value).toBeGreaterThanOrEqual(low);
    expect(all.at(-1)!.value).toBeLessThanOrEqual(80);
  }
});
