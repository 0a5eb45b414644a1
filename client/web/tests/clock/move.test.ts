import { expect, test } from "vitest";

import { moveOf } from "../../src/clock/move";
import type { BallotView, View } from "../../src/generated/protocol";
import { proposal, viewWith } from "../recorded";

const BALLOT: BallotView = {
  proposal: proposal.id,
  version: 1,
  caller: "SUP",
  closes_at: 1,
  left_ms: null,
  closing: false,
  votes: [],
  ruled_present: [],
  absent: null,
};

function buyers(changes: Partial<View>): View {
  return viewWith({ viewer: "seat:BUY", legal: [], ...changes });
}

test("an amendment that can be accepted is the sponsor's move", () => {
  expect(moveOf(viewWith(), "SUP")).toMatchObject({ kind: "amendment", from: "BUY", proposal: { number: 1 } });
});

test("a vote goes before everything else, and remembers what was voted", () => {
  const legal = [
    { kind: "vote", proposals: [proposal.id] },
    { kind: "support", proposals: [proposal.id] },
  ];
  const open = buyers({ ballot: BALLOT, legal });
  expect(moveOf(open, "BUY")).toMatchObject({ kind: "vote", voted: null, silence: false });
  const votes = [{ role: "BUY", choice: "yes" as const, issue: null, reason: "" }];
  expect(moveOf({ ...open, ballot: { ...BALLOT, votes } }, "BUY")).toMatchObject({ voted: "yes" });
});

test("a body that decides by silence says so", () => {
  const legal = ["vote", "break_silence"].map((kind) => ({ kind, proposals: [proposal.id] }));
  expect(moveOf(buyers({ ballot: BALLOT, legal }), "BUY")).toMatchObject({ kind: "vote", silence: true });
});

test("whoever has no vote is not asked for one", () => {
  expect(moveOf(buyers({ ballot: BALLOT }), "BUY").kind).toBe("free");
});

test("a text asks for an answer until it has one", () => {
  const legal = [{ kind: "support", proposals: [proposal.id] }];
  const unanswered = { ...proposal, supports: [] };
  expect(moveOf(buyers({ legal, proposals: [unanswered] }), "BUY")).toMatchObject({ kind: "answer", others: 0 });
  expect(moveOf(buyers({ legal, proposals: [proposal] }), "BUY").kind).toBe("free");
});

test("who has passed waits", () => {
  const seats = viewWith().seats.map((seat) => ({ ...seat, passed: seat.role === "BUY" }));
  expect(moveOf(buyers({ seats, proposals: [] }), "BUY").kind).toBe("passed");
});

test("nothing moves in the lobby, in a pause, or at the end", () => {
  expect(moveOf(viewWith({ status: "lobby" }), "SUP").kind).toBe("lobby");
  expect(moveOf(viewWith({ status: "paused" }), "SUP").kind).toBe("paused");
  expect(moveOf(viewWith({ status: "ended" }), "SUP").kind).toBe("over");
});
