import { cleanup, fireEvent, screen, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import { snapshot } from "../recorded";
import { sitDown } from "../table/at-the-table";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

test("while a channel is opened its form stands in the place of the list, and opening brings the list back", async () => {
  const legal = [{ kind: "say", roles: ["BUY"] }];
  await sitDown({ ...snapshot, view: { ...snapshot.view, legal, channels: [] } });
  const list = within(screen.getByRole("navigation", { name: "Channels" }));
  expect(list.getAllByRole("button")).toHaveLength(3);
  await fireEvent.click(list.getByRole("button", { name: "Open a channel" }));
  expect(list.getAllByRole("button")).toHaveLength(1);
  await fireEvent.click(screen.getByRole("checkbox", { name: "Buyers" }));
  await fireEvent.click(screen.getByRole("button", { name: "Open the channel" }));
  expect(list.getByRole("button", { current: true }).textContent).toMatch(/Buyers/);
});
