/**
 * Why this file exists: what a person reads is said in the person's language. Texts are written in English where they
 * are used; a table of another language, if one was set, answers for them. The format is VS Code's own: `{0}` is
 * the first value.
 */

/** By English text, the text of another language. */
export type Words = Readonly<Record<string, string>>;

let table: Words = {};

/** Sets the language of this process or thread; an empty table is English. */
export function setWords(words: Words): void {
  table = words;
}

/** A text in the language that was set, its placeholders filled. */
export function t(message: string, ...values: readonly (string | number)[]): string {
  const text = Object.hasOwn(table, message) ? (table[message] ?? message) : message;
  return text.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
}
