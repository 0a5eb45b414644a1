import { expect, test } from "vitest";

import { backoff } from "../../src/wire/backoff";
import { markAfter } from "../../src/wire/holding";
import { uuid7 } from "../../src/wire/uuid7";

// Computed with Python's hashlib.blake2b(bytes.fromhex(mark) + frame, digest_size=8).
const CHAIN = [
  ['{"type":"event","n":1}', "569fc9678f83eec9"],
  ['{"type":"event","n":2,"text":"Zdravstvuy, Привет, −"}', "52404b40e142ec7f"],
] as const;

test("the rolling hash is the server's, also beyond ASCII", () => {
  let mark = "0".repeat(16);
  for (const [frame, expected] of CHAIN) {
    mark = markAfter(mark, frame);
    expect(mark).toBe(expected);
  }
});

test("a cid is a UUID of version 7 whose order follows time", () => {
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const [early, late] = [uuid7(1_700_000_000_000), uuid7(1_700_000_000_001)];
  expect(early).toMatch(form);
  expect(early < late).toBe(true);
  expect(parseInt(early.replace("-", "").slice(0, 12), 16)).toBe(1_700_000_000_000);
  expect(new Set(Array.from({ length: 100 }, () => uuid7(1))).size).toBe(100);
});

test("waits grow, stay below fifteen seconds, and chance spreads them", () => {
  expect([1, 2, 3, 9, 99].map((attempt) => backoff(attempt, 1))).toEqual([1_000, 2_000, 4_000, 20_000, 20_000]);
  expect(backoff(3, 0)).toBe(0);
  expect(backoff(3, 0.5)).toBe(2_000);
});
