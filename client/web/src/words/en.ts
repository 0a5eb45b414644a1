import { split } from "../clock/clock";
import { grouped } from "../join/code";
import { signed } from "../pieces/points";
import { shortName } from "../table/reading";
import { joinEn } from "./en-join";
import { movesEn } from "./en-moves";
import { orderEn } from "./en-order";
import { possessive, textsEn } from "./en-texts";

const lists = new Intl.ListFormat("en", { type: "conjunction" });
const numbers = new Intl.NumberFormat("en");
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

function many(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}

function spelled(ms: number): string {
  const { hours, minutes, seconds } = split(ms);
  const spoken = [
    hours > 0 ? many(hours, "hour", "hours") : "",
    minutes > 0 ? many(minutes, "minute", "minutes") : "",
    seconds > 0 || (hours === 0 && minutes === 0) ? many(seconds, "second", "seconds") : "",
  ];
  return spoken.filter((word) => word !== "").join(" ");
}

function ago(seconds: number): string {
  return seconds < 90 ? many(seconds, "second", "seconds") : many(Math.round(seconds / 60), "minute", "minutes");
}

/** English. Sentences are short, concrete and to one person: what happened, what it means for you, what to do. */
export const en = {
  ...textsEn,
  ...joinEn,
  ...movesEn,
  ...orderEn,
  brand: "Three Birds",
  title: (role: string, treaty: string) => `${role}: ${treaty} · Three Birds`,
  table: (role: string, treaty: string) => `${treaty}: the desk of ${role}`,
  asOf: (date: string) => `the world as of ${date}`,
  close: "Close",
  cancel: "Cancel",
  skip: "Skip to the treaty",
  noAnswer: "The server does not answer.",
  short: shortName,
  /** The first sentences of a longer text. */
  opening: (text: string) => (/^(?:.*?[.!?] ){2}/.exec(text)?.[0] ?? text).trim(),
  code: grouped,
  count: (value: number) => numbers.format(value),
  list: (items: readonly string[]) => lists.format(items),
  time: (when: Date) => clock.format(when),

  saved: { all: "All saved", now: "Saving", here: "Kept on this device" },

  clock: {
    left: (ms: number) => `${spelled(ms)} left`,
    paused: "Paused",
    round: (round: number, rounds: number) => `Round ${round} of ${rounds}`,
    away: (ms: number) =>
      `The server was away for ${spelled(ms)}. That time is given back: the clock moved by as much.`,
  },

  move: {
    label: "What you can do now",
    yours: "Your move.",
    paused: "Paused by the facilitator.",
    pausedMore: "The clock stands still. You can read and draft.",
    vote: (text: string) => `${text} is being voted on.`,
    voted: (choice: "yes" | "no") => `You voted ${choice}; you can change it until the count.`,
    silence: "Silence consents.",
    answer: (sponsor: string, text: string, role: string, others: number) =>
      `${sponsor} asks where ${role} stands on ${text}.${others > 0 ? ` ${many(others, "other text waits", "other texts wait")} too.` : ""}`,
    amendment: (from: string, text: string) => `${from} asks for a change in your ${text}.`,
    go: (kind: "vote" | "answer" | "amendment", text: string) =>
      kind === "vote" ? `Vote on ${text}` : kind === "answer" ? `Answer on ${text}` : `Look at ${text}`,
    passed: "You have passed.",
    waiting: (seats: number) => `The phase goes on for ${many(seats, "other delegation", "other delegations")}.`,
    free: "Talk, draft and table a text, or pass.",
    ends: (seats: number, passed: number) =>
      `The phase ends when the clock does, or when all ${seats} have passed (${passed} so far).`,
    leader: (name: string) => `${name} heads your delegation: only the head tables, votes and passes.`,
    draft: "Back to my draft",
    undo: {
      said: "Take back my message",
      circulated: "Take back the non-paper",
      passed: "Take back my pass",
      tabled: (text: string) => `Take back ${text}`,
      supported: (text: string) => `Take back my answer on ${text}`,
      amendment_proposed: (text: string) => `Take back my amendment to ${text}`,
      other: "Take back my last step",
    },
    pass: "Pass",
  },

  line: {
    lost: (seconds: number) => `Not connected for ${ago(seconds)}. Your words are safe.`,
    lostMore: (unsaved: number) =>
      unsaved === 0
        ? "What you type is kept on this device. You can go on reading."
        : `${many(unsaved, "thing", "things")} you did ${unsaved === 1 ? "is" : "are"} kept on this device and sent once, when the line is back.`,
    tryNow: "Try now",
    next: (seconds: number) => `(next try in ${seconds} s)`,
    restarting: "The server restarts for a moment.",
    restartingMore: "Your words are safe; the page comes back by itself.",
    back: "Back on line.",
    backMore: "Everything you did has been sent.",
    front: "To the front page",
    look: "See where you sit now",
    over: {
      removed: "You are no longer at this table.",
      seat_given: "Your seat was given to somebody else.",
      refused: "This seat is not open to you here.",
      too_old: "This page is older than the server.",
    },
    overMore: {
      removed: "Ask the facilitator if you should be.",
      seat_given: "Ask the facilitator for another one.",
      refused: "Open the link you came with, or type the code again.",
      too_old: "Load it again.",
    },
  },

  refused: (code: string, message: string, retry: string) => {
    if (code === "stale_proposal") return `${message} Read what changed, then answer again.`;
    if (code === "too_large") return message || "This is too long to be sent. Shorten it; nothing you wrote is lost.";
    if (code === "internal" && retry !== "same_cid")
      return "The server cannot read this table. Nothing was changed. Tell whoever runs the server: trying again does not help.";
    if (code === "internal") return "The server made a mistake, not you. Nothing you wrote is lost. Try again.";
    return message;
  },

  news: {
    label: (title: string) => `News: ${title}`,
    paper: "The Common Courier",
    round: (round: number) => `Round ${round}`,
    shift: (points: number) =>
      points === 0
        ? "The card alone does not move our no deal."
        : `The card alone moves our no deal by ${signed(points)}.`,
    away: "Put away",
    soFar: (count: number) => `News so far (${count})`,
  },

  mandate: {
    title: (role: string) => `Mandate of ${role}`,
    only: "Only your delegation",
    myDraft: "my draft",
    against: "against",
    needed: "needed",
    draftAt: (points: string) => `My draft ${points}`,
    neededAt: (points: string) => `needed ${points}`,
    bothAt: (points: string) => `needed, and no deal: ${points}`,
    noDealAt: (points: string) => `no deal ${points}`,
    noDealIs: (points: string, extra: number) =>
      extra > 0 ? `no deal ${points}, and ${extra} more for the bodies that must consent` : `no deal ${points}`,
    over: signed,
    verdict: (over: number) =>
      over > 0 ? `${over} above what you need` : over === 0 ? "exactly enough" : `${-over} short`,
    scoreOf: (name: string, points: string) => `${name} is worth ${points}`,
    scoring: "The server is counting.",
    ruler: (name: string, score: string, needed: string, noDeal: string) =>
      `${name} ${score}, needed ${needed}, no deal ${noDeal}`,
    why: (name: string, points: string) => `Why ${name} is worth ${points}`,
    showChanges: (opened: boolean) => (opened ? "Only what differs from my draft" : "Only what differs from today"),
    showAll: "The whole sum",
    becomes: (before: string, after: string) => `${before} becomes ${after}`,
    adds: "adds up exactly",
    nothing: "It changes nothing, so nothing is gained and nothing lost.",
    points: "Points",
    reason: "Reason",
    paragraph: "Paragraph of the essay",
    noLonger: (text: string) => `No longer: ${text}`,
    article: (number: number, title: string, label: string, gone: boolean) =>
      gone ? `Art. ${number} ${title}: as today` : `Art. ${number} ${title}: ${label}`,
    smaller: (count: number) => many(count, "smaller line", "smaller lines"),
    show: "show",
    byAspect: "By aspect",
    aspect: "Aspect",
    weight: "Weight",
    brief: "Brief and interests",
    confidential: "For your delegation only",
    tracks: "The state of the world",
    between: (low: string, high: string) => `from ${low} to ${high}`,
    bodies: "Whose consent is needed",
    decides: {
      consensus: "decides by silence",
      unanimity: "decides unanimously",
      majority: "decides by majority",
      weighted: "decides by weighted votes",
    },
    margin: (points: number) => `needs ${points} more than no deal`,
  },

  end: {
    over: "The conference is over",
    title: (result: string, number: number | null) =>
      result === "adopted"
        ? `#${number ?? "?"} is adopted`
        : result === "stopped"
          ? "The talks were stopped"
          : "No agreement",
    lede: (result: string, articles: number, changed: number) =>
      result === "adopted"
        ? `All whose consent was needed agree to ${articles} articles, ${changed} of them new.`
        : result === "stopped"
          ? "The facilitator ended the conference before a text was adopted."
          : "No text found the consent of all who were needed. What stood before still stands.",
    became: "What became of it",
    oneView: (date: string) => `One author's view of ${date}.`,
    own: (role: string) => `${possessive(role)} result`,
    against: (noDeal: string) => `against no deal ${noDeal}`,
    surplus: (points: number) =>
      points > 0
        ? `${points} better than no deal`
        : points === 0
          ? "as good as no deal"
          : `${-points} worse than no deal`,
    everybody: "Every delegation's result",
    adjustments: "In the points besides the text",
    beside: "Beside the points",
    forAll: "(every delegation)",
    raw: "Points differ in kind from one delegation to another: compare each with its own no deal.",
    delegation: "Delegation",
    points: "Points",
    noDeal: "No deal",
    above: "Above",
    adoptedText: "The adopted text",
    sealed: "Adopted and sealed",
    again: "To the front page",
  },

  keys: {
    title: "Keys",
    use: "Use single-letter keys",
    list: [
      ["1 2 3 4 5", "treaty, proposals, talks, mandate, moves"],
      ["J K", "next, previous article; Enter opens it"],
      ["/", "write in the open channel; Enter sends, Shift Enter is a new line"],
      ["?", "this list"],
    ],
  },
};
