import { en } from "./en";

/** Everything the interface says. Another language is another object of this shape. */
export type Words = typeof en;
export const words: Words = en;
