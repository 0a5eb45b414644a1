import type { TypingSeen } from "../generated/protocol";

const SHOWN_MS = 6_000;

/** Who is typing where, as heard in the last few seconds. */
export class Typists {
  #seen = $state.raw<readonly TypingSeen[]>([]);

  saw(frame: TypingSeen): void {
    const others = this.#seen.filter((one) => one.person !== frame.person);
    this.#seen = [...others, frame];
    setTimeout(() => (this.#seen = this.#seen.filter((one) => one !== frame)), SHOWN_MS);
  }

  /** They have said it. */
  spoke(person: string | null): void {
    this.#seen = this.#seen.filter((one) => one.person !== person);
  }

  in(channel: string): readonly TypingSeen[] {
    return this.#seen.filter((one) => one.channel === channel);
  }
}
