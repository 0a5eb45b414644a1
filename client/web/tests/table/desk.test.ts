import { cleanup, fireEvent, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { MessageView } from "../../src/generated/protocol";
import { proposal, snapshot } from "../recorded";
import { answerScores, change, lastAct, PATIENT, sitDown } from "./at-the-table";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const button = (name: string | RegExp) => screen.getByRole("button", { name });

test("choosing a wording sends it to the shared draft, and shows it at once", async () => {
  const { socket } = await sitDown();
  await fireEvent.click(button(/Art\. 2 Transit/));
  await fireEvent.click(screen.getByRole("radio", { name: "Early warning" }));
  expect(lastAct(socket)?.action).toEqual({ kind: "draft", options: { transit: 1 }, fresh: false });
  expect(screen.getByRole("radio", { name: "Early warning" })).toHaveProperty("checked", true);
});

test("what others of the delegation choose arrives in the same draft", async () => {
  const { socket } = await sitDown();
  socket.hears(change([["draft"], { price: 2 }]));
  await tick();
  const article = document.getElementById("article-1")!;
  expect(within(article).getByText(/Market hub/).tagName).toBe("INS");
});

test("starting over asks once, and then sets the whole draft back", async () => {
  const { socket } = await sitDown();
  await fireEvent.click(button("Start over"));
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.click(button("Set them back"));
  expect(lastAct(socket)?.action).toEqual({
    kind: "draft",
    options: { price: 0, transit: 0, investment: 0 },
    fresh: true,
  });
});

test("every score on the page is the server's: of the draft, of each other wording, and why", async () => {
  const { socket } = await sitDown();
  await answerScores(socket);
  await fireEvent.click(button(/Art\. 2 Transit/));
  await answerScores(socket);
  expect(screen.getByLabelText("my draft is worth 20").textContent).toBe("20");
  expect(screen.getByText("total 30")).toBeTruthy();
  expect(screen.getByText("adds up exactly")).toBeTruthy();
  expect(screen.getByText("17 above what you need")).toBeTruthy();
});

test("a draft is tabled whole, with its note, under the next number", async () => {
  const { socket } = await sitDown();
  await fireEvent.input(screen.getByPlaceholderText(/A few words/), { target: { value: "A bargain" } });
  await fireEvent.click(button("Table as #2"));
  expect(lastAct(socket)?.action).toEqual({ kind: "table", options: { investment: 2 }, note: "A bargain" });
});

test("what may not be done now is not done: the server is asked why, and its words are shown", async () => {
  const legal = snapshot.view.legal.filter((one) => one.kind !== "table");
  const { socket } = await sitDown({ ...snapshot, view: { ...snapshot.view, legal } });
  await fireEvent.click(button("Table as #2"));
  const asked = lastAct(socket)!;
  expect(asked.dry).toBe(true);
  const error = { code: "illegal_action", message: "Not possible in News.", retry: "never" } as const;
  socket.hears({ type: "reply", id: asked.id, ok: false, error });
  expect((await screen.findByRole("alert")).textContent).toContain("Not possible in News.");
});

test("accepting an amendment names the very version that was read", async () => {
  const { socket } = await sitDown();
  await fireEvent.click(button("Read Proposal 1"));
  await fireEvent.click(button("Accept Buyers' amendment"));
  const { version, digest } = proposal.versions[0]!;
  expect(lastAct(socket)).toMatchObject({
    action: { kind: "accept_amendment", proposal: proposal.id, amendment: proposal.amendments[0]!.id },
    if: { proposal: proposal.id, version, digest },
  });
});

test("a message waits visibly until the server has it", async () => {
  const { socket } = await sitDown();
  const box = screen.getByRole("textbox", { name: "Write to plenary" });
  await fireEvent.input(box, { target: { value: "Are you there?" } });
  await fireEvent.keyDown(box, { key: "Enter" });
  expect(screen.getByText("waiting to be sent")).toBeTruthy();
  const { id, action } = lastAct(socket)!;
  expect(action).toEqual({ kind: "say", channel: "plenary", text: "Are you there?" });
  const said: MessageView = { ...snapshot.view.channels[0]!.messages[0]!, id: "m2", text: "Are you there?" };
  socket.hears(change([["channels", 0, "messages", 1], said]));
  socket.hears({ type: "reply", id, ok: true });
  await vi.waitUntil(() => screen.queryByText("waiting to be sent") === null, PATIENT);
  expect(within(screen.getByRole("log")).getAllByText("Are you there?")).toHaveLength(1);
});

test("a message that is refused is offered to its author again", async () => {
  const { socket } = await sitDown();
  const box = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Write to plenary" });
  await fireEvent.input(box, { target: { value: "Too late?" } });
  await fireEvent.keyDown(box, { key: "Enter" });
  expect(box.value).toBe("");
  const error = { code: "wrong_phase", message: "That phase is over.", retry: "never" } as const;
  socket.hears({ type: "reply", id: lastAct(socket)!.id, ok: false, error });
  await vi.waitUntil(() => box.value === "Too late?", PATIENT);
});

test("a broken line is told in words, and what is typed stays", async () => {
  const { socket } = await sitDown();
  const box = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Write to plenary" });
  await fireEvent.input(box, { target: { value: "Half a sent" } });
  socket.drops();
  const banner = await screen.findByText(/Not connected for/, {}, { timeout: 3_000 });
  expect(banner.textContent).toContain("Your words are safe");
  expect(box.value).toBe("Half a sent");
});

test("the straw poll's no asks for the article and the aspect before it is sent", async () => {
  const view = { ...snapshot.view, legal: [{ kind: "support", proposals: [proposal.id] }] };
  const { socket } = await sitDown({ ...snapshot, view });
  await fireEvent.click(button("Read Proposal 1"));
  await fireEvent.click(button("Oppose #1"));
  socket.sent.length = 0;
  await fireEvent.click(button("Say no to #1"));
  expect(lastAct(socket)).toBeUndefined();
  await fireEvent.change(screen.getByLabelText("The article that stands in the way"), { target: { value: "price" } });
  await fireEvent.change(screen.getByLabelText("The aspect"), { target: { value: "points" } });
  await fireEvent.click(button("Say no to #1"));
  expect(lastAct(socket)?.action).toMatchObject({ kind: "support", position: "no", issue: "price", aspect: "points" });
});

test("the end shows what became of it and every delegation's result", async () => {
  const results = snapshot.view.seats.map((seat, at) => ({
    role: seat.role,
    score: 10 + at,
    walk_away: 6,
    surplus: 4 + at,
    adjustments: [],
    beside: [],
  }));
  const outcome = {
    result: "adopted" as const,
    proposal: proposal.id,
    ending: "e",
    ending_title: "Something to lose",
    ending_text: "Dull reports.",
    reservations: "",
    results,
  };
  await sitDown({ ...snapshot, view: { ...snapshot.view, status: "ended", clock: null, legal: [], outcome } });
  expect(screen.getByRole("heading", { name: "#1 is adopted" })).toBeTruthy();
  expect(screen.getByText("Dull reports.")).toBeTruthy();
  const table = within(screen.getByRole("region", { name: "Every delegation's result" }));
  expect(table.getAllByRole("row").map((row) => row.textContent?.replace(/\s+/g, " ").trim())).toEqual([
    expect.stringContaining("Delegation"),
    expect.stringMatching(/Supplier.*10.*6.*\+4/),
    expect.stringMatching(/Buyers.*11.*6.*\+5/),
  ]);
});
