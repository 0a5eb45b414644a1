import { cleanup, screen, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import { shared } from "../../src/end/adjustments";
import type { OutcomeView, ResultView } from "../../src/generated/protocol";
import { snapshot } from "../recorded";
import { sitDown } from "../table/at-the-table";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

function result(role: string, changes: Partial<ResultView> = {}): ResultView {
  return { role, score: -3, walk_away: 6, surplus: -3, adjustments: [], beside: [], ...changes };
}

const OPEN = { points: -3, text: "A conflict stays open." };
const BONUS = { points: 5, text: "Its priorities were met." };

test("a reason that several share stands there once, with all whom it is for", () => {
  const results = [
    result("SUP", { adjustments: [OPEN], beside: [BONUS] }),
    result("BUY", { adjustments: [OPEN, { points: -1, text: OPEN.text }] }),
  ];
  expect(shared(results, "adjustments")).toEqual([
    { ...OPEN, roles: ["SUP", "BUY"] },
    { points: -1, text: OPEN.text, roles: ["BUY"] },
  ]);
  expect(shared(results, "beside")).toEqual([{ ...BONUS, roles: ["SUP"] }]);
});

test("the end tells what is in the points besides the text, and what stands beside them", async () => {
  const results = [result("SUP", { adjustments: [OPEN], beside: [BONUS] }), result("BUY", { adjustments: [OPEN] })];
  const outcome: OutcomeView = {
    ...{ result: "no_agreement", proposal: null, ending: null, ending_title: "", ending_text: "", reservations: "" },
    results,
  };
  await sitDown({ ...snapshot, view: { ...snapshot.view, status: "ended", clock: null, legal: [], outcome } });
  const mine = within(screen.getByRole("region", { name: "Supplier's result" }));
  expect(mine.getAllByRole("listitem").map((one) => one.textContent?.trim())).toEqual([
    expect.stringMatching(/^−3\s+A conflict stays open\.$/),
    expect.stringMatching(/^\+5\s+Its priorities were met\.$/),
  ]);
  const all = within(screen.getByRole("region", { name: "Every delegation's result" }));
  expect(all.getAllByRole("listitem").map((one) => one.textContent?.trim())).toEqual([
    expect.stringMatching(/A conflict stays open\.\s+\(every delegation\)$/),
    expect.stringMatching(/Its priorities were met\.\s+Supplier$/),
  ]);
});
