export { choose, known, LANGUAGES, speakOneOf, spoken, words, type Language, type Words } from "./spoken.svelte";
