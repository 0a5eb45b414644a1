import { cleanup, fireEvent, screen, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { ArchiveOffer, Legal, Venture } from "../../src/generated/protocol";
import { lastAct } from "../table/at-the-table";
import { openMoves } from "./at-the-moves";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const offer: ArchiveOffer = { id: "o1", role: "BUY", to: "SUP", round: 1, note: "It is past.", standing: "open" };
const archive = (...offers: ArchiveOffer[]) => ({ archive: { points: 2, left: 1, offers } });
const project = { id: "sniff", title: "Finding explosives", text: "A laboratory.", points: 1, done: false };
const projects = (...ventures: Venture[]) => ({ projects: { projects: [project], ventures } });

test("an entry is archived together in two steps, for it costs points for good", async () => {
  const { socket } = await openMoves(archive(offer), [{ kind: "join_archive", choices: ["o1"] }]);
  await fireEvent.click(button("Look at it"));
  await fireEvent.click(button("Join in"));
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.click(button("Archive it now"));
  expect(lastAct(socket)?.action).toEqual({ kind: "join_archive", offer: "o1" });
});

test("an offer to archive goes to one of those who may be asked, and is withdrawn by whoever made it", async () => {
  const legal: Legal[] = [{ kind: "propose_archive", roles: ["BUY"] }];
  const { socket } = await openMoves(archive(), legal);
  await fireEvent.click(button("Offer it"));
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.change(screen.getByLabelText("Archive an entry with"), { target: { value: "BUY" } });
  await fireEvent.click(button("Offer it"));
  expect(lastAct(socket)?.action).toEqual({ kind: "propose_archive", to: "BUY", note: "" });
  cleanup();
  sessionStorage.clear();
  const own = { ...offer, role: "SUP", to: "BUY" };
  const second = await openMoves(archive(own), [{ kind: "withdraw_archive", choices: ["o1"] }]);
  await fireEvent.click(button("Withdraw the offer"));
  expect(lastAct(second.socket)?.action).toEqual({ kind: "withdraw_archive", offer: "o1" });
});

test("a project is proposed to another, joined, or vetoed in two steps", async () => {
  const first = await openMoves(projects(), [{ kind: "propose_project", roles: ["BUY"], choices: ["sniff"] }]);
  await fireEvent.click(within(screen.getByRole("group", { name: "Propose it to" })).getByRole("button"));
  expect(lastAct(first.socket)?.action).toEqual({ kind: "propose_project", project: "sniff", to: "BUY" });
  cleanup();
  sessionStorage.clear();
  const both: Legal[] = ["join_project", "veto_project"].map((kind) => ({ kind, choices: ["sniff"] }));
  const venture: Venture = { project: "sniff", role: "BUY", to: "SUP", round: 1, standing: "proposed" };
  const second = await openMoves(projects(venture), both);
  await fireEvent.click(button("Veto it"));
  expect(lastAct(second.socket)).toBeUndefined();
  await fireEvent.click(button("Cancel"));
  await fireEvent.click(button("Join the project"));
  expect(lastAct(second.socket)?.action).toEqual({ kind: "join_project", project: "sniff" });
});

test("what became of a project is told with whose doing it was", async () => {
  const venture: Venture = { project: "sniff", role: "BUY", to: "SUP", round: 1, standing: "vetoed", by: "SUP" };
  await openMoves(projects(venture));
  const region = screen.getByRole("region", { name: "Finding explosives" });
  expect(within(region).getByRole("listitem").textContent).toMatch(/Buyers and Supplier:\s+vetoed by Supplier\./);
  expect(within(region).queryAllByRole("button")).toEqual([]);
});
