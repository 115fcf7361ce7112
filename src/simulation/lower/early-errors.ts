/**
 * Why this file exists: JavaScript has errors that are found before anything runs (ECMA-262 §17.1, early errors).
 * TypeScript forgives many of them while it parses, so a parser that knows them all reads plain JavaScript first.
 */
import { parse } from 'acorn';
import { syntaxWords } from './syntax-words';
import type { ModuleFormat, SyntaxProblem } from './lower-file';

const javaScript = /\.[mc]?js$/;

export function isJavaScript(path: string): boolean {
  return javaScript.test(path);
}

/** The first early error of a file of JavaScript, or undefined. */
export function earlyError(text: string, format: ModuleFormat): SyntaxProblem | undefined {
  try {
    parse(text, { ecmaVersion: 'latest', sourceType: format, allowHashBang: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // acorn tells the place beside the message.
    const { pos } = error as SyntaxError & { readonly pos?: number };
    return { message: doesNotParse(syntaxWords(error, text)), offset: pos ?? 0 };
  }
}

/** How every face words it. */
export function doesNotParse(message: string): string {
  return `This does not parse: SyntaxError: ${message}`;
}
