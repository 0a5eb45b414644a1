import { expect, test } from "vitest";

import { apply } from "../../src/wire/apply";

const view = { clock: { round: 1, left: null }, seats: [{ role: "POL" }, { role: "RUS" }], drafts: { a: 1 } };

test("a change replaces the value at its path and leaves the old view alone", () => {
  const next = apply(view, [[["clock", "round"], 2]]);
  expect(next.clock).toEqual({ round: 2, left: null });
  expect(view.clock.round).toBe(1);
});

test("what did not change keeps its identity", () => {
  const next = apply(view, [[["seats", 0, "role"], "DEU"]]);
  expect(next.clock).toBe(view.clock);
  expect(next.seats[1]).toBe(view.seats[1]);
  expect(next.seats[0]).not.toBe(view.seats[0]);
});

test("an index equal to the length of a list appends", () => {
  const next = apply(view, [
    [["seats", 2], { role: "USA" }],
    [["seats", 3], { role: "FRA" }],
  ]);
  expect(next.seats.map((seat) => seat.role)).toEqual(["POL", "RUS", "USA", "FRA"]);
});

test("a whole section can be replaced, and so can the view", () => {
  expect(apply(view, [[["seats"], []]]).seats).toEqual([]);
  expect(apply<unknown>(view, [[[], null]])).toBeNull();
});

test("a mapping takes a key that it did not have", () => {
  expect(apply(view, [[["drafts", "b"], 3]]).drafts).toEqual({ a: 1, b: 3 });
});

test.each([[["clocks", "round"]], [["seats", 3, "role"]], [["seats", "first"]], [["clock", 0]], [["seats", -1]]])(
  "a path that leads nowhere is an error: %j",
  (path) => {
    expect(() => apply(view, [[path, 1]])).toThrow(RangeError);
  },
);
