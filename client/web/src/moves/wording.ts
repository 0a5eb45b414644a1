import type { View } from "../generated/protocol";
import { words } from "../words";

/** An article with one of its wordings, as one line. */
export function wordingOf(view: View, issue: string, option: number): string {
  const at = view.treaty.issues.findIndex((one) => one.id === issue);
  const found = view.treaty.issues[at];
  return found ? words.moves.wording(at + 1, found.title, found.options[option]?.label ?? "") : issue;
}
