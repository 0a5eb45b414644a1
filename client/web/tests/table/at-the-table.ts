import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import { vi } from "vitest";

import type { ClientFrame, EventFrame, Snapshot } from "../../src/generated/protocol";
import { TableSession } from "../../src/table/session.svelte";
import TableDesk from "../../src/table/TableDesk.svelte";
import { snapshot } from "../recorded";
import { FakeSocket, WELCOME } from "../wire/fake-line";

/** A busy machine is no failure. */
export const PATIENT = { timeout: 30_000 };

let n = 0;

/** Sockets that the test holds in its hands, and a wide screen; filled as the page opens them. */
export function stubWorld(): FakeSocket[] {
  const sockets: FakeSocket[] = [];
  vi.stubGlobal(
    "WebSocket",
    class extends FakeSocket {
      static readonly OPEN = 1;
      constructor() {
        super();
        sockets.push(this);
      }
    },
  );
  vi.stubGlobal("fetch", (path: string) =>
    Promise.resolve(new Response(JSON.stringify(path.endsWith("/tables") ? [] : { ticket: "t" }))),
  );
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query.includes("min-width: 1200px"),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  HTMLElement.prototype.scrollIntoView = () => undefined;
  location.hash = "";
  n = snapshot.n;
  return sockets;
}

/** The line opens and the whole view comes. */
export async function greeted(sockets: readonly FakeSocket[], at: Snapshot): Promise<FakeSocket> {
  await vi.waitUntil(() => sockets.length === 1, PATIENT);
  const socket = sockets[0]!;
  socket.opens();
  socket.hears({ ...WELCOME, now: Date.now() } as typeof WELCOME);
  socket.hears(at);
  return socket;
}

/** The table as Anna of the Supplier sees it, on a line that the test holds in its hands. */
export async function sitDown(at: Snapshot = snapshot) {
  const sockets = stubWorld();
  const session = new TableSession(at.table, at.viewer, {
    name: "Anna",
    code: "KHTM7R4W",
    person: at.view.people[0]!.person,
  });
  session.open();
  const socket = await greeted(sockets, at);
  render(TableDesk, { session });
  await tick();
  return { session, socket, sockets };
}

/** The next event, which changes the view. */
export function change(...set: EventFrame["set"]): EventFrame {
  n += 1;
  return { type: "event", table: snapshot.table, viewer: snapshot.viewer, n, at: n, kind: "changed", set };
}

export function lastAct(socket: FakeSocket): Extract<ClientFrame, { type: "act" }> | undefined {
  return socket.last("act");
}

/** Answer every score asked for: a text is worth ten times its wordings' numbers, and 3 are needed. */
export async function answerScores(socket: FakeSocket): Promise<void> {
  await Promise.resolve();
  for (const frame of socket.sent.splice(0)) {
    if (frame.type !== "score") continue;
    const worth = (text: number[]) => 10 * text.reduce((sum, option) => sum + option, 0);
    const scores = frame.packages.map((text) => ({ score: worth(text), needed: 3, surplus: worth(text) - 3 }));
    const total = worth(frame.packages[0]!);
    const lines = [
      { points: total, kind: "issue" as const, ref: "transit", aspects: {}, text: "Early warning", paragraphs: "P40" },
    ];
    const explanation = frame.explain ? { total, lines, by_aspect: { points: total } } : null;
    socket.hears({ type: "reply", id: frame.id, ok: true, result: { scores, explanation } });
  }
  await tick();
  await tick();
}
