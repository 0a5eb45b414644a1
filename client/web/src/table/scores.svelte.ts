import { getContext, setContext } from "svelte";
import { SvelteMap } from "svelte/reactivity";

import type { Explanation, OwnScore, Reply } from "../generated/protocol";
import type { TableSession } from "./session.svelte";

const MOST_PACKAGES = 256;

/** What texts are worth to this seat. The server scores; the book remembers until the mandate changes. */
export class ScoreBook {
  #scores = new SvelteMap<string, OwnScore>();
  #explanations = new SvelteMap<string, Explanation>();
  /** Counts the mandates this seat has had: a new one makes every answer old, but old ones stand until new ones come. */
  #round = $state(0);
  #asked = new Set<string>();
  #plain: number[][] = [];
  #explained: number[][] = [];
  #due = false;

  constructor(private readonly ask: (packages: number[][], explain: boolean) => Promise<Reply>) {}

  /** The score of a text; undefined until the server has told it. */
  score(text: readonly number[]): OwnScore | undefined {
    return this.#scores.get(this.#want(text, this.#plain, ""));
  }

  explanation(text: readonly number[]): Explanation | undefined {
    return this.#explanations.get(this.#want(text, this.#explained, "why:"));
  }

  /** The mandate has changed: everything is to be asked anew. */
  forget(): void {
    this.#asked.clear();
    this.#round += 1;
  }

  #want(text: readonly number[], list: number[][], purpose: string): string {
    const key = text.join(",");
    const wish = `${this.#round} ${purpose}${key}`;
    if (!this.#asked.has(wish)) {
      this.#asked.add(wish);
      list.push([...text]);
      this.#soon();
    }
    return key;
  }

  #soon(): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    this.#due = false;
    for (const text of this.#explained.splice(0)) {
      const along = this.#plain.splice(0, MOST_PACKAGES - 1);
      void this.#fetch([text, ...along], true);
    }
    while (this.#plain.length > 0) void this.#fetch(this.#plain.splice(0, MOST_PACKAGES), false);
  }

  async #fetch(packages: number[][], explain: boolean): Promise<void> {
    const round = this.#round;
    const { result } = await this.ask(packages, explain);
    if (!result || round !== this.#round) return;
    result.scores.forEach((score, at) => this.#scores.set(packages[at]!.join(","), score));
    if (result.explanation) this.#explanations.set(packages[0]!.join(","), result.explanation);
  }
}

const KEY = Symbol("scores");

export function provideScores(session: TableSession): ScoreBook {
  return setContext(KEY, new ScoreBook((packages, explain) => session.score(packages, explain)));
}

export function useScores(): ScoreBook {
  return getContext(KEY);
}
