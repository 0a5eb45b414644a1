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

  attribution: {
    title: "Bad luck or ill will?",
    how: "Did arrangements fail, or did a side want it? If most see somebody's intent, the event works the other way round.",
    none: "No event has been put to the delegations.",
    failure: "Arrangements failed",
    intent: (side: string) => `Intent: ${side}`,
    secret: "Nobody sees what you say until all answers are shown.",
    answered: "You can change it until all answers are shown.",
    onNobody: "Most see a failure of arrangements, or no one intent.",
    onSide: (side: string) => `Most see intent: ${side}.`,
    turn: "An event waits for your judgement: did arrangements fail, or did somebody want it?",
    turnGo: "Judge it",
  },

  audits: {
    ask: "Have it examined",
    sure: "Ask for an audit? Each pledge is examined once, and everybody sees that you asked.",
    now: "Ask now",
    asked: (role: string, round: number) => `Examined for ${role} (round ${round}):`,
    standing: {
      open: "it is still to be honoured.",
      positive: "nothing was found; nobody may ask for this article again.",
      negative: "it was broken.",
      lapsed: "nobody was there to answer.",
    },
  },

  priorities: {
    title: "Road and priorities",
    how: (role: string, count: number, points: number) =>
      `${role} chooses a road and ${count} articles in secret. If the adopted text follows both, that is worth ${points} points beside the score; the end shows it.`,
    only: (role: string) => `Only ${role} sees this before the end`,
    path: (role: string, path: string) => `${role}: ${path}.`,
    switched: "It has switched to this road before everybody.",
    choosePath: "The road",
    chooseArticles: (count: number, chosen: number) => `The ${count} articles that matter most (${chosen} chosen)`,
    declare: "Write it down",
    change: "Write down another choice",
    switchTo: (path: string) => `Switch to ${path}`,
    switchSure: (path: string) => `Switch to ${path}, before everybody? Partners will wonder which deal you offer.`,
    switchNow: "Switch now",
    turn: "Choose your road and what matters most, before the second round.",
    turnGo: "Choose",
  },

  future: {
    label: "Years later",
    twice: (aspect: string) => `Counted twice: ${aspect}.`,
    own: (points: number) =>
      points < 0 ? `We would regret it: ${-points} below no deal.` : `We would sign it again: ${points} above no deal.`,
    regrets: "would regret it",
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
    turn: "Somebody of a side table has initialled an article and waits for you.",
    turnGo: "Look at it",
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
