import { expect, test, vi } from "vitest";

import type { Reply } from "../../src/generated/protocol";
import { ScoreBook } from "../../src/table/scores.svelte";

function book() {
  const ask = vi.fn((packages: number[][], explain: boolean): Promise<Reply> => {
    const scores = packages.map((text) => ({ score: text[0]!, needed: 2, surplus: text[0]! - 2 }));
    const explanation = explain ? { total: packages[0]![0]!, lines: [], by_aspect: {} } : null;
    return Promise.resolve({ type: "reply", id: 1, ok: true, result: { scores, explanation } });
  });
  return { ask, book: new ScoreBook(ask) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("what is asked for together is sent in one frame, and each text once", async () => {
  const made = book();
  for (const text of [[1], [2], [1], [3]]) expect(made.book.score(text)).toBeUndefined();
  await settled();
  expect(made.ask.mock.calls).toEqual([[[[1], [2], [3]], false]]);
  expect(made.book.score([3])).toEqual({ score: 3, needed: 2, surplus: 1 });
});

test("an explanation takes the plain questions along", async () => {
  const made = book();
  made.book.score([1]);
  made.book.explanation([7]);
  await settled();
  expect(made.ask.mock.calls).toEqual([[[[7], [1]], true]]);
  expect(made.book.explanation([7])?.total).toBe(7);
  expect(made.book.score([7])?.score).toBe(7);
});

test("no frame holds more than 256 texts", async () => {
  const made = book();
  for (let at = 0; at < 600; at++) made.book.score([at]);
  await settled();
  expect(made.ask.mock.calls.map(([packages]) => packages.length)).toEqual([256, 256, 88]);
});

test("a new mandate makes every answer old: it stands until the new one comes, and an answer on its way is dropped", async () => {
  const made = book();
  made.book.score([1]);
  await settled();
  let answer: (reply: Reply) => void = () => undefined;
  made.ask.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  made.book.score([5]);
  await settled();
  made.book.forget();
  answer({ type: "reply", id: 2, ok: true, result: { scores: [{ score: 99, needed: 0, surplus: 99 }] } });
  await settled();
  expect(made.book.score([5])).toBeUndefined();
  expect(made.book.score([1])?.score).toBe(1);
  await settled();
  expect(made.ask).toHaveBeenCalledTimes(3);
  expect(made.book.score([5])?.score).toBe(5);
});
