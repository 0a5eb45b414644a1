import { expect, test } from "vitest";

import { shapes } from "../../src/pieces/marks";
import { plain, signed } from "../../src/pieces/points";

test("well-known delegations keep their shape whoever else is at the table", () => {
  expect(shapes(["POL", "RUS"]).get("RUS")).toEqual(shapes(["RUS", "USA", "POL"]).get("RUS"));
});

test("sixteen delegations have sixteen different marks", () => {
  const roles = Array.from({ length: 16 }, (_, at) => `R${at}`);
  const marks = [...shapes(roles).values()].map((shape) => `${shape.at} ${shape.slashed}`);
  expect(new Set(marks).size).toBe(16);
});

test("a role that nobody knows never takes the shape of one that is at the table", () => {
  const marks = shapes(["RUS", "X", "USA", "Y"]);
  expect(new Set([...marks.values()].map((shape) => shape.at)).size).toBe(4);
});

test("points carry a sign and a true minus", () => {
  expect([signed(3), signed(0), signed(-7), plain(-7), plain(7)]).toEqual(["+3", "0", "−7", "−7", "7"]);
});
