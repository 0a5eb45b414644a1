import { cleanup, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { DevelopmentView } from "../../src/generated/protocol";
import { change, sitDown } from "../table/at-the-table";
import { openMoves } from "./at-the-moves";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

function moved(changes: Partial<DevelopmentView> = {}): DevelopmentView {
  const plain = { mechanic: "pledges", effect: "matched", text: "Both sides pledged.", about: "" };
  return { ...plain, round: 1, at: 10, tracks: { trust: 1 }, own_shift: 0, ...changes };
}

const CARD = { card: "C", title: "Gas stops", text: "", effect: "", kind: "neutral", round: 1, at: 5, own_shift: -2 };

test("what moved stands with its round, what it moved and our own no deal, the newest first", async () => {
  const back = moved({ text: "Comfort returns.", round: 2, at: 20, tracks: {}, own_shift: 2 });
  await openMoves({ developments: [moved(), back] }, [], { cards: [CARD] as never });
  const list = within(screen.getByRole("region", { name: "What moved" })).getAllByRole("listitem");
  expect(list.slice(1).map((one) => one.textContent?.replace(/\s+/g, " ").trim())).toEqual([
    expect.stringMatching(/^Round 2 Comfort returns\. our no deal \+2$/),
    expect.stringMatching(/^Round 1 Both sides pledged\. Trust \+1$/),
    expect.stringMatching(/^Round 1 News: Gas stops our no deal −2$/),
  ]);
  expect(list[0]!.textContent).toMatch(/Trust\s*1\s*from −3 to 6/);
});

test("the newest move is told beside the texts as it happens", async () => {
  const { socket } = await openMoves({ developments: [] });
  const strip = screen.getByRole("complementary", { name: "What moved" });
  expect(strip.textContent).not.toContain("Both sides pledged.");
  socket.hears(change([["mechanics", "developments", 0], moved()]));
  await tick();
  expect(strip.textContent).toContain("Both sides pledged.");
});

test("a rule set without mechanics shows no place for moves", async () => {
  await sitDown();
  expect(screen.queryByRole("link", { name: /Moves/ })).toBeNull();
});
