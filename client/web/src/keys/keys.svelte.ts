import { keptOnDevice } from "../wire/kept";
import { place, type Pane } from "../table/place.svelte";

const kept = keptOnDevice<boolean>("keys");
const PANES: Record<string, Pane> = { "1": "treaty", "2": "proposals", "3": "talks", "4": "mandate", "5": "moves" };

/** Single-letter keys. They can be switched off, and do nothing while somebody types. */
class Keys {
  #on = $state(kept.read() ?? true);

  get on(): boolean {
    return this.#on;
  }

  set on(value: boolean) {
    this.#on = value;
    kept.write(value);
  }

  /** What a key asks for; null if it asks for nothing. */
  press(event: KeyboardEvent): "write" | "help" | "next" | "previous" | null {
    if (!this.#on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return null;
    const pane = PANES[event.key];
    if (pane) {
      place.go(pane);
      return null;
    }
    return ({ "/": "write", "?": "help", j: "next", k: "previous" } as const)[event.key] ?? null;
  }
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, dialog") !== null;
}

export const keys = new Keys();

/** Move the focus to the next or previous article that is on the page. */
export function stepArticle(by: 1 | -1): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>("article[id^=article-] h3 button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[Math.max(0, Math.min(buttons.length - 1, at + by))]?.focus();
}
