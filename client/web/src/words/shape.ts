/** The shape of a language's words, whatever they say: every key, and functions of the same arguments. */
export type Spoken<T> = T extends string
  ? string
  : T extends (...args: infer Given) => string
    ? (...args: Given) => string
    : { [Key in keyof T]: Spoken<T[Key]> };
