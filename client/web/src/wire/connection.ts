import type {
  Act,
  AskedAction,
  ClientFrame,
  EventFrame,
  If,
  Notice,
  Ping,
  Presence,
  Reply,
  ServerFrame,
  TypingSeen,
} from "../generated/protocol";
import { CLOSE_CODES, PROTOCOL_VERSION } from "../generated/protocol";
import { backoff } from "./backoff";
import { advanced, begun, held, type Holding } from "./holding";
import type { Kept } from "./kept";
import { Requests, type KeptAct, type Request } from "./requests";
import { uuid7 } from "./uuid7";

const SILENCE_MS = 20_000;
const HEARTBEAT_MS = 10_000;
const TRY_MS = 3_000;
/** A line that was up for so long is well, and the next pause begins small again. */
const HEALTHY_MS = 10_000;
const MOST_BAD_TICKETS = 3;
const FRAME_BYTES = 64 * 1024;
const SDK = "threebirds-web/0.1";

/** How the line is. `since` and `next`: ms since 1970; `next` is null while a try is under way. */
export type Line =
  | { state: "opening" }
  | { state: "open" }
  | { state: "lost"; since: number; next: number | null }
  | { state: "over"; reason: Over; message: string };

export type Over = "removed" | "seat_given" | "refused" | "too_old";

/** Thrown by `World.ticket` when coming back later would not help. */
export class NoEntryError extends Error {}

/** What the connection needs of the world around it. */
export interface World {
  ticket(): Promise<string>;
  socket(): WebSocket;
  chance(): number;
}

export interface Heard {
  /** A new view; `event` is what happened, or null if the whole view was sent anew. */
  view(holding: Holding, event: EventFrame | null): void;
  line(line: Line): void;
  presence(frame: Presence): void;
  typing(frame: TypingSeen): void;
  notice(frame: Notice): void;
}

/** One viewer's line to a table: it outlives its sockets. */
export class Connection {
  /** Server time minus this device's, in ms. */
  offset = 0;
  readonly restored: { act: Act; reply: Promise<Reply> }[];
  #requests: Requests;
  #holding: Holding | null = null;
  #socket: WebSocket | null = null;
  #line: Line = { state: "opening" };
  #welcomed = false;
  #heardAt = Date.now();
  #dialledAt = 0;
  #welcomedAt: number | null = null;
  #generation = 0;
  #tries = 0;
  #badTickets = 0;
  #comeBackAfter: number | null = null;
  #pulledAt: number | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly table: string,
    private readonly viewer: string,
    private readonly world: World,
    private readonly heard: Heard,
    outbox: Kept<KeptAct[]>,
  ) {
    this.#requests = new Requests(outbox);
    this.restored = this.#requests.restore();
  }

  get unsaved(): number {
    return this.#requests.unsaved;
  }

  open(): void {
    void this.#connect();
  }

  close(): void {
    this.#forget();
    this.#generation += 1;
    clearTimeout(this.#retry);
    this.#line = { state: "over", reason: "removed", message: "" };
  }

  /** The page is awake again, or somebody asks to try now: connect at once unless the line is known to be alive. */
  wake(): void {
    if (this.#line.state === "over") return;
    const alive = this.#welcomed && Date.now() - this.#heardAt <= HEARTBEAT_MS + 1_000;
    const trying = !this.#welcomed && Date.now() - this.#dialledAt <= TRY_MS;
    if (!alive && !trying) this.#lose(0);
  }

  /** Ask for an action; the promise settles when the server has answered, on this socket or a later one. */
  act(phase: string, action: AskedAction, given?: If, dry = false): Promise<Reply> {
    return this.#ask({
      type: "act",
      id: this.#requests.nextId(),
      table: this.table,
      viewer: this.viewer,
      cid: uuid7(),
      phase,
      action,
      ...(given ? { if: given } : {}),
      ...(dry ? { dry } : {}),
    });
  }

  score(packages: number[][], explain: boolean): Promise<Reply> {
    const id = this.#requests.nextId();
    return this.#ask({ type: "score", id, table: this.table, viewer: this.viewer, packages, explain });
  }

  typing(channel: string): void {
    if (this.#welcomed) this.#send({ type: "typing", table: this.table, viewer: this.viewer, channel });
  }

  #ask(request: Request): Promise<Reply> {
    const reply = this.#requests.add(request);
    if (new TextEncoder().encode(JSON.stringify(request)).length > FRAME_BYTES) {
      this.#requests.refuse(request.id);
    } else if (this.#welcomed) {
      this.#send(request);
    }
    return reply;
  }

  async #connect(): Promise<void> {
    this.#forget();
    const generation = ++this.#generation;
    this.#tries += 1;
    this.#dialledAt = Date.now();
    if (this.#line.state === "lost") this.#say({ ...this.#line, next: null });
    try {
      const ticket = await this.world.ticket();
      if (generation === this.#generation) this.#dial(ticket);
    } catch (raised) {
      if (generation !== this.#generation) return;
      if (raised instanceof NoEntryError) this.#end("refused", raised.message);
      else this.#lose();
    }
  }

  #dial(ticket: string): void {
    const socket = this.world.socket();
    this.#socket = socket;
    this.#listen();
    socket.onopen = () => {
      const resume = this.#holding ? [held(this.#holding)] : [];
      this.#send({ type: "hello", v: PROTOCOL_VERSION, ticket, sdk: SDK, resume });
    };
    socket.onmessage = (message) => this.#receive(String(message.data));
    socket.onclose = (closed) => this.#closed(closed.code);
  }

  /** A ticket may just have grown old on a slow line, so that code ends the line only if it comes again and again. */
  #closed(code: number): void {
    if (code === CLOSE_CODES.REMOVED) this.#end("removed");
    else if (code === CLOSE_CODES.SEAT_GIVEN) this.#end("seat_given");
    else if (code === CLOSE_CODES.BAD_PROTOCOL) this.#end("too_old");
    else if (code === CLOSE_CODES.BAD_TOKEN && ++this.#badTickets >= MOST_BAD_TICKETS) this.#end("refused");
    else {
      if (code === CLOSE_CODES.TOO_LARGE) this.#requests.dropLongest();
      this.#lose();
    }
  }

  #receive(text: string): void {
    this.#listen();
    try {
      this.#take(JSON.parse(text) as ServerFrame, text);
    } catch (raised) {
      // What is held no longer fits what is sent: begin anew from a snapshot.
      console.error(raised);
      this.#holding = null;
      this.#lose();
    }
  }

  #take(frame: ServerFrame, text: string): void {
    switch (frame.type) {
      case "welcome":
        this.#welcome(frame.now);
        break;
      case "snapshot":
        this.#pulledAt = null;
        this.#hold(begun(frame), null);
        break;
      case "event":
        this.#event(frame, text);
        break;
      case "reply":
        this.#reply(frame);
        break;
      case "ping":
        this.#ping(frame);
        break;
      default:
        this.#tell(frame);
    }
  }

  #tell(frame: Presence | TypingSeen | Notice): void {
    switch (frame.type) {
      case "presence":
        this.heard.presence(frame);
        break;
      case "typing":
        this.heard.typing(frame);
        break;
      case "notice":
        this.#comeBackAfter = frame.after_ms ?? null;
        this.heard.notice(frame);
        break;
    }
  }

  #welcome(now: number): void {
    this.#welcomed = true;
    this.#welcomedAt = Date.now();
    this.#badTickets = 0;
    this.#pulledAt = null;
    this.offset = now - Date.now();
    for (const request of this.#requests.unanswered()) this.#send(request);
    this.#say({ state: "open" });
  }

  /** Only the very next event is applied: an older one is known, and one beyond a gap must wait. */
  #event(event: EventFrame, text: string): void {
    const holding = this.#holding;
    if (!holding || event.viewer !== holding.viewer || event.n <= holding.n) return;
    if (event.n > holding.n + 1) this.#pull(holding);
    else this.#hold(advanced(holding, event, text), event);
  }

  #hold(holding: Holding, event: EventFrame | null): void {
    this.#holding = holding;
    this.heard.view(holding, event);
  }

  #reply(reply: Reply): void {
    const again = this.#requests.answer(reply);
    if (again) setTimeout(() => this.#welcomed && this.#send(again.request), again.wait);
  }

  #ping(ping: Ping): void {
    this.offset = ping.now - Date.now();
    this.#send({ type: "pong" });
    this.#pulledAt = null;
    const holding = this.#holding;
    if (holding && ping.heads?.some((head) => head.viewer === holding.viewer && head.n > holding.n))
      this.#pull(holding);
  }

  /** Ask for what is missing; until the next ping only once from the same place. */
  #pull(holding: Holding): void {
    if (this.#pulledAt === holding.n) return;
    this.#pulledAt = holding.n;
    this.#send({ type: "pull", table: this.table, viewer: this.viewer, after: holding.n });
  }

  #send(frame: ClientFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** Something was heard: from now on 20 s of silence mean that the line is dead. */
  #listen(): void {
    this.#heardAt = Date.now();
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lose(), SILENCE_MS);
  }

  /** The socket is gone: what was not answered waits for the next one. */
  #lose(wait?: number): void {
    this.#forget();
    clearTimeout(this.#retry);
    if (this.#welcomedAt !== null && Date.now() - this.#welcomedAt >= HEALTHY_MS) this.#tries = 0;
    this.#welcomedAt = null;
    const delay = wait ?? this.#comeBackAfter ?? backoff(this.#tries, this.world.chance());
    this.#comeBackAfter = null;
    const since = this.#line.state === "lost" ? this.#line.since : this.#heardAt;
    this.#say({ state: "lost", since, next: Date.now() + delay });
    this.#retry = setTimeout(() => void this.#connect(), delay);
  }

  #end(reason: Over, message = ""): void {
    this.#forget();
    this.#generation += 1;
    clearTimeout(this.#retry);
    this.#say({ state: "over", reason, message });
  }

  #forget(): void {
    this.#welcomed = false;
    clearTimeout(this.#watch);
    if (!this.#socket) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }

  #say(line: Line): void {
    this.#line = line;
    this.heard.line(line);
  }
}
