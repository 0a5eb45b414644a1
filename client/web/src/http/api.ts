import type { WireError } from "../generated/protocol";

/** One role as the front page shows it. */
export interface RoleOffer {
  role: string;
  name: string;
  initials: string;
  vote: boolean;
  chair: boolean;
  optional: boolean;
  public_brief: string;
}

/** One length of the same game; `in_days`: its phases close at dates. The first is played if none is chosen. */
export interface VariantOffer {
  id: string;
  name: string;
  minutes: number;
  in_days: boolean;
}

/** A second opinion on the game; it is never on together with those it excludes. */
export interface SwitchOffer {
  id: string;
  name: string;
  on: boolean;
  excludes: string[];
}

export type NameChoice = "historical" | "invented";

/** How a table is to be played, and in what words. */
export interface Chosen {
  variant: string;
  switches?: string[];
  rekey?: boolean;
  language: string;
  names?: NameChoice;
}

export interface ScenarioOffer {
  id: string;
  title: string;
  summary: string;
  date_stamp: string;
  minutes: number;
  articles: number;
  packages: number;
  /** What its texts here are in, and what a table can be opened in. */
  language: string;
  languages: string[];
  names: NameChoice[];
  roles: RoleOffer[];
  variants: VariantOffer[];
  switches: SwitchOffer[];
  /** By how many points a class may have its walk-aways moved; 0 if not at all. */
  rekey: number;
}

/** A seat as somebody in the waiting room sees it. */
export interface SeatOffer {
  role: string;
  name: string;
  initials: string;
  taken_by: string[];
  bot: string | null;
}

export interface Played {
  table: string;
  code: string;
  viewer: string;
  person: string;
  token: string;
}

export interface Joined {
  table: string;
  person: string;
  token: string;
  title: string;
  seats: SeatOffer[];
}

export interface Seated {
  table: string;
  viewer: string;
}

/** `viewer` is null for somebody who waits for a seat. */
export interface Presented {
  table: string;
  viewer: string | null;
  person: string;
  name: string;
}

export interface Mine {
  people: (Presented & { code: string; title: string; status: string; seat: string | null })[];
  facilitator: boolean;
  /** Under which addresses others reach the server; empty if it does not know. */
  join_at?: string[];
}

/** `phase` is null before the start and after the end. */
export interface TableRow {
  table: string;
  code: string;
  title: string;
  scenario: string;
  status: "lobby" | "running" | "paused" | "ended";
  round: number;
  phase: string | null;
  created_at: number;
  seats: SeatOffer[];
}

export interface Opened {
  table: string;
  code: string;
}

/** A refusal that the server has put into words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly error: WireError,
  ) {
    super(error.message);
  }
}

/** The server did not answer, or not in time. */
export class NoAnswerError extends Error {}

const PATIENCE_MS = 10_000;

async function call<T>(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<T> {
  const response = await answered(method, path, body);
  const content: unknown = await response.json().catch(() => null);
  if (response.ok) return content as T;
  const error = (content as { error?: WireError } | null)?.error;
  throw error ? new ApiError(response.status, error) : new NoAnswerError(String(response.status));
}

async function answered(method: string, path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(`/api/${path}`, {
      method,
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  } catch (raised) {
    throw new NoAnswerError(String(raised));
  }
}

/** Dates are by the clock on the wall of whoever opens the table. */
const here = () => ({ utc_offset_minutes: -new Date().getTimezoneOffset() });

export const api = {
  scenarios: (language: string) =>
    call<ScenarioOffer[]>("GET", `scenarios?${new URLSearchParams({ language }).toString()}`),
  me: () => call<Mine>("GET", "me"),
  play: (scenario: string, role: string, chosen: Chosen) =>
    call<Played>("POST", "play", { scenario, role, ...chosen, ...here() }),
  join: (code: string, name: string) => call<Joined>("POST", "join", { code, name }),
  seat: (table: string, role: string, person?: string) =>
    call<Seated>("POST", "seat", person ? { table, role, person } : { table, role }),
  session: (token: string) => call<Presented>("POST", "session", { token }),
  /** Log out: this browser acts for nobody any more. */
  leave: () => call<unknown>("DELETE", "session"),
  facilitator: (token: string) => call<unknown>("POST", "facilitator", { token }),
  tables: () => call<TableRow[]>("GET", "tables"),
  open: (scenario: string, name: string, chosen: Chosen) =>
    call<Opened>("POST", "tables", { scenario, ...(name ? { name } : {}), ...chosen, ...here() }),
  deleteTable: (table: string) => call<unknown>("DELETE", `tables/${encodeURIComponent(table)}`),
  erasePerson: (table: string, person: string) =>
    call<unknown>("DELETE", `tables/${encodeURIComponent(table)}/people/${encodeURIComponent(person)}`),
  eraseMessage: (table: string, message: string) =>
    call<unknown>("DELETE", `tables/${encodeURIComponent(table)}/messages/${encodeURIComponent(message)}`),
  ticket: (table: string, viewer: string) => call<{ ticket: string }>("POST", "ticket", { table, viewer }),
};
