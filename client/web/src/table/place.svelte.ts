/** Where in the table the page is: kept in the address, so that Back goes back. */
export type Pane = "treaty" | "proposals" | "talks" | "mandate" | "moves";

const PANES: readonly Pane[] = ["treaty", "proposals", "talks", "mandate", "moves"];

class Place {
  #hash = $state(location.hash);
  readonly #parts = $derived(this.#hash.slice(1).split("/"));
  readonly pane = $derived(PANES.find((pane) => pane === this.#parts[0]) ?? "treaty");
  /** The text that is open for reading; null shows one's own draft. */
  readonly proposal = $derived(this.pane === "proposals" ? (this.#parts[1] ?? null) : null);

  /** The article that a reference points at. */
  readonly article = $derived(this.pane === "treaty" ? Number(this.#parts[1] ?? 0) : 0);

  /** The panel of the moves that a link points at. */
  readonly panel = $derived(this.pane === "moves" ? (this.#parts[1] ?? null) : null);

  constructor() {
    addEventListener("hashchange", () => (this.#hash = location.hash));
  }

  go(pane: Pane, part?: string): void {
    location.hash = part ? `${pane}/${part}` : pane;
    this.#hash = location.hash;
  }
}

export const place = new Place();
