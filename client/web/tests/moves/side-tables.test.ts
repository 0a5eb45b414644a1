import { cleanup, fireEvent, screen, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { Initial, InitialledArticle, Legal, SideTablesView } from "../../src/generated/protocol";
import { lastAct } from "../table/at-the-table";
import { openMoves } from "./at-the-moves";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const TABLE = { id: "gas", name: "Gas table", members: ["SUP", "BUY"], issues: ["transit", "price"] };
const MAY: Legal = {
  ...{ kind: "initial", choices: ["gas"], issues_of: { gas: ["transit"] } },
  options: { transit: [1, 2], price: [1] },
};
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const region = () => screen.getByRole("region", { name: /^Gas table/ });
const initial = (changes: Partial<Initial> = {}): Initial => ({
  ...{ table: "gas", role: "BUY", round: 1, issue: "transit", option: 2 },
  ...changes,
});
const side = (changes: Partial<SideTablesView>) => ({
  side_tables: { tables: [TABLE], waiting: [], articles: [], ...changes },
});

test("what another has initialled is initialled too in that very wording, and is counted as waiting", async () => {
  const waiting = [initial({ issue: "price", option: 1 }), initial()];
  const { socket } = await openMoves(side({ waiting }), [MAY]);
  expect(screen.getAllByText("2 waiting for you")).not.toEqual([]);
  await fireEvent.click(screen.getAllByRole("button", { name: "Initial it too" })[1]!);
  expect(lastAct(socket)?.action).toEqual({ kind: "initial", table: "gas", issue: "transit", option: 2 });
});

test("one's own initial is taken off, and one that both have put asks nothing more", async () => {
  const { socket } = await openMoves(side({ waiting: [initial(), initial({ role: "SUP" })] }), [MAY]);
  expect(screen.queryByRole("button", { name: "Initial it too" })).toBeNull();
  expect(screen.queryByText(/waiting for you/)).toBeNull();
  await fireEvent.click(button("Take my initial off"));
  expect(lastAct(socket)?.action).toEqual({ kind: "initial", table: "gas", issue: "transit", option: null });
});

test("only the articles that a table deals with can be initialled there", async () => {
  const { socket } = await openMoves(side({}), [MAY]);
  await fireEvent.click(button("Initial an article"));
  const article = screen.getByLabelText<HTMLSelectElement>("The article to initial");
  expect([...article.options].slice(1).map((one) => one.value)).toEqual(["transit"]);
  await fireEvent.change(article, { target: { value: "transit" } });
  await fireEvent.click(within(region()).getByRole("radio", { name: "Early warning" }));
  await fireEvent.click(button("Initial it"));
  expect(lastAct(socket)?.action).toEqual({ kind: "initial", table: "gas", issue: "transit", option: 1 });
});

test("what was initialled stands for everybody, with who broke it", async () => {
  const article: InitialledArticle = {
    ...{ initial: "gas.transit.1", table: "gas", round: 1, issue: "transit", option: 1, parties: ["SUP", "BUY"] },
    ...{ standing: "broken", broken_by: "BUY", proposal: "p" },
  };
  await openMoves(side({ articles: [article] }));
  expect(within(region()).getByRole("listitem").textContent).toMatch(/Art\. 2 .*Early warning.*broken by Buyers/);
  expect(within(region()).queryAllByRole("button")).toEqual([]);
});
