import type { Snapshot, View } from "../../src/generated/protocol";
import winter from "./winter.json";

/** A real snapshot: Winter, round 1. The Supplier has tabled #1; the Buyers oppose it and ask for another transit. */
export const snapshot = winter as unknown as Snapshot;

/** The same view with some sections replaced. */
export function viewWith(changes: Partial<View> = {}): View {
  return { ...snapshot.view, ...changes };
}

export const proposal = snapshot.view.proposals[0]!;
