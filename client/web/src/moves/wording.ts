import type { View } from "../generated/protocol";
import { words } from "../words";

/** An article, as one line. */
export function articleOf(view: View, issue: string): string {
  const at = view.treaty.issues.findIndex((one) => one.id === issue);
  return at < 0 ? issue : words.moves.article(at + 1, view.treaty.issues[at]!.title);
}

/** An article with one of its wordings, as one line. */
export function wordingOf(view: View, issue: string, option: number): string {
  const label = view.treaty.issues.find((one) => one.id === issue)?.options[option]?.label;
  return label === undefined ? articleOf(view, issue) : words.moves.wording(articleOf(view, issue), label);
}

export function pathOf(view: View, path: string): string {
  return view.treaty.paths.find((one) => one.id === path)?.name ?? path;
}
