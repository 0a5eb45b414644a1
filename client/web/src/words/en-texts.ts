import type { Said } from "../proposals/threads";

const BEADS: Record<Said, string> = {
  supports: "supports",
  opposes: "opposes",
  reserves: "reserves",
  not_answered: "has not answered",
  votes_yes: "votes yes",
  votes_no: "votes no",
  broke_silence: "broke silence",
  keeps_silence: "keeps silence",
  not_voted: "has not voted",
  kept_silence: "kept silence: consents",
  absent: "did not vote",
};

const COUNTED: Partial<Record<Said, string>> = { votes_no: "voted no", broke_silence: "broke silence" };

const list = new Intl.ListFormat("en", { type: "conjunction" });

export function possessive(name: string): string {
  return name.endsWith("s") ? `${name}'` : `${name}'s`;
}

/** The treaty, the texts on the table, votes and talks. */
export const textsEn = {
  treaty: {
    article: (number: number) => `Art. ${number}`,
    wordings: (number: number) => `Wordings of article ${number}`,
    choose: (number: number) => `Art. ${number}: choose a wording`,
    done: "Done",
    isIn: (base: string) => `in ${base}`,
    total: (points: string) => `total ${points}`,
    stands: "today",
    against: "Compare with",
    length: "Length",
    changes: "Changes",
    full: "Full text",
    struck: "Old wording: ",
    added: "New wording: ",
    becomes: (before: string, after: string) => `For us ${before} becomes ${after}.`,
    forUs: "For us: ",
    forUsHead: "for us",
    notSent: "Nothing is sent to others until you circulate or table.",
  },

  draft: {
    title: "My draft",
    only: (role: string) => `Only ${role} sees this draft`,
    blank: "Nothing is changed yet. Open an article and choose another wording.",
    changed: (count: number, base: string) =>
      count === 0
        ? `The same as ${base}.`
        : `${count} ${count === 1 ? "article differs" : "articles differ"} from ${base}.`,
    startOver: "Start over",
    sure: "Set every article back, for your whole delegation?",
    yes: "Set them back",
    note: "A few words to go with it (optional)",
    table: (number: number) => `Table as #${number}`,
    amend: (text: string) => `Amend ${text} with it`,
    newVersion: (text: string) => `Make it the new version of ${text}`,
    circulate: "Circulate",
    circulateTo: "Circulate it to",
    circulateHow: "Only they will see it. It cannot be voted on until somebody tables it.",
    circulateNow: (count: number) =>
      count === 0
        ? "Choose somebody"
        : count === 1
          ? "Circulate to one delegation"
          : `Circulate to ${count} delegations`,
  },

  text: {
    name: (number: number | null) => (number === null ? "the non-paper" : `#${number}`),
    nonPaper: "Non-paper",
    from: (sponsor: string) => `Non-paper from ${sponsor}`,
    proposal: (number: number) => `Proposal ${number}`,
    version: (version: number) => `version ${version}`,
    whichVersion: "Version",
    single: "single text",
    to: (roles: readonly string[]) => `to ${list.format(roles)}`,
    read: (label: string) => `Read ${label}`,
    all: "All texts",
    status: {
      circulated: "Circulated",
      tabled: "Tabled",
      voting: "Vote open",
      rejected: "Not adopted",
      adopted: "Adopted",
      withdrawn: "Withdrawn",
      taken_back: "Taken back",
    },
    consents: (consents: boolean, counted: boolean) =>
      counted ? (consents ? "consented" : "did not consent") : consents ? "consents" : "does not consent yet",
    youSaid: { yes: "You support it.", no: "You oppose it.", reserve: "You reserve." },
    forUs: "For us:",
    changes: (count: number, base: string) =>
      count === 0
        ? `The same as ${base}.`
        : `${count} ${count === 1 ? "article differs" : "articles differ"} from ${base}.`,
    copy: (text: string) => `Copy ${text} into my draft`,
    amend: (text: string) => `Amend ${text}`,
    withdraw: (text: string) => `Withdraw ${text}`,
    onTheTable: "On the table",
    none: "No text has been tabled yet.",
    noneMore: "A first text rarely passes; it shows where the others stand.",
  },

  bead: (name: string, said: Said) => `${name} ${BEADS[said]}`,

  answer: {
    where: (role: string, text: string) => `Where does ${role} stand on ${text}?`,
    support: (text: string) => `Support ${text}`,
    reserve: (text: string) => `Reserve on ${text}`,
    oppose: (text: string) => `Oppose ${text}`,
    opposeNow: (text: string) => `Say no to ${text}`,
    whyOppose: (text: string) => `Why ${text} is not acceptable`,
    straw: "This is no vote: it tells the others what to change.",
    article: "The article that stands in the way",
    aspect: "The aspect",
    reason: "The reason",
    reasonMaybe: "The reason (optional)",
    choose: "Choose",
    numbered: (number: number, title: string) => `${number} ${title}`,
  },

  vote: {
    on: (text: string) => `Vote on ${text}`,
    left: (time: string) => `${time} left`,
    closing: "Everybody has voted. Votes can still be changed for a few seconds.",
    silence: "A body you sit in decides by silence: if nobody breaks it before the clock, it consents.",
    count: "A vote can be changed until the count.",
    none: "Your delegation has no vote on this text.",
    yes: (text: string) => `Vote yes on ${text}`,
    no: (text: string) => `Vote no on ${text}`,
    break: (text: string) => `Break silence on ${text}`,
    breakNow: (text: string) => `Break silence on ${text} now`,
    why: (text: string) => `Why silence on ${text} is broken`,
    voted: (choice: "yes" | "no") => `You voted ${choice}.`,
    call: (text: string) => `Call the vote on ${text}`,
    rejected: (text: string, why: readonly { name: string; said: Said }[]) =>
      why.length === 0
        ? `${text} was not adopted.`
        : `${text} was not adopted: ${list.format(why.map((one) => `${one.name} ${COUNTED[one.said] ?? "did not vote"}`))}.`,
  },

  amendments: {
    title: "Amendments",
    to: (version: number) => `to version ${version}`,
    status: { open: "open", accepted: "accepted", lapsed: "lapsed", taken_back: "taken back" },
    accept: (role: string) => `Accept ${possessive(role)} amendment`,
  },

  positions: {
    title: "Who stands where",
    stands: { yes: "supports", no: "opposes", reserve: "reserves" },
    voted: { yes: "votes yes", no: "votes no" },
  },

  talks: {
    title: "Talks",
    channels: "Channels",
    plenary: "Plenary",
    own: "The delegation",
    ownOnly: (role: string) => `${role} only`,
    everybody: "Everybody at the table.",
    onlyOwn: "Only your delegation. A facilitator can read it.",
    onlyThese: (names: string, among: boolean) =>
      among ? `${names}; nobody else at the table. A facilitator can read it.` : `${names}; nobody else at the table.`,
    open: "Open a channel",
    openWith: "Talk with",
    openNow: "Open the channel",
    unread: (count: number) => `${count} unread`,
    log: (name: string) => `Messages: ${name}`,
    writeTo: (name: string) => `Write to ${name === "Plenary" ? "plenary" : name}`,
    quote: "#3 or Art. 5 makes a link",
    send: "Send",
    you: "(you)",
    waiting: "waiting to be sent",
    removed: "[removed]",
    nobody: "Nobody has written here.",
    nobodyMore: "A question is a good beginning: which article matters most to you?",
    typing: (names: readonly string[]) => `${list.format(names)} ${names.length === 1 ? "is" : "are"} typing`,
  },

  people: {
    title: "At the table",
    count: (taken: number, all: number) => `${taken} of ${all}`,
    bot: "bot",
    empty: "empty",
    chair: "chair",
    away: "away",
    passed: "passed",
    floor: "has the floor",
  },
};
