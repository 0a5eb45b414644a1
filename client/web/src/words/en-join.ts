const choice = new Intl.ListFormat("en", { type: "disjunction" });
const list = new Intl.ListFormat("en", { type: "conjunction" });

/** Doors: the front page, joining, the waiting room, the desk. */
export const joinEn = {
  landing: {
    title: "A treaty to negotiate",
    skip: "Skip to the doors",
    language: "Language",
    lead: "Seven delegations.\nOne treaty.\nEveryone has a good reason to refuse.",
    leadMore:
      "Negotiate European security as it stood in 2010: thirteen articles, a clock, and a score that only you can see. For a class, or alone against bots in the next second.",
    essay:
      "The scenario follows one author's essay of early 2011. Every number in it can be read, disputed and changed.",
    play: "Play now",
    playHow: "Alone, no account. Bots take the other chairs.",
    delegation: "Your delegation",
    scenario: "Scenario",
    variant: "Length",
    variantOffer: (name: string, minutes: number) =>
      minutes < 1440 ? `${name} (${minutes} minutes at the table)` : `${name} (${Math.round(minutes / 1440)} days)`,
    offer: (title: string, seats: string, minutes: number) => `${title}, ${seats} seats, about ${minutes} minutes`,
    sit: (role: string) => `Sit down as ${role}`,
    host: "Host a class",
    hostHow:
      "Open a table, put its code on the wall, and start when everybody has a seat. It takes less than a minute.",
    openDesk: "Open the desk",
    hostLink: "First time on this server? The terminal where it was started shows your one-time link.",
    rules: "Rule sets",
    seats: (always: number, most: number) => (always === most ? String(most) : `${always} to ${most}`),
    seatsHead: "Seats",
    articles: "Articles",
    minutes: "Minutes",
    texts: "Possible texts",
    mine: "Where you sit already",
    ended: (count: number) => (count === 1 ? "One that is over" : `${count} that are over`),
    mineMore: (name: string, role: string | null) => (role ? `as ${role}, ${name}` : `${name}, no seat yet`),
    logOut: "Log out",
    logOutSure: "You get back to these seats only with your own links.",
    logOutNow: "Log out now",
    notLoggedOut: "You are still logged in: the server did not answer.",
    loading: "Fetching the scenarios.",
    footer: "Runs on your own machine. Students need no account; nothing leaves this server. Free software.",
  },

  join: {
    title: "Join",
    where: "The code is on the wall in front of you.",
    code: "Code",
    how: (missing: number) =>
      missing === 0
        ? "Eight characters, in two groups of four."
        : `Eight characters, in two groups of four. ${missing === 8 ? "" : missing === 1 ? "One more to go." : `${missing} more to go.`}`,
    short: "The code has eight characters.",
    name: "Name the table will see",
    nameless: "Write the name that the table will see.",
    go: "Join the table",
    choose: "Choose a seat. Several people may share one.",
    free: "free",
    botHere: "a bot holds it and makes room for you",
    sharedWith: (names: readonly string[]) => `shared with ${list.format(names)}`,
    other: "This is not my table",
  },

  entry: {
    opening: "Opening the table.",
    unseated: "You have no seat at this table yet.",
    chooseSeat: "Choose one",
    stranger: "This chair is empty.",
    strangerMore: "You have no seat at this table in this browser, or the link lost a character.",
    typeCode: "Type the code again",
    desk: "Open it at the desk",
    trying: "The page tries again by itself.",
    nothing: "There is nothing at this address.",
  },

  lobby: {
    title: "The table is not open yet",
    move: "Read your brief and try wordings until the facilitator starts.",
    more: "The facilitator starts when everybody is here. Until then you can read, draft and talk.",
    code: "Others join with this code",
    waiting: (names: readonly string[]) => `Without a seat: ${list.format(names)}.`,
    read: "Read my mandate",
    move2: "Take another seat",
  },

  about: {
    open: (role: string, name: string) => `${role}, ${name}: about this table`,
    title: "About this table",
    readings: "How the essay is read here",
    dated: (date: string) =>
      `The world as of ${date}, as one author saw it. No delegation is the villain; every number can be disputed.`,
    code: "Code of this table:",
    link: "Your own link, to come back from another device. Keep it to yourself",
    delegation: (role: string) => `The delegation of ${role}`,
    head: "head of delegation",
    makeHead: "Make head",
    sources: "Sources",
  },

  tabs: {
    label: "Parts of the table",
    treaty: "Treaty",
    proposals: "Proposals",
    talks: "Talks",
    mandate: "Mandate",
    moves: "Moves",
    waiting: (pane: string, count: number) => (pane === "talks" ? `${count} unread` : `${count} waiting for you`),
  },

  desk: {
    title: "Facilitator's desk",
    stranger: "This is the facilitator's desk.",
    strangerMore:
      "The terminal where the server runs shows a one-time link; open it in this browser. `threebirds link` prints a new one.",
    new: "Open a table",
    opinions: "Second opinions",
    opinionsHow:
      "The essay can be read in other ways. Each choice changes what texts are worth; try one, and see what hangs on it.",
    rekey: "Move walk-aways a little, so that nobody can look them up",
    name: "Name (optional)",
    language: "Language of the texts",
    names: "Names of countries and alliances",
    named: { historical: "historical", invented: "invented" },
    create: "Create the table",
    tables: "Tables",
    noTables: "No table yet. Create one; its code goes on the wall.",
    table: "Table",
    status: "State",
    people: "People",
    look: "Open",
    state: (status: string, round: number) =>
      status === "lobby" ? "waiting" : status === "ended" ? "over" : `${status}, round ${round}`,
    status_: { lobby: "Waiting for the start", running: "Running", paused: "Paused", ended: "Over" },
    joinAt: (addresses: readonly string[]) => `Join at ${choice.format(addresses)} with`,
    onlyHere: "Only this computer can reach this address: start with --lan to let others join.",
    empty: "Empty seats",
    emptyBot: "are played by bots",
    emptyDrop: "stay empty",
    start: "Start the table",
    pause: "Pause",
    resume: "Resume",
    extend: "Two more minutes",
    extendDay: "One more day",
    closePhase: "Close the phase",
    closeSure: (phase: string) => `${phase || "The phase"} ends at once for every delegation, finished or not.`,
    closeNow: "Close it now",
    end: "End the conference",
    endSure: "End it for everybody?",
    endNow: "End it now",
    seats: "Who sits where",
    who: "Held by",
    away: (count: number) => (count === 1 ? "one is away" : `${count} are away`),
    toBot: "Hand to a bot",
    toBotSure: (role: string, people: readonly string[]) =>
      people.length === 0
        ? `A bot will play ${role}.`
        : `${list.format(people)} will lose the seat; a bot will play ${role}.`,
    toBotNow: (role: string) => `Give ${role} to a bot now`,
    move: "Move a person",
    waitingRoom: "waiting room",
    talk: "All channels",
    talkHow: "Students are told that you can read them.",
    channel: (name: string, count: number, unread: number) =>
      `${name} (${count}${unread > 0 ? `, ${unread} new` : ""})`,
    texts: "All texts",
  },
};
