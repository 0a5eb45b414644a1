import { cleanup, fireEvent, screen, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { ChairView, Legal } from "../../src/generated/protocol";
import { lastAct } from "../table/at-the-table";
import { openMoves } from "./at-the-moves";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const CHAIR: ChairView = {
  agenda: ["transit", "price"],
  floor: null,
  held: null,
  texts_a_round: 1,
  without_text: null,
};
const ALL = ["price", "transit", "investment"];
const AGENDA: Legal = { kind: "set_agenda", choices: ALL };
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const panel = () => screen.getByRole("region", { name: "The chair" });
const chair = (changes: Partial<ChairView> = {}) => ({ chair: { ...CHAIR, ...changes } });

test("an agenda is put together in peace, and sent when it is set", async () => {
  const { socket } = await openMoves(chair(), [AGENDA]);
  await fireEvent.click(button("Set the order"));
  await fireEvent.click(button(/^Earlier Art\. 1/));
  await fireEvent.change(screen.getByLabelText("Next article"), { target: { value: "investment" } });
  await fireEvent.click(button(/^Leave out Art\. 2/));
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.click(button("Announce this order"));
  expect(lastAct(socket)?.action).toEqual({ kind: "set_agenda", issues: ["price", "investment"] });
});

test("whoever is not in the chair reads the order and changes nothing", async () => {
  await openMoves(chair({ floor: "BUY", held: { issue: "price", round: 1 } }));
  expect(
    within(panel())
      .getAllByRole("listitem")
      .map((one) => one.textContent),
  ).toEqual([expect.stringContaining("Art. 2"), expect.stringContaining("Art. 1")]);
  expect(panel().textContent).toContain("Buyers has the floor.");
  expect(panel().textContent).toMatch(/Art\. 1 .* is held back in this round/);
  expect(within(panel()).queryAllByRole("button")).toEqual([]);
});

test("what was held back in a round that is over is free again", async () => {
  await openMoves(chair({ held: { issue: "price", round: 0 } }));
  expect(panel().textContent).not.toContain("held back");
});

test("the floor is given to one delegation, or to whoever wishes", async () => {
  const { socket } = await openMoves(chair({ floor: "SUP" }), [{ kind: "give_floor", roles: ["BUY"] }]);
  await fireEvent.click(within(panel()).getByRole("button", { name: "Buyers" }));
  expect(lastAct(socket)?.action).toEqual({ kind: "give_floor", role: "BUY" });
  cleanup();
  const second = await openMoves(chair({ floor: "SUP" }), [{ kind: "give_floor" }]);
  await fireEvent.click(button("Whoever wishes"));
  expect(lastAct(second.socket)?.action).toEqual({ kind: "give_floor", role: null });
});

test("an article is held back in two steps", async () => {
  const { socket } = await openMoves(chair(), [{ kind: "hold_item", choices: ALL }]);
  await fireEvent.change(screen.getByLabelText(/^Hold an article back/), { target: { value: "price" } });
  await fireEvent.click(button("Hold it back"));
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.click(button("Hold it back now"));
  expect(lastAct(socket)?.action).toEqual({ kind: "hold_item", issue: "price" });
});
