import { keptOnDevice } from "../wire/kept";
import { en } from "./en";
import type { Spoken } from "./shape";

/** Everything the interface says. Another language is another object of this shape. */
export type Words = Spoken<typeof en>;

/** The languages by what they call themselves; each but the first is fetched when it is first spoken. */
export const LANGUAGES = { en: "English", ru: "Русский" } as const;
export type Language = keyof typeof LANGUAGES;

const FETCHED: Record<Language, () => Promise<Words>> = {
  en: () => Promise.resolve(en),
  ru: async () => (await import("./ru")).ru,
};
const chosen = keptOnDevice<string>("language");

let current = $state.raw<{ language: Language; words: Words }>({ language: "en", words: en });

/** The words of the language that is spoken now. */
export const words: Words = new Proxy(en, { get: (_, key) => Reflect.get(current.words, key) as unknown });

export function spoken(): Language {
  return current.language;
}

/** Somebody's own choice, which from then on goes before a table's language and the browser's. */
export async function choose(language: Language): Promise<void> {
  chosen.write(language);
  await speak(language);
}

/** Speak what was chosen here, or else the first of these that we can; without any, go on as before. */
export async function speakOneOf(wanted: readonly string[]): Promise<void> {
  const own = chosen.read();
  const language = (own === null ? wanted : [own, ...wanted]).map(known).find((one) => one !== null);
  if (language) await speak(language);
}

/** The language of ours that a browser or a table means, such as ru for ru-RU. */
export function known(language: string): Language | null {
  const family = language.toLowerCase().split("-")[0]!;
  return family in LANGUAGES ? (family as Language) : null;
}

async function speak(language: Language): Promise<void> {
  if (language === current.language) return;
  const found = await FETCHED[language]();
  current = { language, words: found };
  document.documentElement.lang = language;
}
