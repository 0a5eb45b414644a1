import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { event, line, markAfter, NoEntryError, snapshot, welcomed } from "./fake-line";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PASS = { kind: "pass" } as const;

test("the first frame is a hello with the ticket, and the snapshot becomes the view", async () => {
  const made = line();
  made.connection.open();
  const socket = await welcomed(made, 4);
  expect(socket.sent[0]).toMatchObject({ type: "hello", v: 1, ticket: "ticket1", resume: [] });
  expect(made.views).toEqual([{ n: 4, event: null }]);
  expect(made.lines.at(-1)).toEqual({ state: "open" });
});

test("events follow one another, and a repeated one changes nothing", async () => {
  const made = line();
  made.connection.open();
  const socket = await welcomed(made, 4);
  for (const n of [5, 5, 4, 6]) socket.hears(event(n));
  expect(made.views.map((seen) => seen.n)).toEqual([4, 5, 6]);
});

test("a gap is not applied: what is missing is asked for once, then everything comes in order", async () => {
  const made = line();
  made.connection.open();
  const socket = await welcomed(made, 4);
  socket.hears(event(7));
  socket.hears(event(8));
  expect(made.views).toHaveLength(1);
  expect(socket.sent.filter((frame) => frame.type === "pull")).toEqual([
    { type: "pull", table: "t1", viewer: "seat:POL", after: 4 },
  ]);
  for (const n of [5, 6, 7, 8]) socket.hears(event(n));
  expect(made.views.at(-1)?.n).toBe(8);
});

test("a ping is answered, and a head beyond what is held repairs a lost event", async () => {
  const made = line();
  made.connection.open();
  const socket = await welcomed(made, 4);
  socket.hears({ type: "ping", now: 1_000_000, heads: [{ table: "t1", viewer: "seat:POL", n: 6 }] });
  expect(socket.last("pong")).toBeDefined();
  expect(socket.last("pull")).toMatchObject({ after: 4 });
  expect(made.connection.offset).toBe(1_000_000 - Date.now());
});

test("a new socket resumes from the last event, with the mark over the very frames received", async () => {
  const made = line();
  made.connection.open();
  const first = await welcomed(made, 4);
  first.hears(event(5));
  first.drops();
  await vi.advanceTimersByTimeAsync(20_000);
  const second = await welcomed(made);
  const mark = markAfter("0".repeat(16), JSON.stringify(event(5)));
  expect(second.last("hello")?.resume).toEqual([{ table: "t1", viewer: "seat:POL", epoch: "e", after: 5, mark }]);
});

test("an act whose answer was lost is sent again under the same cid, and is answered once", async () => {
  const made = line();
  made.connection.open();
  const first = await welcomed(made, 4);
  const reply = made.connection.act("1.plenary", PASS);
  const sent = first.last("act")!;
  first.drops();
  await vi.advanceTimersByTimeAsync(20_000);
  const second = await welcomed(made);
  expect(second.last("act")).toEqual(sent);
  second.hears({ type: "reply", id: sent.id, ok: true, dup: true, n: 5 });
  await expect(reply).resolves.toMatchObject({ ok: true, dup: true });
  second.drops();
  await vi.advanceTimersByTimeAsync(20_000);
  expect((await welcomed(made)).last("act")).toBeUndefined();
});

test("an act that the last page left unanswered is sent by the next one", async () => {
  const before = line();
  before.connection.open();
  const socket = await welcomed(before, 4);
  void before.connection.act("1.plenary", { kind: "say", channel: "plenary", text: "Hello" });
  const { cid } = socket.last("act")!;
  const after = line(before.outbox());
  after.connection.open();
  const resent = (await welcomed(after, 4)).last("act")!;
  expect(resent).toMatchObject({ cid, phase: "1.plenary", action: { text: "Hello" } });
  expect(after.connection.restored).toHaveLength(1);
  after.sockets.at(-1)!.hears({ type: "reply", id: resent.id, ok: true });
  await expect(after.connection.restored[0]!.reply).resolves.toMatchObject({ ok: true });
  expect(after.outbox()).toBeNull();
});

test("twenty seconds of silence mean that the line is lost", async () => {
  const made = line();
  made.connection.open();
  await welcomed(made, 4);
  await vi.advanceTimersByTimeAsync(19_999);
  expect(made.lines.at(-1)?.state).toBe("open");
  await vi.advanceTimersByTimeAsync(1);
  expect(made.lines.at(-1)?.state).toBe("lost");
});

test("waking up after a long sleep reconnects at once, and does nothing to a line that is alive", async () => {
  const made = line();
  made.connection.open();
  await welcomed(made, 4);
  made.connection.wake();
  expect(made.ticket).toHaveBeenCalledTimes(1);
  vi.setSystemTime(Date.now() + 60_000);
  made.connection.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(made.ticket).toHaveBeenCalledTimes(2);
});

test("the server restarting says when to come back", async () => {
  const made = line();
  made.connection.open();
  const socket = await welcomed(made, 4);
  socket.hears({ type: "notice", kind: "restarting", message: "A moment.", after_ms: 700 });
  socket.drops(4001);
  await vi.advanceTimersByTimeAsync(699);
  expect(made.ticket).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(made.ticket).toHaveBeenCalledTimes(2);
});

test.each([
  [4502, "removed"],
  [4503, "seat_given"],
  [4501, "too_old"],
] as const)("close code %i ends the line: %s", async (code, reason) => {
  const made = line();
  made.connection.open();
  (await welcomed(made, 4)).drops(code);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(made.lines.at(-1)).toMatchObject({ state: "over", reason });
  expect(made.ticket).toHaveBeenCalledTimes(1);
});

test("no entry ends the line; a server that is away does not", async () => {
  const made = line();
  made.ticket.mockRejectedValueOnce(new TypeError("fetch failed"));
  made.connection.open();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(made.ticket).toHaveBeenCalledTimes(2);
  const shut = line();
  shut.ticket.mockRejectedValueOnce(new NoEntryError("You have no seat here."));
  shut.connection.open();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(shut.lines.at(-1)).toEqual({ state: "over", reason: "refused", message: "You have no seat here." });
});

test("a busy server is asked again under the same cid; a refusal is not", async () => {
  const made = line();
  made.connection.open();
  const socket = await welcomed(made, 4);
  const reply = made.connection.act("1.plenary", PASS);
  const sent = socket.last("act")!;
  const busy = { code: "busy", message: "Please try again.", retry: "same_cid" } as const;
  socket.hears({ type: "reply", id: sent.id, ok: false, error: busy });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(socket.sent.filter((frame) => frame.type === "act")).toEqual([sent, sent]);
  const no = { code: "illegal_action", message: "Not now.", retry: "never" } as const;
  socket.hears({ type: "reply", id: sent.id, ok: false, error: no });
  await expect(reply).resolves.toMatchObject({ ok: false, error: no });
});

test("a request that is too long is answered here and never sent", async () => {
  const made = line();
  made.connection.open();
  const socket = await welcomed(made, 4);
  const reply = made.connection.act("1.plenary", { kind: "say", channel: "plenary", text: "x".repeat(70_000) });
  await expect(reply).resolves.toMatchObject({ ok: false, error: { code: "too_large" } });
  expect(socket.last("act")).toBeUndefined();
});

test("changes that do not fit the view are not applied: the page begins anew from a snapshot", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const made = line();
  made.connection.open();
  const socket = await welcomed(made, 4);
  socket.hears({ ...event(5), set: [[["nowhere", "at", "all"], 1]] });
  await vi.advanceTimersByTimeAsync(20_000);
  const next = await welcomed(made);
  expect(next.last("hello")?.resume).toEqual([]);
  next.hears(snapshot(5));
  expect(made.views.at(-1)?.n).toBe(5);
});

test("a line that is lost again and again waits longer each time, until it was up for ten seconds", async () => {
  const made = line();
  made.connection.open();
  const waits: number[] = [];
  for (const up of [0, 0, 9_999, 10_000]) {
    const socket = await welcomed(made);
    await vi.advanceTimersByTimeAsync(up);
    socket.drops();
    const now = made.lines.at(-1)!;
    if (now.state !== "lost" || now.next === null) throw new Error(now.state);
    waits.push(now.next - Date.now());
    await vi.advanceTimersByTimeAsync(waits.at(-1)!);
  }
  expect(waits).toEqual([1_000, 2_000, 4_000, 500]);
});
