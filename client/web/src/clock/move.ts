import type { ProposalView, View } from "../generated/protocol";
import { waitingIn, type Ask } from "../moves/asks";
import { isOpen, legal, mayOn } from "../table/reading";

/** What a seat is asked for at this moment: the most pressing thing first. */
export type Move =
  | { kind: "lobby" | "paused" | "over" }
  | { kind: "vote"; proposal: ProposalView; voted: "yes" | "no" | null; silence: boolean }
  | { kind: "answer"; proposal: ProposalView; others: number }
  | { kind: "amendment"; proposal: ProposalView; from: string }
  | { kind: "ask"; ask: Exclude<Ask, { kind: "owed" }> }
  | { kind: "passed" }
  | { kind: "free"; tables: boolean; talks: boolean };

export function moveOf(view: View, role: string): Move {
  if (view.status === "lobby" || view.status === "paused") return { kind: view.status };
  if (view.status === "ended") return { kind: "over" };
  return voteOf(view, role) ?? amendmentOf(view) ?? answerOf(view, role) ?? restOf(view, role);
}

function voteOf(view: View, role: string): Move | null {
  const ballot = view.ballot;
  const proposal = view.proposals.find((one) => one.id === ballot?.proposal);
  if (!ballot || !proposal || !mayOn(view, "vote", proposal.id)) return null;
  const voted = ballot.votes.find((vote) => vote.role === role)?.choice ?? null;
  return { kind: "vote", proposal, voted, silence: mayOn(view, "break_silence", proposal.id) };
}

function amendmentOf(view: View): Move | null {
  const open = new Set(legal(view, "accept_amendment")?.amendments);
  for (const proposal of view.proposals) {
    const amendment = proposal.amendments.find((one) => open.has(one.id));
    if (amendment) return { kind: "amendment", proposal, from: amendment.role };
  }
  return null;
}

function answerOf(view: View, role: string): Move | null {
  const waiting = view.proposals.filter(
    (one) => isOpen(one) && mayOn(view, "support", one.id) && !one.supports.some((said) => said.role === role),
  );
  const proposal = waiting.at(-1);
  return proposal ? { kind: "answer", proposal, others: waiting.length - 1 } : null;
}

function restOf(view: View, role: string): Move {
  if (view.seats.find((seat) => seat.role === role)?.passed) return { kind: "passed" };
  const ask = waitingIn(view, role).find((one) => one.kind !== "owed");
  if (ask) return { kind: "ask", ask };
  return { kind: "free", tables: legal(view, "table") !== undefined, talks: legal(view, "say") !== undefined };
}
