/** A join code as people type it: any case, with or without the dash, up to eight letters and digits. */
export function cleaned(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .slice(0, CODE_LENGTH);
}

export const CODE_LENGTH = 8;

/** Shown in two groups of four. */
export function grouped(code: string): string {
  const clean = cleaned(code);
  return clean.length > 4 ? `${clean.slice(0, 4)}-${clean.slice(4)}` : clean;
}
