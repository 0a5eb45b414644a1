import { getContext, setContext } from "svelte";

import type { Explanation, OwnScore } from "../generated/protocol";
import type { ScoreBook } from "../table/scores.svelte";
import type { TableSession } from "../table/session.svelte";
import { packageOf, statusQuo } from "./redline";

/** What stands today, as something to compare a draft with. */
export const STATUS_QUO = "status-quo";

type Options = Record<string, number>;

/** The delegation's shared draft, with what this device has chosen and the server has not confirmed yet. */
export class DraftBook {
  #waiting = $state.raw<readonly { options: Options; fresh: boolean }[]>([]);
  readonly #options = $derived.by(() =>
    this.#waiting.reduce<Options>(
      (held, one) => (one.fresh ? one.options : { ...held, ...one.options }),
      this.session.view?.draft ?? {},
    ),
  );
  readonly text = $derived.by(() => packageOf(this.session.view?.treaty.issues ?? [], this.#options));

  /** The text it is compared with: the one it was copied from, until somebody chooses another. */
  base = $state(STATUS_QUO);

  /** Its score and why; while a new one is under way the last one stands. */
  readonly score = $derived.by(() => (this.#lastScore = this.scores.score(this.text) ?? this.#lastScore));
  readonly explanation = $derived.by(
    () => (this.#lastExplanation = this.scores.explanation(this.text) ?? this.#lastExplanation),
  );
  #lastScore: OwnScore | undefined;
  #lastExplanation: Explanation | undefined;

  constructor(
    private readonly session: TableSession,
    private readonly scores: ScoreBook,
  ) {}

  choose(issue: string, option: number): void {
    void this.#send({ [issue]: option }, false);
  }

  /** Replace the whole draft by a text; it is compared with that text from here on. */
  take(text: readonly number[], base: string): void {
    this.base = base;
    const issues = this.session.view?.treaty.issues ?? [];
    void this.#send(Object.fromEntries(issues.map((issue, at) => [issue.id, text[at] ?? 0])), true);
  }

  clear(): void {
    this.take(statusQuo(this.session.view?.treaty.issues ?? []), STATUS_QUO);
  }

  async #send(options: Options, fresh: boolean): Promise<void> {
    const one = { options, fresh };
    this.#waiting = [...this.#waiting, one];
    await this.session.act({ kind: "draft", options, fresh });
    this.#waiting = this.#waiting.filter((other) => other !== one);
  }
}

const KEY = Symbol("draft");

export function provideDraft(session: TableSession, scores: ScoreBook): DraftBook {
  return setContext(KEY, new DraftBook(session, scores));
}

export function useDraft(): DraftBook {
  return getContext(KEY);
}
