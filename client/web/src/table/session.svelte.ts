import { getContext, setContext } from "svelte";

import { api, ApiError } from "../http/api";
import type { Act, AskedAction, EventFrame, If, Notice, Reply, View, WireError } from "../generated/protocol";
import { shapes, type Shape } from "../pieces/marks";
import { Connection, NoEntryError, type Heard, type Line } from "../wire/connection";
import { keptInTab } from "../wire/kept";
import { onWake } from "../wire/wake";
import { given, phaseOf, roleOf } from "./reading";
import { Recent } from "./recent.svelte";
import { Typists } from "./typists.svelte";

const SUBPROTOCOL = "threebirds.v1";

/** What somebody knows about themselves at this table: not part of any view. */
export interface Self {
  readonly name: string;
  readonly code: string;
  /** Null for the facilitator, who has no seat. */
  readonly person: string | null;
}

/** A message on its way: shown at once, and for as long as the line is down. */
export interface Sending {
  readonly key: number;
  readonly channel: string;
  readonly text: string;
}

export type Hearing = (event: EventFrame | null, view: View) => void;

/** One seat (or the facilitator) at one table, as the page sees it. */
export class TableSession {
  view = $state.raw<View | null>(null);
  line = $state.raw<Line>({ state: "opening" });
  notice = $state.raw<Notice | null>(null);
  /** The last refusal, until it is put away. */
  refusal = $state.raw<WireError | null>(null);
  present = $state.raw<ReadonlySet<string> | null>(null);
  sending = $state.raw<readonly Sending[]>([]);
  unsaved = $state(0);
  /** Server time minus this device's, in ms. */
  offset = $state(0);
  /** When the line came back, until that is put away; `lost` says how long it had been away, in ms. */
  back = $state.raw<{ lost: number } | null>(null);
  readonly typists = new Typists();
  readonly role: string | null;
  readonly recent: Recent;
  readonly #connection: Connection;
  readonly #hearing = new Set<Hearing>();
  readonly #shapes = $derived(shapes(this.view?.seats.map((seat) => seat.role) ?? []));
  #nextKey = 0;
  #stopWaking: () => void = () => undefined;

  constructor(
    readonly table: string,
    readonly viewer: string,
    readonly self: Self,
  ) {
    this.role = roleOf(viewer);
    this.recent = new Recent(this.role);
    this.#connection = new Connection(
      table,
      viewer,
      this.#world(),
      this.#heard(),
      keptInTab(`outbox.${table}.${viewer}`),
    );
    for (const { act, reply } of this.#connection.restored) this.#follow(act, reply);
  }

  open(): void {
    this.#stopWaking = onWake(() => this.#connection.wake());
    this.#connection.open();
  }

  close(): void {
    this.#stopWaking();
    this.#connection.close();
  }

  tryNow(): void {
    this.#connection.wake();
  }

  /** Be told of every new view; `event` is null if the whole view came anew. Returns the undo. */
  hear(hearing: Hearing): () => void {
    this.#hearing.add(hearing);
    return () => this.#hearing.delete(hearing);
  }

  shape(role: string): Shape | undefined {
    return this.#shapes.get(role);
  }

  /** Do it. A refusal is also kept in `refusal`, for the banner. */
  async act(action: AskedAction): Promise<Reply> {
    this.refusal = null;
    return await this.#settled(action, this.#ask(action));
  }

  /** The server's own words why this cannot be done now; null if it can. */
  async why(action: AskedAction): Promise<string | null> {
    const reply = await this.#connection.act(this.#phase(), action, this.#given(action), true);
    this.refusal = reply.error ?? null;
    return reply.error?.message ?? null;
  }

  async say(channel: string, text: string): Promise<Reply> {
    return await this.act({ kind: "say", channel, text });
  }

  typing(channel: string): void {
    this.#connection.typing(channel);
  }

  score(packages: number[][], explain: boolean): Promise<Reply> {
    return this.#connection.score(packages, explain);
  }

  #ask(action: AskedAction): Promise<Reply> {
    const reply = this.#connection.act(this.#phase(), action, this.#given(action));
    this.unsaved = this.#connection.unsaved;
    return reply;
  }

  #phase(): string {
    return this.view ? phaseOf(this.view) : "lobby";
  }

  /** Whatever answers a text names the version that was read. */
  #given(action: AskedAction): If | undefined {
    if (!("proposal" in action)) return undefined;
    const proposal = this.view?.proposals.find((one) => one.id === action.proposal);
    return proposal && given(proposal);
  }

  #follow(act: Act, reply: Promise<Reply>): void {
    this.unsaved = this.#connection.unsaved;
    void this.#settled(act.action, reply);
  }

  async #settled(action: AskedAction, answer: Promise<Reply>): Promise<Reply> {
    const key = this.#nextKey++;
    if (action.kind === "say") {
      this.sending = [...this.sending, { key, channel: action.channel, text: action.text }];
    }
    const reply = await answer;
    this.sending = this.sending.filter((one) => one.key !== key);
    this.unsaved = this.#connection.unsaved;
    if (reply.error) this.refusal = reply.error;
    return reply;
  }

  #world() {
    return {
      ticket: async () => {
        try {
          return (await api.ticket(this.table, this.viewer)).ticket;
        } catch (raised) {
          if (raised instanceof ApiError && raised.error.retry === "never") throw new NoEntryError(raised.message);
          throw raised;
        }
      },
      socket: () => new WebSocket(`${location.origin.replace(/^http/, "ws")}/ws`, SUBPROTOCOL),
      chance: Math.random,
    };
  }

  #heard(): Heard {
    return {
      view: (holding, event) => {
        this.view = holding.view;
        this.recent.heard(event);
        for (const hearing of this.#hearing) hearing(event, holding.view);
      },
      line: (line) => this.#lineIs(line),
      presence: (frame) => (this.present = new Set(frame.present)),
      typing: (frame) => this.typists.saw(frame),
      notice: (frame) => (this.notice = frame),
    };
  }

  #lineIs(line: Line): void {
    if (line.state === "open") {
      this.back = this.line.state === "lost" ? { lost: Date.now() - this.line.since } : this.back;
      this.notice = null;
    } else if (line.state === "lost") {
      this.back = null;
      this.present = null;
    }
    this.line = line;
    this.offset = this.#connection.offset;
  }
}

const KEY = Symbol("table");

export function provideTable(session: TableSession): TableSession {
  return setContext(KEY, session);
}

/** The table that the component stands in. */
export function useTable(): TableSession {
  return getContext(KEY);
}
