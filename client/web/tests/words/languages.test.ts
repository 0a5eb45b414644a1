import { afterEach, beforeEach, expect, test } from "vitest";

import { choose, known, speakOneOf, spoken, words } from "../../src/words";
import { en } from "../../src/words/en";
import { ru } from "../../src/words/ru";

beforeEach(() => localStorage.clear());
afterEach(async () => {
  localStorage.clear();
  await speakOneOf(["en"]);
});

type Tree = Readonly<Record<string, unknown>>;

/** Every text and every function, by the path to it. */
function leaves(tree: Tree, path = ""): [string, unknown][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    value !== null && typeof value === "object" ? leaves(value as Tree, `${path}${key}.`) : [[path + key, value]],
  );
}

test("nothing in Russian is left in English, but for names and signs", () => {
  const english = new Map(leaves(en));
  const same = leaves(ru).filter(([path, text]) => typeof text === "string" && english.get(path) === text);
  expect(same).toEqual([
    ["brand", "Three Birds"],
    ["keys.list.0.0", "1 2 3 4 5"],
    ["keys.list.1.0", "J K"],
    ["keys.list.2.0", "/"],
    ["keys.list.3.0", "?"],
  ]);
});

test("the first of the wanted languages that we can is spoken, at once and by every word", async () => {
  await speakOneOf(["fr-FR", "ru-RU", "en"]);
  expect([spoken(), words.close, words.clock.left(62_000)]).toEqual(["ru", "Закрыть", "осталось 1 минута 2 секунды"]);
  expect(document.documentElement.lang).toBe("ru");
});

test("a language that we do not speak changes nothing", async () => {
  await speakOneOf(["fr", ""]);
  expect([spoken(), known("fr"), known("en-GB")]).toEqual(["en", null, "en"]);
});

test("what somebody chose goes before a table and the browser", async () => {
  await choose("ru");
  await speakOneOf(["en"]);
  expect(spoken()).toBe("ru");
});

test("Russian numbers agree with their nouns", () => {
  expect([1, 2, 5, 11, 21].map((count) => ru.draft.circulateNow(count))).toEqual([
    "Разослать: 1 делегация",
    "Разослать: 2 делегации",
    "Разослать: 5 делегаций",
    "Разослать: 11 делегаций",
    "Разослать: 21 делегация",
  ]);
});
