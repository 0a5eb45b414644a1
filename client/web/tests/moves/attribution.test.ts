import { cleanup, fireEvent, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { AttributionView, Legal, QuestionView } from "../../src/generated/protocol";
import { change, lastAct, PATIENT } from "../table/at-the-table";
import { openMoves } from "./at-the-moves";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const SIDES = [
  { id: "east", name: "The east", roles: ["SUP"] },
  { id: "west", name: "The west", roles: ["BUY"] },
];
const CARD = { card: "C", title: "Gas stops", text: "", effect: "", kind: "objective", round: 1, at: 5, own_shift: 0 };
const MAY: Legal = { kind: "attribute", choices: ["C"], sides: ["east", "west"] };
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const region = () => screen.getByRole("region", { name: "Gas stops" });
const asked = (changes: Partial<QuestionView> = {}): { attribution: AttributionView } => ({
  attribution: { sides: SIDES, questions: [{ card: "C", open: true, answers: [], side: null, ...changes }] },
});
const cards = { cards: [CARD] as never };

test("an event is judged a failure or one side's intent, and the judgement can be changed", async () => {
  const { socket } = await openMoves(asked(), [MAY], cards);
  await fireEvent.click(button("Judge it"));
  await fireEvent.click(button("Intent: The west"));
  const intent = { kind: "attribute", card: "C", verdict: "intent", side: "west" };
  expect(lastAct(socket)?.action).toEqual(intent);
  socket.hears(change([["mechanics", "attribution", "questions", 0, "answers", 0], { role: "SUP", ...intent }]));
  socket.hears({ type: "reply", id: lastAct(socket)!.id, ok: true });
  await vi.waitUntil(() => button("Intent: The west").getAttribute("aria-disabled") === "false", PATIENT);
  expect(button("Intent: The west").getAttribute("aria-pressed")).toBe("true");
  expect(screen.queryByRole("button", { name: "Judge it" })).toBeNull();
  await fireEvent.click(button("Arrangements failed"));
  expect(lastAct(socket)?.action).toEqual({ kind: "attribute", card: "C", verdict: "failure", side: null });
});

test("what others say is shown once all answers are", async () => {
  const answers = [
    { role: "SUP", verdict: "failure" as const, side: null },
    { role: "BUY", verdict: "intent" as const, side: "east" },
  ];
  const { socket } = await openMoves(asked({ answers: answers.slice(0, 1) }), [MAY], cards);
  expect(within(region()).queryAllByRole("listitem")).toEqual([]);
  const counted = { card: "C", open: false, answers, side: "east" };
  socket.hears(change([["legal"], []], [["mechanics", "attribution", "questions", 0], counted]));
  await tick();
  expect(region().textContent).toContain("Most see intent: The east.");
  expect(
    within(region())
      .getAllByRole("listitem")
      .map((one) => one.textContent?.trim()),
  ).toEqual([
    expect.stringMatching(/Supplier.*Arrangements failed$/),
    expect.stringMatching(/Buyers.*Intent: The east$/),
  ]);
  expect(within(region()).queryAllByRole("button")).toEqual([]);
});
