/** Delegations are told apart by shape, colour and initials. The first nine shapes are drawn in `Mark.svelte`. */

export interface Shape {
  /** Which of the nine shapes and colours. */
  readonly at: number;
  /** More than nine delegations repeat the shapes with a slash through them. */
  readonly slashed: boolean;
}

const SHAPES = 9;
const ALWAYS = ["RUS", "USA", "DEU", "FRA", "POL", "LTU", "NSG", "GBR", "ITA"];

/** A shape for each of these roles: the well-known ones keep theirs in every rule set, the others take what is free. */
export function shapes(roles: readonly string[]): Map<string, Shape> {
  const known = new Set(roles.map((role) => ALWAYS.indexOf(role)).filter((at) => at >= 0));
  const free = Array.from({ length: 2 * SHAPES }, (_, at) => at).filter((at) => !known.has(at));
  let next = 0;
  return new Map(
    roles.map((role) => {
      const at = ALWAYS.includes(role) ? ALWAYS.indexOf(role) : free[next++ % free.length]!;
      return [role, { at: at % SHAPES, slashed: at >= SHAPES }];
    }),
  );
}
