import { screen } from "@testing-library/svelte";

import type { Legal, MechanicsView, Pledge, Snapshot, View } from "../../src/generated/protocol";
import "../../src/moves/MovesPage.svelte";
import { place } from "../../src/table/place.svelte";
import { snapshot } from "../recorded";
import { sitDown } from "../table/at-the-table";

export const TRACKS = [{ id: "trust", name: "Trust", low: -3, high: 6, value: 1 }];

export function pledge(changes: Partial<Pledge> = {}): Pledge {
  return { id: "1.SUP", role: "SUP", round: 1, issue: "transit", option: 1, standing: "due", ...changes };
}

export function mechanics(changes: Partial<MechanicsView> = {}): MechanicsView {
  const pledges = { sides: [["SUP"], ["BUY"]], pledges: [] };
  return { ...snapshot.view.mechanics, on: ["pledges"], pledges, ...changes };
}

export function withMoves(changes: Partial<MechanicsView>, legal: Legal[], more: Partial<View> = {}): Snapshot {
  const view = { ...snapshot.view, tracks: TRACKS, mechanics: mechanics(changes), legal, ...more };
  return { ...snapshot, view };
}

/** The table with the moves open in its middle. */
export async function openMoves(changes: Partial<MechanicsView>, legal: Legal[] = [], more: Partial<View> = {}) {
  const table = await sitDown(withMoves(changes, legal, more));
  place.go("moves");
  await screen.findByRole("heading", { name: "Moves" });
  return table;
}
