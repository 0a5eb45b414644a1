import { expect, test } from "vitest";

import { effectsOf } from "../../src/treaty/effects";
import { changes, options, packageOf, redline, replaced, same, statusQuo } from "../../src/treaty/redline";
import { snapshot } from "../recorded";

const issues = snapshot.view.treaty.issues;

test("a redline pairs every wording with the one that the other text has in its place", () => {
  const articles = redline(issues, [0, 1, 2], [0, 2, 0]);
  expect(articles.map((article) => [article.number, article.before, article.option, article.changed])).toEqual([
    [1, 0, 0, false],
    [2, 1, 2, true],
    [3, 2, 0, true],
  ]);
});

test("only what differs is named when one text is turned into another", () => {
  expect(options(issues, [0, 1, 2], [0, 2, 0])).toEqual({ transit: 2, investment: 0 });
  expect(changes(issues, [0, 1, 2], [0, 1, 2])).toEqual([]);
});

test("a draft names only what it changes; all else stands as it is today", () => {
  expect(packageOf(issues, { investment: 2 })).toEqual([0, 0, 2]);
  expect(packageOf(issues, null)).toEqual(statusQuo(issues));
});

test("replacing one wording leaves the text it came from alone", () => {
  const text = [0, 0, 2];
  expect(replaced(text, 1, 2)).toEqual([0, 2, 2]);
  expect(text).toEqual([0, 0, 2]);
});

test("two texts are the same if every wording is", () => {
  expect(same([0, 1], [0, 1])).toBe(true);
  expect(same([0, 1], [0, 2])).toBe(false);
  expect(same([0, 1], [0, 1, 0])).toBe(false);
});

test("effects are told in the rule set's words, with a sign, and none where nothing moves", () => {
  const gauges = [
    { id: "duties", name: "New duties", start: 0, formula: [] },
    { id: "freedom", name: "Freedom of action", start: 20, formula: [] },
  ];
  const option = { label: "", article: "", effects: { freedom: -2, duties: 1 } };
  expect(effectsOf(option, gauges)).toEqual(["New duties +1", "Freedom of action −2"]);
  expect(effectsOf({ ...option, effects: {} }, gauges)).toEqual([]);
});
