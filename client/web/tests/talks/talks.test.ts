import { afterEach, expect, test } from "vitest";

import { channelsOf, channelWith } from "../../src/talks/channels";
import { Talk } from "../../src/talks/reading.svelte";
import { parts } from "../../src/talks/references";
import { snapshot, viewWith } from "../recorded";

afterEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

test("a message is split at its references to texts and articles", () => {
  expect(parts("See #1: Art. 12 and art 3.")).toEqual([
    { kind: "words", words: "See " },
    { kind: "text", words: "#1", number: 1 },
    { kind: "words", words: ": " },
    { kind: "article", words: "Art. 12", number: 12 },
    { kind: "words", words: " and " },
    { kind: "article", words: "art 3", number: 3 },
    { kind: "words", words: "." },
  ]);
  expect(parts("A party, #tag and smart 5")).toEqual([{ kind: "words", words: "A party, #tag and smart 5" }]);
});

test("plenary and one's own delegation are always there, and so is a channel that was just opened", () => {
  const ids = channelsOf(viewWith({ channels: [] }), "SUP+BUY").map((channel) => channel.id);
  expect(ids).toEqual(["plenary", "delegation", "SUP+BUY"]);
});

test("a new channel is named in the order of the seats, as the server names it", () => {
  expect(channelWith(viewWith(), ["BUY", "SUP"])).toBe("SUP+BUY");
});

test("unread are the others' messages since the last look, also after a reload", () => {
  const plenary = channelsOf(snapshot.view, "plenary")[0]!;
  const talk = new Talk("t1.seat:SUP", "SUP");
  expect(talk.unread(plenary)).toBe(1);
  talk.haveRead(plenary);
  expect(talk.unread(plenary)).toBe(0);
  expect(new Talk("t1.seat:SUP", "SUP").unread(plenary)).toBe(0);
  expect(new Talk("t1.seat:BUY", "BUY").unread(plenary)).toBe(0);
});

test("what stands typed in a channel is kept over a reload, and forgotten when sent", () => {
  const talk = new Talk("t1.seat:SUP", "SUP");
  talk.type("plenary", "Half a sent");
  expect(new Talk("t1.seat:SUP", "SUP").typed("plenary")).toBe("Half a sent");
  talk.type("plenary", "");
  expect(new Talk("t1.seat:SUP", "SUP").typed("plenary")).toBe("");
});
