import { expect, test } from "vitest";

import { face, leftOf, spoken } from "../../src/clock/clock";

test("a running clock counts to a moment of the server's time, and stops at nothing", () => {
  expect(leftOf({ closes_at: 10_000, left_ms: null }, 4_000)).toBe(6_000);
  expect(leftOf({ closes_at: 10_000, left_ms: null }, 12_000)).toBe(0);
});

test("a paused clock stands still", () => {
  expect(leftOf({ closes_at: null, left_ms: 462_000 }, 99_999_999)).toBe(462_000);
});

test.each([
  [462_000, "7:42"],
  [461_001, "7:42"],
  [59_000, "0:59"],
  [0, "0:00"],
  [4_062_000, "1:07:42"],
])("%i ms are shown as %s", (ms, shown) => {
  expect(face(ms)).toBe(shown);
});

test("the clock speaks at five minutes, one minute and ten seconds, each once", () => {
  expect(spoken(300_500, 299_500)).toBe(300_000);
  expect(spoken(299_500, 298_500)).toBeNull();
  expect(spoken(61_000, 60_000)).toBe(60_000);
  expect(spoken(60_000, 59_000)).toBeNull();
});

test("after a jump it speaks of the last moment passed only", () => {
  expect(spoken(400_000, 9_000)).toBe(10_000);
});
