import type { IssueView } from "../generated/protocol";

/** One article of a text as it stands beside another text. */
export interface Article {
  readonly issue: IssueView;
  readonly at: number;
  /** The number printed before it: 1, 2, 3 ... */
  readonly number: number;
  readonly option: number;
  readonly before: number;
  readonly changed: boolean;
}

/** The articles of `text`, each with the wording that `base` has in its place. */
export function redline(issues: readonly IssueView[], base: readonly number[], text: readonly number[]): Article[] {
  return issues.map((issue, at) => {
    const [option, before] = [text[at] ?? 0, base[at] ?? 0];
    return { issue, at, number: at + 1, option, before, changed: option !== before };
  });
}

export function changes(issues: readonly IssueView[], base: readonly number[], text: readonly number[]): Article[] {
  return redline(issues, base, text).filter((article) => article.changed);
}

/** What an action that names only some articles must say to turn `base` into `text`. */
export function options(
  issues: readonly IssueView[],
  base: readonly number[],
  text: readonly number[],
): Record<string, number> {
  return Object.fromEntries(changes(issues, base, text).map((article) => [article.issue.id, article.option]));
}

export function statusQuo(issues: readonly IssueView[]): number[] {
  return issues.map(() => 0);
}

/** The whole package of a draft that names only what differs from the status quo. */
export function packageOf(issues: readonly IssueView[], draft: Readonly<Record<string, number>> | null): number[] {
  return issues.map((issue) => draft?.[issue.id] ?? 0);
}

/** The text with another wording in one article. */
export function replaced(text: readonly number[], at: number, option: number): number[] {
  return text.map((chosen, index) => (index === at ? option : chosen));
}

export function same(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((option, at) => option === other[at]);
}
