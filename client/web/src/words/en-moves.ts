/** Moves beside talking, drafting and voting, and what they come to. */
export const movesEn = {
  moves: {
    title: "Moves",
    moved: "What moved",
    nothing: "Nothing has moved yet.",
    news: "News:",
    noDeal: "our no deal",
    wording: (number: number, title: string, label: string) => `Art. ${number} ${title}: ${label}`,
  },

  pledges: {
    title: "Pledges",
    how: (sides: readonly string[]) =>
      `An article that you will start early, whatever becomes of the treaty. It counts if every side lays one: ${sides.join("; ")}.`,
    onlyYou: (role: string) => `Only ${role} sees it until all are shown`,
    article: "The article you will start early",
    wording: "In which wording",
    forUs: (points: string) => `for us ${points}`,
    lay: "Lay it face down",
    laid: (what: string) => `Face down: ${what}.`,
    change: "Lay another",
    takeUp: "Take it up again",
    none: "No pledge has been shown yet.",
    owe: (what: string, round: number) => `You owe ${what} (pledged in round ${round}).`,
    due: (last: boolean) =>
      last ? "It falls due when this phase closes." : "It falls due when the next pledges are shown.",
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
