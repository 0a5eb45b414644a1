import { expect, test } from "vitest";

import type { Explanation, Line } from "../../src/generated/protocol";
import { difference, ledgerOf, sum } from "../../src/mandate/ledger";
import { clustered, Scale, ticks } from "../../src/mandate/scale";

function line(ref: string, points: number, kind: Line["kind"] = "issue"): Line {
  return { ref, points, kind, text: ref, aspects: {}, paragraphs: "" };
}

function because(...lines: Line[]): Explanation {
  return { total: lines.reduce((total, one) => total + one.points, 0), lines, by_aspect: {} };
}

test("all reasons of a score stand in order of their points and add up to it", () => {
  const ledger = ledgerOf(because(line("a", -3), line("b", 10), line("c", 2)));
  expect(ledger.entries.map((entry) => entry.points)).toEqual([10, 2, -3]);
  expect(ledger.total).toBe(9);
});

test("small reasons are put together, and the sum stays whole", () => {
  const ledger = ledgerOf(because(...Array.from({ length: 12 }, (_, at) => line(`r${at}`, at - 4))));
  expect(ledger.entries).toHaveLength(8);
  expect(ledger.smaller).toHaveLength(4);
  expect(sum(ledger.entries) + sum(ledger.smaller)).toBe(ledger.total);
  expect(Math.max(...ledger.smaller.map((entry) => Math.abs(entry.points)))).toBeLessThanOrEqual(
    Math.min(...ledger.entries.map((entry) => Math.abs(entry.points))),
  );
});

test("one line alone is not hidden behind “1 smaller line”", () => {
  const ledger = ledgerOf(because(...Array.from({ length: 9 }, (_, at) => line(`r${at}`, at + 1))));
  expect(ledger.entries).toHaveLength(9);
});

test("a comparison shows what is new, what has changed and what holds no longer", () => {
  const before = because(line("a", 5), line("b", 2), line("rule", 8, "rule"));
  const after = because(line("a", 5), line("b", -1), line("curve", 4, "curve"));
  const ledger = difference(after, before);
  expect(ledger.entries.map((entry) => [entry.line.ref, entry.points, entry.gone])).toEqual([
    ["curve", 4, false],
    ["b", -3, false],
    ["rule", -8, true],
  ]);
  expect(ledger.total).toBe(after.total - before.total);
});

test("the ruler's scale only widens, so that a move is a move", () => {
  const scale = new Scale();
  expect(scale.including([3, 22])).toEqual({ low: 0, high: 30 });
  expect(scale.including([46])).toEqual({ low: 0, high: 50 });
  expect(scale.including([-7, 10])).toEqual({ low: -10, high: 50 });
});

test("marks that stand on one another share a label", () => {
  const marks = [
    { name: "#3", x: 100 },
    { name: "#1", x: 10 },
    { name: "#2", x: 20 },
  ];
  expect(clustered(marks, 30)).toEqual([
    { names: ["#1", "#2"], x: 10 },
    { names: ["#3"], x: 100 },
  ]);
});

test("ticks are printed on round numbers, from the lowest to the highest", () => {
  const printed = (low: number, high: number) =>
    ticks(low, high)
      .filter((tick) => tick.printed)
      .map((tick) => tick.value);
  expect(printed(-10, 60)).toEqual([-10, 0, 10, 20, 30, 40, 50, 60]);
  expect(printed(0, 10)).toEqual([0, 5, 10]);
  expect(printed(-100, 60)).toEqual([-100, -80, -60, -40, -20, 0, 20, 40, 60]);
});
