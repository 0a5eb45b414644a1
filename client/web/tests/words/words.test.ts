import { expect, test } from "vitest";

import { cleaned, grouped } from "../../src/join/code";
import { words } from "../../src/words";

test("time is spoken in whole words, in the singular where it is one", () => {
  expect(words.clock.left(462_000)).toBe("7 minutes 42 seconds left");
  expect(words.clock.left(61_000)).toBe("1 minute 1 second left");
  expect(words.clock.left(0)).toBe("0 seconds left");
});

test("a lost line says how long, what is kept, and promises to send it once", () => {
  expect(words.line.lost(40)).toBe("Not connected for 40 seconds. Your words are safe.");
  expect(words.line.lost(200)).toBe("Not connected for 3 minutes. Your words are safe.");
  expect(words.line.lostMore(1)).toBe("1 thing you did is kept on this device and sent once, when the line is back.");
  expect(words.line.lostMore(2)).toContain("2 things you did are kept");
});

test("a score is judged against what is needed, in words", () => {
  expect(words.mandate.verdict(24)).toBe("24 above what you need");
  expect(words.mandate.verdict(0)).toBe("exactly enough");
  expect(words.mandate.verdict(-2)).toBe("2 short");
});

test("a refusal is the server's own sentence; a mistake of the server's is not blamed on anybody", () => {
  expect(words.refused("illegal_action", "A vote can be called from round 3 on.", "same_cid")).toBe(
    "A vote can be called from round 3 on.",
  );
  expect(words.refused("stale_proposal", "This text changed.", "same_cid")).toContain("answer again");
  expect(words.refused("internal", "boom", "same_cid")).not.toContain("boom");
  expect(words.refused("internal", "boom", "never")).toContain("trying again does not help");
});

test("a brief is opened with its first two sentences", () => {
  expect(words.opening("One here. Two here! Three here.")).toBe("One here. Two here!");
  expect(words.opening("Only one.")).toBe("Only one.");
});

test("a join code is read however it was typed, and shown in two groups", () => {
  expect(cleaned(" khtm-7r4w ")).toBe("KHTM7R4W");
  expect(cleaned("KHTM 7R4W X")).toBe("KHTM7R4W");
  expect(grouped("khtm7r")).toBe("KHTM-7R");
  expect(grouped("kht")).toBe("KHT");
});
