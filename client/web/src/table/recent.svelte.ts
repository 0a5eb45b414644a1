import type { EventFrame } from "../generated/protocol";

/** What a seat did that can be taken back, as long as nobody has answered it. */
export type Step =
  | { kind: "said" | "circulated" | "passed" }
  | { kind: "tabled"; number: number }
  | { kind: "supported" | "amendment_proposed"; proposal: string };

/** What only the events tell and no view: it is forgotten when the whole view comes anew. */
export class Recent {
  /** The seat's own last step; whether it can still be taken back says the view. */
  step = $state.raw<Step | null>(null);
  /** The text of the last count, until that is put away. */
  counted = $state.raw<string | null>(null);

  /** How long the server was away at last (ms), until that is put away: the deadline moved by as much. */
  away = $state.raw<number | null>(null);

  constructor(private readonly role: string | null) {}

  heard(event: EventFrame | null): void {
    if (event === null) this.step = null;
    else if (event.kind === "vote_counted") this.counted = event.proposal as string;
    else if (event.kind === "time_given_back") this.away = Math.abs((event.until as number) - (event.since as number));
    else if (this.role !== null && (event.role === this.role || event.sponsor === this.role)) {
      this.step = stepOf(event) ?? this.step;
    }
  }
}

function stepOf(event: EventFrame): Step | null {
  switch (event.kind) {
    case "said":
    case "circulated":
    case "passed":
      return { kind: event.kind };
    case "tabled":
      return { kind: "tabled", number: event.number as number };
    case "supported":
    case "amendment_proposed":
      return { kind: event.kind, proposal: event.proposal as string };
    default:
      return null;
  }
}
