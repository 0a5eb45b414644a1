/** Things that outlive a reload of this tab. A browser that forbids storage keeps them for the page's life only. */
export interface Kept<T> {
  read(): T | null;
  write(value: T | null): void;
}

export function keptInTab<T>(name: string): Kept<T> {
  return keptIn<T>(() => sessionStorage, name);
}

export function keptOnDevice<T>(name: string): Kept<T> {
  return keptIn<T>(() => localStorage, name);
}

function keptIn<T>(storage: () => Storage, name: string): Kept<T> {
  const key = `threebirds.${name}`;
  return {
    read() {
      try {
        const text = storage().getItem(key);
        return text === null ? null : (JSON.parse(text) as T);
      } catch {
        return null;
      }
    },
    write(value) {
      try {
        if (value === null) storage().removeItem(key);
        else storage().setItem(key, JSON.stringify(value));
      } catch {
        // Full or forbidden: what is typed still stands on the page.
      }
    },
  };
}

const SURVIVES = "threebirds.language";

/** Whoever sits down here next finds nothing of what was typed; the language stays. */
export function forgetAll(): void {
  for (const storage of [() => sessionStorage, () => localStorage]) {
    try {
      const ours = Object.keys(storage()).filter((key) => key.startsWith("threebirds.") && key !== SURVIVES);
      for (const key of ours) storage().removeItem(key);
    } catch {
      // Forbidden: then nothing was kept.
    }
  }
}
