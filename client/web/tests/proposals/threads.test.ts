import { expect, test } from "vitest";

import type { BodyView, MemberReading, ProposalView, SupportView } from "../../src/generated/protocol";
import { threadsOf } from "../../src/proposals/threads";
import { proposal, viewWith } from "../recorded";

type Status = ProposalView["status"];

function said(
  status: Status,
  reading: MemberReading["reading"],
  decides: BodyView["decides"] = "consensus",
  position?: SupportView["position"],
): string {
  const supports = position ? [{ role: "BUY", position, issue: null, aspect: null, reason: "" }] : [];
  const bodies = [{ body: "council_of_buyers", consents: false, members: [{ role: "BUY", reading }] }];
  const view = viewWith({ bodies: viewWith().bodies.map((body) => ({ ...body, decides })) });
  const bead = threadsOf(view, { ...proposal, status, supports, bodies })[0]!.beads[0]!;
  return `${bead.look} ${bead.said}`;
}

test("a straw poll shows who supports, opposes, reserves or has not answered", () => {
  expect(said("tabled", "yes")).toBe("yes supports");
  expect(said("tabled", "no")).toBe("no opposes");
  expect(said("tabled", "waiting", "consensus", "reserve")).toBe("reserve reserves");
  expect(said("tabled", "waiting")).toBe("open not_answered");
});

test("during a vote silence is kept or broken where a body decides by silence", () => {
  expect(said("voting", "silent")).toBe("open keeps_silence");
  expect(said("voting", "no")).toBe("no broke_silence");
  expect(said("voting", "silent", "unanimity")).toBe("open not_voted");
  expect(said("voting", "no", "unanimity")).toBe("no votes_no");
});

test("after the count kept silence has consented, and absence has not", () => {
  expect(said("adopted", "silent")).toBe("yes kept_silence");
  expect(said("rejected", "waiting")).toBe("open absent");
  expect(said("rejected", "silent", "unanimity")).toBe("open absent");
  expect(said("adopted", "yes", "unanimity")).toBe("yes votes_yes");
});

test("a thread carries the body's name, and is whole under silence only once it is voted on", () => {
  const council = viewWith({ bodies: viewWith().bodies.map((body) => ({ ...body, decides: "consensus" as const })) });
  expect(threadsOf(council, proposal)[1]).toMatchObject({ name: "Council of the buyers", silence: false });
  expect(threadsOf(council, { ...proposal, status: "voting" })[1]).toMatchObject({ silence: true });
});
