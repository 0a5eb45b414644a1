/** The server's time, once a second, on the second. */
export class Now {
  ms = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Run; returns the stop. `offset` is server time minus this device's. */
  run(offset: () => number): () => void {
    const tick = () => {
      this.ms = Date.now() + offset();
      this.#timer = setTimeout(tick, 1_000 - (this.ms % 1_000) + 5);
    };
    tick();
    return () => clearTimeout(this.#timer);
  }
}
