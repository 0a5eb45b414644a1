import { render } from "@testing-library/svelte";
import { tick } from "svelte";

import DeskTable from "../../src/desk/DeskTable.svelte";
import type { Legal, Snapshot, View } from "../../src/generated/protocol";
import { TableSession } from "../../src/table/session.svelte";
import { snapshot } from "../recorded";
import { greeted, stubWorld } from "../table/at-the-table";

/** One table on the facilitator's desk. */
export async function openDesk(legal: Legal[], changes: Partial<View> = {}) {
  const sockets = stubWorld();
  const session = new TableSession(snapshot.table, "facilitator", { name: "", code: "", person: null });
  render(DeskTable, { session, addresses: [] });
  const view = { ...snapshot.view, viewer: "facilitator", mandate: null, draft: null, legal, ...changes };
  const at: Snapshot = { ...snapshot, viewer: "facilitator", view };
  const socket = await greeted(sockets, at);
  await tick();
  return { session, socket };
}
