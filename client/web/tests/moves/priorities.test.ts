import { cleanup, fireEvent, screen, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { Legal, PrioritiesView } from "../../src/generated/protocol";
import { snapshot } from "../recorded";
import { lastAct } from "../table/at-the-table";
import { openMoves } from "./at-the-moves";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const PATHS = ["donor", "equal"].map((id) => ({ id, name: `Road ${id}`, when: { test: "all" as const, parts: [] } }));
const TREATY = { treaty: { ...snapshot.view.treaty, paths: PATHS } };
const SECRET: Legal = {
  ...{ kind: "declare_priorities", choices: ["donor", "equal"] },
  options: { price: [1], transit: [1], investment: [1] },
};
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const panel = () => screen.getByRole("region", { name: "Road and priorities" });
const told = (changes: Partial<PrioritiesView> = {}) => ({
  priorities: { role: "SUP", count: 2, points: 5, path: null, issues: [], switched: false, ...changes },
});

test("a road is written down with exactly as many articles as are asked for", async () => {
  const { socket } = await openMoves(told(), [SECRET], TREATY);
  await fireEvent.click(button("Choose"));
  await fireEvent.click(screen.getByRole("radio", { name: "Road equal" }));
  const articles = within(panel()).getAllByRole("checkbox");
  await fireEvent.click(articles[0]!);
  await fireEvent.click(button("Write it down"));
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.click(articles[1]!);
  await fireEvent.click(articles[2]!);
  await fireEvent.click(button("Write it down"));
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.click(articles[0]!);
  await fireEvent.click(button("Write it down"));
  expect(lastAct(socket)?.action).toEqual({
    kind: "declare_priorities",
    path: "equal",
    issues: ["transit", "investment"],
  });
});

test("what is written down stands there, and can be changed before the second round", async () => {
  const { socket } = await openMoves(told({ path: "equal", issues: ["price", "transit"] }), [SECRET], TREATY);
  expect(panel().textContent).toContain("Supplier: Road equal.");
  expect(within(panel()).getAllByRole("listitem")).toHaveLength(2);
  await fireEvent.click(button("Write down another choice"));
  await fireEvent.click(screen.getByRole("radio", { name: "Road donor" }));
  await fireEvent.click(button("Write it down"));
  expect(lastAct(socket)?.action).toEqual({ kind: "declare_priorities", path: "donor", issues: ["price", "transit"] });
});

test("a later switch is before everybody, and asks twice", async () => {
  const may = [{ kind: "declare_priorities", choices: ["donor"] }];
  const { socket } = await openMoves(told({ path: "equal", issues: ["price", "transit"] }), may, TREATY);
  expect(screen.queryByRole("button", { name: "Choose" })).toBeNull();
  await fireEvent.click(button("Switch to Road donor"));
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.click(button("Switch now"));
  expect(lastAct(socket)?.action).toEqual({ kind: "declare_priorities", path: "donor" });
});

test("others learn that there is a road, and no more before it is shown", async () => {
  await openMoves(told({ role: "BUY" }), [], TREATY);
  expect(panel().textContent).toContain("Buyers chooses a road and 2 articles in secret.");
  expect(panel().textContent).not.toContain("Road equal");
  expect(within(panel()).queryAllByRole("button")).toEqual([]);
});
