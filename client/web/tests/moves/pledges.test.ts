import { cleanup, fireEvent, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { Pledge } from "../../src/generated/protocol";
import { place } from "../../src/table/place.svelte";
import { snapshot } from "../recorded";
import { change, lastAct } from "../table/at-the-table";
import { openMoves, pledge } from "./at-the-moves";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const SIDES = [["SUP"], ["BUY"]];
const LAY = { kind: "pledge", options: { price: [1, 2], transit: [1, 2] } };
const DUE = [
  { kind: "honour", choices: ["1.SUP"] },
  { kind: "renege", choices: ["1.SUP"] },
];
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const panel = () => screen.getByRole("region", { name: "Pledges" });
const among = (...pledges: Pledge[]) => ({ pledges: { sides: SIDES, pledges } });

test("breaking one's word takes two steps, and breaks nothing once the pledge is settled otherwise", async () => {
  const { socket } = await openMoves(among(pledge()), DUE);
  await fireEvent.click(button("Break it"));
  expect(lastAct(socket)).toBeUndefined();
  expect(document.activeElement).toBe(button("Cancel"));
  const now = button("Break it now");
  socket.hears(change([["legal"], []], [["mechanics", "pledges", "pledges", 0, "standing"], "honoured"]));
  await tick();
  await fireEvent.click(now);
  expect(lastAct(socket)).toBeUndefined();
  expect(screen.queryByRole("button", { name: "Break it now" })).toBeNull();
});

test("a confirmed break names the pledge, and a second press breaks nothing more", async () => {
  const { socket } = await openMoves(among(pledge()), DUE);
  await fireEvent.click(button("Break it"));
  await fireEvent.click(button("Break it now"));
  expect(lastAct(socket)?.action).toEqual({ kind: "renege", pledge: "1.SUP" });
  socket.sent.length = 0;
  await fireEvent.click(button("Honour it"));
  expect(lastAct(socket)).toBeUndefined();
});

test("an article and a wording are chosen among those that may be pledged, and laid face down", async () => {
  const { socket } = await openMoves(among(), [LAY]);
  const article = screen.getByLabelText<HTMLSelectElement>("The article you will start early");
  expect([...article.options].slice(1).map((one) => one.value)).toEqual(["price", "transit"]);
  await fireEvent.click(button("Lay it face down"));
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.change(article, { target: { value: "transit" } });
  expect(within(panel()).getAllByRole("radio")).toHaveLength(2);
  await fireEvent.click(within(panel()).getByRole("radio", { name: "Early warning" }));
  await fireEvent.click(button("Lay it face down"));
  expect(lastAct(socket)?.action).toEqual({ kind: "pledge", issue: "transit", option: 1 });
});

test("another article takes no wording along from the one before", async () => {
  const { socket } = await openMoves(among(), [LAY]);
  const article = screen.getByLabelText("The article you will start early");
  await fireEvent.change(article, { target: { value: "transit" } });
  await fireEvent.click(within(panel()).getByRole("radio", { name: "Early warning" }));
  await fireEvent.change(article, { target: { value: "price" } });
  await fireEvent.click(button("Lay it face down"));
  expect(lastAct(socket)).toBeUndefined();
});

test("what lies face down can be taken up again", async () => {
  const { socket } = await openMoves(among(pledge({ standing: "down" })), [LAY]);
  expect(within(panel()).getByRole("status").textContent).toMatch(/Art\. 2 .*: Early warning\./);
  await fireEvent.click(button("Take it up again"));
  expect(lastAct(socket)?.action).toEqual({ kind: "pledge", issue: null });
});

test("the band asks for a pledge until one lies there, and leads to it", async () => {
  const { socket } = await openMoves(among(), [LAY]);
  await fireEvent.click(button("Lay a pledge"));
  expect(location.hash).toBe("#moves/pledges");
  expect(document.activeElement?.textContent).toBe("Pledges");
  socket.hears(change([["mechanics", "pledges", "pledges", 0], pledge({ standing: "down" })]));
  location.hash = "#treaty";
  await tick();
  expect(screen.queryByRole("button", { name: "Lay a pledge" })).toBeNull();
});

const PASS = { kind: "pass" };
const band = () => screen.getByRole("region", { name: "What you can do now" });

test("what is owed is told first under the clock in every phase that takes it, and leads to the pledge", async () => {
  const { socket } = await openMoves(among(pledge()), [...DUE, PASS]);
  place.go("treaty");
  await tick();
  expect(within(band()).getAllByRole("status")[0]!.textContent).toMatch(
    /^You owe Art\. 2 .*: Early warning: honour it or break it, by the end of the next pledges phase/,
  );
  expect(band().textContent).not.toContain("you cannot pass");
  expect(screen.getByRole("link", { name: "See the pledge" }).getAttribute("href")).toBe("#moves/pledges");
  place.go("moves", "pledges");
  await tick();
  expect(screen.queryByRole("link", { name: "See the pledge" })).toBeNull();
  expect(screen.getByText(/It falls due when the next pledges are shown/).closest("section")).toBe(panel());
  socket.hears(change([["legal"], [PASS]]));
  await tick();
  expect(band().textContent).not.toContain("You owe");
});

test("in the phase in which a pledge falls due, the band says so, and why there is no pass", async () => {
  const { socket } = await openMoves(among(pledge()), [LAY, ...DUE]);
  expect(band().textContent).toMatch(/break it, by the end of this phase\.\s+Until then you cannot pass\./);
  expect(screen.queryByRole("button", { name: "Pass" })).toBeNull();
  expect(screen.getByText(/It falls due when this phase closes/).closest("section")).toBe(panel());
  place.go("treaty");
  await tick();
  expect(screen.queryByRole("button", { name: "Lay a pledge" })).toBeNull();
  socket.hears(change([["legal"], [LAY, ...DUE, PASS]]));
  await tick();
  expect(band().textContent).not.toContain("cannot pass");
});

test("several owed are told in one sentence", async () => {
  const second = pledge({ id: "2.SUP", round: 2, issue: "price", option: 1 });
  await openMoves(among(pledge(), second), [{ kind: "honour", choices: ["1.SUP", "2.SUP"] }]);
  expect(band().textContent).toMatch(/You owe Art\. 2 .*; Art\. 1 .*: honour or break each, by the end/);
});

test("after the signature what is owed falls due with that phase", async () => {
  const implementation = { id: "after", title: "After the signature", text: "", seconds: 60 };
  const treaty = { ...snapshot.view.treaty, implementation };
  await openMoves(among(pledge()), DUE, { treaty, clock: { ...snapshot.view.clock!, id: "after" } });
  expect(screen.getByText(/It falls due when this phase closes/)).toBeTruthy();
});

test("who pledged what and what came of it is told by rounds, the newest first", async () => {
  const theirs = pledge({ id: "2.BUY", role: "BUY", round: 2, issue: "price", standing: "unmatched" });
  await openMoves(among(pledge({ standing: "honoured" }), theirs));
  const rounds = within(panel()).getAllByRole("heading", { level: 4 });
  expect(rounds.map((one) => one.textContent)).toEqual(["Round 2", "Round 1"]);
  expect(
    within(panel())
      .getAllByRole("listitem")
      .map((one) => one.textContent),
  ).toEqual([expect.stringMatching(/Buyers.*not matched/), expect.stringMatching(/Supplier.*Early warning.*honoured/)]);
});
