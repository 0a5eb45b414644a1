import { cleanup, fireEvent, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, test, vi } from "vitest";

import { change, lastAct } from "../table/at-the-table";
import { openMoves, pledge } from "./at-the-moves";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const theirs = pledge({ id: "1.BUY", role: "BUY" });
const pledges = { sides: [["SUP"], ["BUY"]], pledges: [pledge(), theirs] };

test("another's pledge is examined in two steps, one's own is not offered", async () => {
  const { socket } = await openMoves({ pledges, audits: { asked: [] } }, [{ kind: "audit", choices: ["1.BUY"] }]);
  await fireEvent.click(screen.getByRole("button", { name: "Have it examined" }));
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.click(screen.getByRole("button", { name: "Ask now" }));
  expect(lastAct(socket)?.action).toEqual({ kind: "audit", pledge: "1.BUY" });
});

test("an audit tells who asked and what it found", async () => {
  const audit = { pledge: "1.BUY", role: "BUY", issue: "transit", option: 1, by: "SUP", round: 2 };
  await openMoves({ pledges, audits: { asked: [{ ...audit, standing: "positive" }] } });
  expect(screen.getByText(/Examined for Supplier \(round 2\): nothing was found/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Have it examined" })).toBeNull();
});

test("under an honoured pledge it is said what an audit still does", async () => {
  const honoured = { sides: pledges.sides, pledges: [pledge(), { ...theirs, standing: "honoured" as const }] };
  const { socket } = await openMoves({ pledges: honoured, audits: { asked: [] } }, [
    { kind: "audit", choices: ["1.BUY"] },
  ]);
  expect(screen.getByText(/An audit would only confirm it/)).toBeTruthy();
  socket.hears(change([["mechanics", "pledges", "pledges", 1, "standing"], "due"]));
  await tick();
  expect(screen.getByRole("button", { name: "Have it examined" })).toBeTruthy();
  expect(screen.queryByText(/An audit would only confirm it/)).toBeNull();
});
