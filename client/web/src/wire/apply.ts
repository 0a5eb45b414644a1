/** One replacement: the value that now stands at the path; an index equal to a list's length appends. */
export type Step = string | number;
export type Change = [Step[], unknown];

/** The view after these changes. The one given stays as it is, and what did not change keeps its identity. */
export function apply<T>(view: T, changes: readonly Change[]): T {
  return changes.reduce<unknown>((node, [path, value]) => replaced(node, path, value), view) as T;
}

function replaced(node: unknown, path: readonly Step[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(node) && typeof step === "number" && step >= 0 && step <= node.length) {
    const list = [...node] as unknown[];
    list[step] = step === node.length ? value : replaced(node[step], rest, value);
    return list;
  }
  if (isRecord(node) && typeof step === "string" && (rest.length === 0 || Object.hasOwn(node, step))) {
    return { ...node, [step]: replaced(node[step], rest, value) };
  }
  throw new RangeError(`There is no place called ${JSON.stringify(step)} in the view.`);
}

function isRecord(node: unknown): node is Record<string, unknown> {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}
