import type { Initial, Pledge, View } from "../generated/protocol";
import { legal } from "../table/reading";

/** What the game asks of this seat beside texts and votes, and where that is answered. What may be done says `legal`. */
export type Ask =
  /** `last`: the phase in which it falls due. */
  | { kind: "owed"; panel: "pledges"; pledge: Pledge; last: boolean }
  | { kind: "pledge"; panel: "pledges"; laid: Pledge | null }
  /** Somebody of a side table has initialled what we have not. */
  | { kind: "initial"; panel: "side_tables"; initial: Initial }
  /** Somebody waits for us to join. */
  | { kind: "join"; panel: "archive" | "projects"; what: string }
  | { kind: "attribute"; panel: "attribution"; card: string; answered: boolean }
  | { kind: "declare"; panel: "priorities"; declared: boolean };

export function asksOf(view: View, role: string): Ask[] {
  return [
    ...owedIn(view),
    ...attributeIn(view, role),
    ...declareIn(view),
    ...pledgeIn(view, role),
    ...joinsIn(view),
    ...initialsIn(view, role),
  ];
}

/** Those that have no answer yet. */
export function waitingIn(view: View, role: string): Ask[] {
  return asksOf(view, role).filter((ask) => !isAnswered(ask));
}

function isAnswered(ask: Ask): boolean {
  switch (ask.kind) {
    case "pledge":
      return ask.laid !== null;
    case "attribute":
      return ask.answered;
    case "declare":
      return ask.declared;
    default:
      return false;
  }
}

/** They fall due at the close of the phase in which new ones are laid, or of the one that follows an adopted text. */
export function owedIn(view: View): Extract<Ask, { kind: "owed" }>[] {
  const due = new Set([...(legal(view, "honour")?.choices ?? []), ...(legal(view, "renege")?.choices ?? [])]);
  const after = view.treaty.implementation;
  const last = legal(view, "pledge") !== undefined || (after !== null && after.id === view.clock?.id);
  return (view.mechanics.pledges?.pledges ?? [])
    .filter((pledge) => due.has(pledge.id))
    .map((pledge) => ({ kind: "owed", panel: "pledges", pledge, last }));
}

function pledgeIn(view: View, role: string): Ask[] {
  if (!legal(view, "pledge")) return [];
  const laid = view.mechanics.pledges?.pledges.find((one) => one.role === role && standing(one) === "down") ?? null;
  return [{ kind: "pledge", panel: "pledges", laid }];
}

function attributeIn(view: View, role: string): Ask[] {
  const open = legal(view, "attribute")?.choices ?? [];
  return (view.mechanics.attribution?.questions ?? [])
    .filter((one) => open.includes(one.card))
    .map(({ card, answers }) => {
      const answered = answers.some((answer) => answer.role === role);
      return { kind: "attribute", panel: "attribution", card, answered };
    });
}

/** A road is asked for while there are articles to choose with it; later it can only be switched. */
function declareIn(view: View): Ask[] {
  const may = legal(view, "declare_priorities");
  if (!may || Object.keys(may.options ?? {}).length === 0) return [];
  return [{ kind: "declare", panel: "priorities", declared: view.mechanics.priorities?.path != null }];
}

function joinsIn(view: View): Ask[] {
  return (["archive", "projects"] as const).flatMap((panel) =>
    (legal(view, panel === "archive" ? "join_archive" : "join_project")?.choices ?? []).map((what): Ask => ({
      kind: "join",
      panel,
      what,
    })),
  );
}

function initialsIn(view: View, role: string): Ask[] {
  const open = legal(view, "initial")?.choices ?? [];
  const waiting = view.mechanics.side_tables?.waiting ?? [];
  const place = (one: Initial) => `${one.table} ${one.issue} ${one.option}`;
  const own = new Set(waiting.filter((one) => one.role === role).map(place));
  return waiting
    .filter((one) => one.role !== role && open.includes(one.table) && !own.has(place(one)))
    .map((initial) => ({ kind: "initial", panel: "side_tables", initial }));
}

export function standing(pledge: Pledge): NonNullable<Pledge["standing"]> {
  return pledge.standing ?? "down";
}
