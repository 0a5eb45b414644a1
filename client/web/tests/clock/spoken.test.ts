import { cleanup, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, test, vi } from "vitest";

import { snapshot } from "../recorded";
import { change, sitDown } from "../table/at-the-table";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const spoken = () => screen.getByRole("timer").parentElement!.querySelector(":scope > [role=status]")!;

test("what was said of the time left is not kept when the next phase opens", async () => {
  const clock = { ...snapshot.view.clock!, opened_at: 1, closes_at: null, left_ms: 301_000 };
  const { socket } = await sitDown({ ...snapshot, view: { ...snapshot.view, clock } });
  socket.hears(change([["clock", "left_ms"], 299_000]));
  await tick();
  expect(spoken().textContent).toMatch(/5 minutes/);
  socket.hears(change([["clock"], { ...clock, opened_at: 2, left_ms: 60_000 }]));
  await tick();
  expect(spoken().textContent).toBe("");
});
