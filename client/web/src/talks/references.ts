/** A message in parts: plain words, and references to a text (#3) or an article (Art. 5). */
export type Part =
  | { kind: "words"; words: string }
  | { kind: "text"; words: string; number: number }
  | { kind: "article"; words: string; number: number };

const REFERENCE = /#(\d{1,4})\b|\bArt\.?\s?(\d{1,2})\b/gi;

export function parts(message: string): Part[] {
  const found: Part[] = [];
  let from = 0;
  for (const match of message.matchAll(REFERENCE)) {
    if (match.index > from) found.push({ kind: "words", words: message.slice(from, match.index) });
    const kind = match[1] === undefined ? "article" : "text";
    found.push({ kind, words: match[0], number: Number(match[1] ?? match[2]) });
    from = match.index + match[0].length;
  }
  if (from < message.length) found.push({ kind: "words", words: message.slice(from) });
  return found;
}
