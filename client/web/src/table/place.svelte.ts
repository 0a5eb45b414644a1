/** Where in the table the page is: kept in the address, so that Back goes back. */
export type Pane = "treaty" | "proposals" | "talks" | "mandate";

const PANES: readonly Pane[] = ["treaty", "proposals", "talks", "mandate"];

class Place {
  #hash = $state(location.hash);
  readonly #parts = $derived(this.#hash.slice(1).split("/"));
  readonly pane = $derived(PANES.find((pane) => pane === this.#parts[0]) ?? "treaty");
  /** The text that is open for reading; null shows one's own draft. */
  readonly proposal = $derived(this.pane === "proposals" ? (this.#parts[1] ?? null) : null);

  /** The article that a reference points at. */
  readonly article = $derived(this.pane === "treaty" ? Number(this.#parts[1] ?? 0) : 0);

  constructor() {
    addEventListener("hashchange", () => (this.#hash = location.hash));
  }

  go(pane: Pane, proposal?: string): void {
    location.hash = proposal ? `${pane}/${proposal}` : pane;
    this.#hash = location.hash;
  }
}

export const place = new Place();
