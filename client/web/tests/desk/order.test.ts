import { cleanup, fireEvent, screen, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import { proposal, snapshot } from "../recorded";
import { lastAct, sitDown } from "../table/at-the-table";
import { openDesk } from "./at-the-desk";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const person = snapshot.view.people[0]!;
const message = snapshot.view.channels[0]!.messages[0]!;
const button = (name: string | RegExp) => screen.getByRole("button", { name });

test("a message is hidden from everybody in two steps, and only at the desk", async () => {
  const { socket } = await openDesk([{ kind: "correct" }]);
  await fireEvent.click(screen.getAllByRole("button", { name: "Hide" })[0]!);
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.click(button("Hide it now"));
  expect(lastAct(socket)?.action).toEqual({ kind: "correct", message: message.id });
  cleanup();
  await sitDown();
  expect(screen.queryByRole("button", { name: "Hide" })).toBeNull();
});

test("nothing is announced but what was written, once", async () => {
  const { socket } = await openDesk([{ kind: "announce" }]);
  await fireEvent.click(button("Announce it"));
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.input(screen.getByLabelText(/^A word to everybody/), { target: { value: "  Lunch at one. " } });
  await fireEvent.click(button("Announce it"));
  expect(lastAct(socket)?.action).toEqual({ kind: "announce", text: "Lunch at one." });
  socket.sent.length = 0;
  await fireEvent.click(button("Announce it"));
  expect(lastAct(socket)).toBeUndefined();
});

test("who may be muted is muted, and who is muted may be let speak", async () => {
  const { socket } = await openDesk([
    { kind: "seat", people: [person.person] },
    { kind: "mute", people: [person.person] },
  ]);
  await fireEvent.click(button(`Mute ${person.name}`));
  expect(lastAct(socket)?.action).toEqual({ kind: "mute", person: person.person });
  cleanup();
  const muted = [{ ...person, muted: true }];
  const legal = [
    { kind: "seat", people: [person.person] },
    { kind: "unmute", people: [person.person] },
  ];
  const second = await openDesk(legal, { people: muted });
  await fireEvent.click(button(`Let speak ${person.name}`));
  expect(lastAct(second.socket)?.action).toEqual({ kind: "unmute", person: person.person });
});

test("a card is brought in by its name, without the words of news of one's own", async () => {
  const { socket } = await openDesk([{ kind: "inject", choices: ["COLD"] }]);
  await fireEvent.input(screen.getByLabelText("Headline"), { target: { value: "Half written" } });
  await fireEvent.change(screen.getByLabelText("Card"), { target: { value: "COLD" } });
  await fireEvent.click(button("Publish it"));
  expect(lastAct(socket)?.action).toEqual({ kind: "inject", card: "COLD" });
});

test("news of one's own carry only what they move", async () => {
  const { socket } = await openDesk([{ kind: "inject", choices: [] }]);
  await fireEvent.input(screen.getByLabelText("Headline"), { target: { value: "A thaw" } });
  const shifts = within(screen.getByRole("group", { name: "What no deal is worth, by delegation" }));
  await fireEvent.input(shifts.getByLabelText("Supplier"), { target: { value: "-2" } });
  await fireEvent.input(shifts.getByLabelText("Buyers"), { target: { value: "0" } });
  await fireEvent.click(button("Publish it"));
  expect(lastAct(socket)?.action).toEqual({
    kind: "inject",
    title: "A thaw",
    text: "",
    shifts: { SUP: -2 },
    tracks: {},
  });
});

test("whether an absent delegation's silence counts is ruled at the desk, both ways", async () => {
  const ballot = {
    ...{ proposal: proposal.id, version: 1, caller: null, closes_at: 1, left_ms: null, closing: false, votes: [] },
    ruled_present: [],
    absent: ["BUY"],
  };
  const { socket } = await openDesk([{ kind: "rule_present", roles: ["BUY"] }], { ballot });
  await fireEvent.click(screen.getByRole("checkbox", { name: "The silence of Buyers counts" }));
  expect(lastAct(socket)?.action).toEqual({ kind: "rule_present", role: "BUY", present: true });
});

test("an announcement stands on the table until it is put away, also after a reload; the next one comes anew", async () => {
  const announced = (...at: number[]) => ({
    ...snapshot,
    view: { ...snapshot.view, announcements: at.map((one) => ({ at: one, text: `Word ${one}.` })) },
  });
  await sitDown(announced(1, 2));
  expect(screen.getByText(/Word 2\./)).toBeTruthy();
  await fireEvent.click(button("Close"));
  cleanup();
  await sitDown(announced(1, 2));
  expect(screen.queryByText(/Word \d\./)).toBeNull();
  cleanup();
  await sitDown(announced(1, 2, 3));
  expect(screen.getByText(/Word 3\./)).toBeTruthy();
});

test("who is muted is told so wherever others would read", async () => {
  const people = snapshot.view.people.map((one, at) => ({ ...one, muted: at === 0 }));
  await sitDown({ ...snapshot, view: { ...snapshot.view, people } });
  expect(screen.getByText(/^You are muted/)).toBeTruthy();
  await fireEvent.click(button("Supplier only"));
  expect(screen.queryByText(/^You are muted/)).toBeNull();
});
