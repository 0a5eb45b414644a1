/** Moves beside talking, drafting and voting, and what they come to. */
export const movesEn = {
  moves: {
    title: "Moves",
    moved: "What moved",
    nothing: "Nothing has moved yet.",
    news: "News:",
    noDeal: "our no deal",
    inWording: "In which wording",
    forUs: (points: string) => `for us ${points}`,
    article: (number: number, title: string) => `Art. ${number} ${title}`,
    wording: (article: string, label: string) => `${article}: ${label}`,
  },

  chair: {
    title: "The chair",
    agenda: "Order of business",
    right: (role: string) => `${role} may set it too, for the bold offer it made.`,
    noAgenda: "The chair has set none: take the articles as you like.",
    floor: (role: string) => `${role} has the floor. Nobody is silenced by that.`,
    held: (article: string) =>
      `${article} is held back in this round: no text that changes it is put to the vote before the next.`,
    withoutText: (points: string) => `Without a text our result is ${points}`,
    change: "Set the order",
    set: "Announce this order",
    lift: "Lift it",
    add: "Next article",
    earlier: "Earlier",
    remove: "Leave out",
    giveFloor: "Give the floor to",
    openFloor: "Whoever wishes",
    hold: "Hold an article back for this round",
    holdIt: "Hold it back",
    holdSure: (article: string) =>
      `Hold ${article} back? Texts that change it wait until the next round. One article a round.`,
    holdNow: "Hold it back now",
  },

  side_tables: {
    title: "Side tables",
    how: "What all of a side table initial is public, and binds what they table and vote for. Only the plenary adopts.",
    none: "Nothing has been initialled yet.",
    only: "Only the members of this table see what waits",
    initialled: (role: string) => `${role} initialled`,
    off: "Take my initial off",
    too: "Initial it too",
    article: "The article to initial",
    initial: "Initial it",
    another: "Initial an article",
    stands: "initialled by all of them",
    replaced: "replaced by another wording",
    brokenBy: (role: string) => `broken by ${role}`,
  },

  pledges: {
    title: "Pledges",
    how: (sides: readonly string[]) =>
      `An article that you will start early, whatever becomes of the treaty. It counts if every side lays one: ${sides.join("; ")}.`,
    onlyYou: (role: string) => `Only ${role} sees it until all are shown`,
    article: "The article you will start early",
    lay: "Lay it face down",
    laid: (what: string) => `Face down: ${what}.`,
    change: "Lay another",
    takeUp: "Take it up again",
    none: "No pledge has been shown yet.",
    owe: (what: string, round: number) => `You owe ${what} (pledged in round ${round}).`,
    due: (last: boolean) =>
      last
        ? "It falls due when this phase closes."
        : "It falls due when the next pledges are shown, or after the signature.",
    honour: "Honour it",
    break: "Break it",
    breakSure: "Break your word? Everybody sees it, and it is remembered.",
    breakNow: "Break it now",
    see: "See the pledge",
    standing: {
      down: "face down",
      unmatched: "not matched: nobody is bound by it",
      due: "matched: to be honoured",
      honoured: "honoured",
      broken: "broken",
      lapsed: "lapsed: nobody of the delegation was there",
    },
    turn: "You may lay down one article that you will start early.",
    turnGo: "Lay a pledge",
  },
};
