import type { Act, Reply, Score, WireError } from "../generated/protocol";
import type { Kept } from "./kept";

export type Request = Act | Score;
export type KeptAct = Omit<Act, "id">;

interface Waiting {
  readonly request: Request;
  readonly settle: (reply: Reply) => void;
  tries: number;
}

const MOST_TRIES = 4;
const FIRST_WAIT_MS = 1_000;

/** Requests without an answer yet. Acts are also kept in the tab, so that a reload in mid-send loses nothing: they are
 *  sent again under the same `cid` and happen once. */
export class Requests {
  #waiting = new Map<number, Waiting>();
  #nextId = 1;

  constructor(private readonly kept: Kept<KeptAct[]>) {}

  /** What was left unanswered by the page before this one, each with the answer to come. */
  restore(): { act: Act; reply: Promise<Reply> }[] {
    return (this.kept.read() ?? []).map((one) => {
      const act = { ...one, id: this.#nextId };
      return { act, reply: this.add(act) };
    });
  }

  nextId(): number {
    return this.#nextId;
  }

  /** The answer to `request`, however many sockets it takes. Its `id` must be `nextId()`. */
  add(request: Request): Promise<Reply> {
    this.#nextId = request.id + 1;
    return new Promise((settle) => {
      this.#waiting.set(request.id, { request, settle, tries: 1 });
      this.#keep();
    });
  }

  unanswered(): Request[] {
    return [...this.#waiting.values()].map((one) => one.request);
  }

  get unsaved(): number {
    return this.#acts().length;
  }

  /** Take an answer. If the server asks to try again, the request stays and the wait in ms is returned. */
  answer(reply: Reply): { request: Request; wait: number } | null {
    const waiting = reply.id === null ? undefined : this.#waiting.get(reply.id);
    if (waiting === undefined) return null;
    const wait = reply.error ? again(reply.error, waiting.tries) : null;
    if (wait !== null) {
      waiting.tries += 1;
      return { request: waiting.request, wait };
    }
    this.#waiting.delete(waiting.request.id);
    this.#keep();
    waiting.settle(reply);
    return null;
  }

  /** Answer a request that is too long to be sent. */
  refuse(id: number): void {
    this.answer({ type: "reply", id, ok: false, error: { code: "too_large", message: "", retry: "never" } });
  }

  /** The server has refused a frame for its length without saying which: it can only be the longest. */
  dropLongest(): void {
    const length = (request: Request) => JSON.stringify(request).length;
    const longest = this.unanswered().reduce<Request | null>(
      (most, one) => (most === null || length(one) > length(most) ? one : most),
      null,
    );
    if (longest) this.refuse(longest.id);
  }

  #acts(): Act[] {
    return this.unanswered().filter((one) => one.type === "act");
  }

  #keep(): void {
    const acts = this.#acts().filter((act) => !act.dry);
    this.kept.write(acts.length === 0 ? null : acts.map(({ id: _, ...act }) => act));
  }
}

function again(error: WireError, tries: number): number | null {
  if (tries >= MOST_TRIES) return null;
  if (error.retry === "same_cid") return error.after_ms ?? FIRST_WAIT_MS * 2 ** (tries - 1);
  return error.retry === "after" ? (error.after_ms ?? null) : null;
}
