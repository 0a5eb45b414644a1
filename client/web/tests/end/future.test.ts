import { cleanup, screen } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { FutureView, OutcomeView } from "../../src/generated/protocol";
import { openDesk } from "../desk/at-the-desk";
import { snapshot } from "../recorded";
import { sitDown } from "../table/at-the-table";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const OUTCOME: OutcomeView = {
  ...{ result: "adopted", proposal: snapshot.view.proposals[0]!.id, ending: null, ending_title: "", ending_text: "" },
  ...{ reservations: "", results: [] },
};
const FUTURE: FutureView = {
  ...{ card: "F", title: "A lost decade", text: "Markets fall.", aspect: "points", own: -3, surpluses: null },
};
const ended = (future: FutureView) => ({
  ...{ status: "ended" as const, clock: null, legal: [], outcome: OUTCOME },
  mechanics: { ...snapshot.view.mechanics, future },
});
const region = () => screen.getByRole("region", { name: "A lost decade" });

test("the end tells a delegation whether it would regret the text, and nobody else's figures", async () => {
  await sitDown({ ...snapshot, view: { ...snapshot.view, ...ended(FUTURE) } });
  expect(region().textContent).toContain("We would regret it: 3 below no deal.");
  expect(region().querySelectorAll("li")).toHaveLength(0);
});

test("the facilitator sees who would regret it", async () => {
  const future = { ...FUTURE, own: null, surpluses: { SUP: -3, BUY: 4 } };
  const { legal, ...changes } = ended(future);
  await openDesk(legal, changes);
  expect([...region().querySelectorAll("li")].map((one) => one.textContent?.replace(/\s+/g, " ").trim())).toEqual([
    expect.stringMatching(/Supplier −3 would regret it$/),
    expect.stringMatching(/Buyers \+4$/),
  ]);
});
