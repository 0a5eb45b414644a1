import { vi } from "vitest";

import type { ClientFrame, EventFrame, ServerFrame, Snapshot, View } from "../../src/generated/protocol";
import { Connection, NoEntryError, type Line } from "../../src/wire/connection";
import { markAfter } from "../../src/wire/holding";
import type { Kept } from "../../src/wire/kept";
import type { KeptAct } from "../../src/wire/requests";

export class FakeSocket {
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((closed: { code: number }) => void) | null = null;
  readonly sent: ClientFrame[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientFrame);
  }

  close(): void {
    this.readyState = 3;
  }

  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  hears(frame: ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  drops(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  last<T extends ClientFrame["type"]>(type: T): Extract<ClientFrame, { type: T }> | undefined {
    return this.sent.findLast((frame) => frame.type === type) as Extract<ClientFrame, { type: T }> | undefined;
  }
}

export const WELCOME = {
  type: "welcome",
  v: 1,
  heartbeat_s: 10,
  limits: {},
  now: 0,
  tables: [],
} as unknown as ServerFrame;

export function snapshot(n: number, view: object = { status: "running", n }): Snapshot {
  return { type: "snapshot", table: "t1", viewer: "seat:POL", epoch: "e", n, mark: "0".repeat(16), view: view as View };
}

export function event(n: number): EventFrame {
  return { type: "event", table: "t1", viewer: "seat:POL", n, at: n, kind: "said", set: [[["n"], n]] };
}

/** A connection whose sockets the test holds in its hands; `vi.useFakeTimers` must be on. */
export function line(kept: KeptAct[] | null = null) {
  const sockets: FakeSocket[] = [];
  const lines: Line[] = [];
  const views: { n: number; event: EventFrame | null }[] = [];
  let outbox = kept;
  const store: Kept<KeptAct[]> = { read: () => outbox, write: (value) => void (outbox = value) };
  const ticket = vi.fn(() => Promise.resolve(`ticket${String(sockets.length + 1)}`));
  const world = {
    ticket,
    socket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    chance: () => 1,
  };
  const heard = {
    view: (holding: { view: View }, happened: EventFrame | null) =>
      views.push({ n: (holding.view as unknown as { n: number }).n, event: happened }),
    line: (now: Line) => lines.push(now),
    presence: vi.fn(),
    typing: vi.fn(),
    notice: vi.fn(),
  };
  const connection = new Connection("t1", "seat:POL", world, heard, store);
  return { connection, sockets, lines, views, ticket, heard, outbox: () => outbox };
}

/** The newest socket, open and welcomed, with a snapshot at `n` if given. */
export async function welcomed(made: ReturnType<typeof line>, n?: number): Promise<FakeSocket> {
  await vi.advanceTimersByTimeAsync(0);
  const socket = made.sockets.at(-1)!;
  socket.opens();
  socket.hears(WELCOME);
  if (n !== undefined) socket.hears(snapshot(n));
  return socket;
}

export { markAfter, NoEntryError };
