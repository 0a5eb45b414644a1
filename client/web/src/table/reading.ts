import type { Legal, ProposalView, SeatView, VersionView, View } from "../generated/protocol";

/** Small questions to a view. Nothing here knows a rule: what may be done stands in `view.legal`. */

export function roleOf(viewer: string): string | null {
  return viewer.startsWith("seat:") ? viewer.slice("seat:".length) : null;
}

export function seatOf(view: View, role: string): SeatView | undefined {
  return view.seats.find((seat) => seat.role === role);
}

/** A name for running text: “Lithuania (for the Baltic states)” is Lithuania there. */
export function shortName(name: string): string {
  return name.replace(/\s*\(.*\)$/, "");
}

export function nameOf(view: View, role: string): string {
  return shortName(seatOf(view, role)?.name ?? role);
}

/** The people or the bot of a seat, as one line. */
export function holders(view: View, seat: SeatView): string[] {
  return seat.people.map((id) => view.people.find((person) => person.person === id)?.name ?? id);
}

export function legal(view: View, kind: string): Legal | undefined {
  return view.legal.find((one) => one.kind === kind);
}

export function mayOn(view: View, kind: string, proposal: string): boolean {
  return legal(view, kind)?.proposals?.includes(proposal) ?? false;
}

export function latest(proposal: ProposalView): VersionView {
  return proposal.versions.at(-1)!;
}

export function given(proposal: ProposalView): { proposal: string; version: number; digest: string } {
  const { version, digest } = latest(proposal);
  return { proposal: proposal.id, version, digest };
}

/** Still open to answers: neither decided nor gone. */
export function isOpen(proposal: ProposalView): boolean {
  return proposal.status === "tabled" || proposal.status === "circulated" || proposal.status === "voting";
}

export function phaseOf(view: View): string {
  return view.clock?.phase ?? "lobby";
}

/** The number that the next tabled text will have. */
export function nextNumber(view: View): number {
  return 1 + Math.max(0, ...view.proposals.map((proposal) => proposal.number ?? 0));
}

export function inOrderOfUse(proposals: readonly ProposalView[]): ProposalView[] {
  const rank = (one: ProposalView) =>
    one.status === "voting" ? 0 : isOpen(one) ? 1 : one.status === "adopted" ? 0 : 2;
  return proposals
    .map((proposal, at) => ({ proposal, at }))
    .sort((one, other) => rank(one.proposal) - rank(other.proposal) || other.at - one.at)
    .map((one) => one.proposal);
}
