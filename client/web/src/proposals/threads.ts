import type { BodyReading, BodyView, ProposalView, View } from "../generated/protocol";
import { nameOf, seatOf } from "../table/reading";

/** How a bead looks, and what it means in words. */
export type BeadLook = "yes" | "no" | "reserve" | "open";
export type Said =
  | "supports"
  | "opposes"
  | "reserves"
  | "not_answered"
  | "votes_yes"
  | "votes_no"
  | "broke_silence"
  | "keeps_silence"
  | "not_voted"
  | "kept_silence"
  | "absent";

export interface Bead {
  readonly role: string;
  readonly initials: string;
  readonly name: string;
  readonly look: BeadLook;
  readonly said: Said;
}

export interface Thread {
  readonly body: string;
  readonly name: string;
  readonly beads: readonly Bead[];
  readonly consents: boolean;
  /** The votes are counted: nothing can change it any more. */
  readonly counted: boolean;
  /** Under silence the line is whole where nobody has spoken. */
  readonly silence: boolean;
}

/** The bodies whose consent a text needs, each with where its members stand: by straw poll, vote or count. */
export function threadsOf(view: View, proposal: ProposalView): Thread[] {
  return proposal.bodies.map((reading) => {
    const body = view.bodies.find((one) => one.id === reading.body);
    const silence = body?.decides === "consensus" && stageOf(proposal) !== "poll";
    return {
      body: reading.body,
      name: body?.name ?? reading.body,
      consents: reading.consents,
      counted: stageOf(proposal) === "count",
      silence,
      beads: reading.members.map((member) => bead(view, proposal, body, member)),
    };
  });
}

/** Whose answer kept a text from being adopted, each once. */
export function stoppedBy(threads: readonly Thread[]): Bead[] {
  const beads = threads.filter((thread) => !thread.consents).flatMap((thread) => thread.beads);
  const against = beads.filter((bead) => bead.look !== "yes");
  return against.filter((bead, at) => against.findIndex((one) => one.role === bead.role) === at);
}

type Stage = "poll" | "vote" | "count";

function stageOf(proposal: ProposalView): Stage {
  if (proposal.status === "voting") return "vote";
  return proposal.status === "adopted" || proposal.status === "rejected" ? "count" : "poll";
}

function bead(
  view: View,
  proposal: ProposalView,
  body: BodyView | undefined,
  member: BodyReading["members"][number],
): Bead {
  const reserved = proposal.supports.some((one) => one.role === member.role && one.position === "reserve");
  const [look, said] = meaning(stageOf(proposal), member.reading, body?.decides === "consensus", reserved);
  return {
    role: member.role,
    initials: seatOf(view, member.role)?.initials ?? member.role,
    name: nameOf(view, member.role),
    look,
    said,
  };
}

function meaning(stage: Stage, reading: string, silence: boolean, reserved: boolean): [BeadLook, Said] {
  if (stage === "poll") {
    if (reading === "yes") return ["yes", "supports"];
    if (reading === "no") return ["no", "opposes"];
    return reserved ? ["reserve", "reserves"] : ["open", "not_answered"];
  }
  if (reading === "yes") return ["yes", "votes_yes"];
  if (reading === "no") return ["no", silence ? "broke_silence" : "votes_no"];
  if (stage === "vote") return ["open", silence ? "keeps_silence" : "not_voted"];
  return reading === "silent" && silence ? ["yes", "kept_silence"] : ["open", "absent"];
}
