import { cleanup, fireEvent, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { EventFrame } from "../../src/generated/protocol";
import { proposal, snapshot } from "../recorded";
import { change, lastAct, PATIENT, sitDown } from "./at-the-table";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const ME = snapshot.viewer.slice("seat:".length);
const view = { ...snapshot.view, legal: [{ kind: "take_back" }] };
const happened = (kind: string, fields: Record<string, unknown>): EventFrame => ({ ...change(), kind, ...fields });

test("what is taken back is named: the seat's own last step, not an edit of the draft nor what others did", async () => {
  const { socket } = await sitDown({ ...snapshot, view });
  expect(screen.getByRole("button", { name: "Take back my last step" })).toBeTruthy();
  socket.hears(happened("tabled", { sponsor: ME, number: 4 }));
  socket.hears(happened("drafted", { role: ME }));
  socket.hears(happened("said", { role: "BUY" }));
  await tick();
  await fireEvent.click(screen.getByRole("button", { name: "Take back #4" }));
  expect(lastAct(socket)?.action).toEqual({ kind: "take_back" });
  socket.hears(happened("supported", { role: ME, proposal: proposal.id }));
  await tick();
  expect(screen.getByRole("button", { name: "Take back my answer on #1" })).toBeTruthy();
  socket.hears(happened("said", { role: ME }));
  await tick();
  expect(screen.getByRole("button", { name: "Take back my message" })).toBeTruthy();
});

test("a text that was voted down says whose no it was, until that is put away", async () => {
  const { socket } = await sitDown();
  const bodies = [{ body: "council_of_buyers", consents: false, members: [{ role: "BUY", reading: "no" }] }];
  socket.hears({
    ...change([["proposals", 0, "status"], "rejected"], [["proposals", 0, "bodies"], bodies]),
    kind: "vote_counted",
    proposal: proposal.id,
    adopted: false,
  });
  await tick();
  expect(screen.getByText(/^#1 was not adopted: Buyers (voted no|broke silence)\.$/)).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByText(/was not adopted/)).toBeNull();
});

test("time that the server was away is told once, with how long it was", async () => {
  const { socket } = await sitDown();
  socket.hears(happened("time_given_back", { since: 1_000, until: 331_000, closes_at: 0, ballot_closes_at: null }));
  await tick();
  expect(screen.getByText(/away for 5 minutes 30 seconds/)).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByText(/was away/)).toBeNull();
});

test("the brief lies open until it is closed, also after a reload of the tab", async () => {
  await sitDown();
  const brief = screen.getByText("Brief and interests").closest("details")!;
  expect(brief.open).toBe(true);
  brief.open = false;
  await vi.waitUntil(
    () => sessionStorage.getItem(`threebirds.brief-closed.${snapshot.table}.${snapshot.viewer}`),
    PATIENT,
  );
  cleanup();
  await sitDown();
  expect(screen.getByText("Brief and interests").closest("details")!.open).toBe(false);
});

test("a text can be amended from its own page: the draft becomes it, and is compared with it", async () => {
  const mayAmend = [{ kind: "amend", proposals: [proposal.id] }, { kind: "draft" }];
  const { socket } = await sitDown({ ...snapshot, view: { ...snapshot.view, legal: mayAmend } });
  await fireEvent.click(screen.getByRole("button", { name: "Read Proposal 1" }));
  await fireEvent.click(screen.getByRole("button", { name: "Amend #1" }));
  expect(lastAct(socket)?.action).toMatchObject({ kind: "draft", fresh: true });
  await tick();
  expect(screen.getByLabelText("Compare with")).toHaveProperty("value", proposal.id);
});
