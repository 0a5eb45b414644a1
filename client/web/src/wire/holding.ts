import { blake2b } from "@noble/hashes/blake2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

import type { EventFrame, Held, Snapshot, View } from "../generated/protocol";
import { apply } from "./apply";

/** What is held of one viewer's stream: the number of its last event, the rolling hash up to it, and the view. */
export interface Holding {
  readonly table: string;
  readonly viewer: string;
  readonly epoch: string;
  readonly n: number;
  readonly mark: string;
  readonly view: View;
}

export function begun(snapshot: Snapshot): Holding {
  const { table, viewer, epoch, n, mark, view } = snapshot;
  return { table, viewer, epoch, n, mark, view };
}

/** The stream after its next event, whose frame was received as `text`. */
export function advanced(holding: Holding, event: EventFrame, text: string): Holding {
  return { ...holding, n: event.n, mark: markAfter(holding.mark, text), view: apply(holding.view, event.set) };
}

export function held(holding: Holding): Held {
  const { table, viewer, epoch, n, mark } = holding;
  return { table, viewer, epoch, after: n, mark };
}

/** BLAKE2b of 64 bits over the mark so far and the frame as it was sent. */
export function markAfter(mark: string, text: string): string {
  const hash = blake2b.create({ dkLen: 8 });
  hash.update(hexToBytes(mark)).update(new TextEncoder().encode(text));
  return bytesToHex(hash.digest());
}
