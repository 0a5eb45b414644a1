const rules = new Intl.PluralRules("ru");

/** A Russian number with its noun: 1 статья, 2 статьи, 5 статей. */
export function counted(count: number, one: string, few: string, many: string): string {
  return `${count} ${formOf(count, one, few, many)}`;
}

/** The form of a Russian word that goes with a number. */
export function formOf(count: number, one: string, few: string, many: string): string {
  const form = rules.select(count);
  return form === "one" ? one : form === "few" ? few : many;
}
