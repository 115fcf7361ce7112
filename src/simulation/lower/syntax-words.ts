/**
 * Why this file exists: a program sees the words of a SyntaxError when its own text does not parse: `eval`,
 * `new Function`, a file that it loads as it runs. The parser's words become V8's. V8 11.3:
 * src/common/message-template.h.
 */
import { tokenizer, type Token } from 'acorn';

/** What acorn throws: its message ends with the place, which it also tells beside it. */
type ParserError = SyntaxError & { readonly pos?: number };

/** V8's words for what acorn found wrong with a text. */
export function syntaxWords(error: ParserError, text: string): string {
  const message = error.message.replace(/ \(\d+:\d+\)$/, '');
  const at = error.pos ?? 0;
  if (message === 'Unexpected token') return unexpected(text, at);
  for (const [pattern, words] of rules) {
    const match = pattern.exec(message);
    if (match !== null) return words.replace('$1', match[1] ?? '');
  }
  if (message.startsWith("'import' and 'export'")) return outsideModule(text, at);
  return message;
}

const invalidToken = 'Invalid or unexpected token';
const invalidTarget = 'Invalid left-hand side in assignment';

const rules: readonly (readonly [RegExp, string])[] = [
  [/^Unexpected character|^Unterminated (?:string constant|comment)|^Identifier directly after number|^Expected number in radix/, invalidToken],
  [/^Unterminated template/, 'Unexpected end of input'],
  [/^Unterminated regular expression/, 'Invalid regular expression: missing /'],
  [/^(?:Invalid|Duplicate) regular expression flag/, 'Invalid regular expression flags'],
  [/^The keyword '(?:let|static|implements|interface|package|private|protected|public|yield)' is reserved/, 'Unexpected strict mode reserved word'],
  [/^The keyword '.*' is reserved|^Cannot use 'await' as identifier/, 'Unexpected reserved word'],
  [/^Cannot use '(yield)' as identifier/, "Unexpected identifier '$1'"],
  [/^(?:Binding|Assigning to) (?:eval|arguments) in strict mode/, 'Unexpected eval or arguments in strict mode'],
  [/^Yield expression cannot be a default value/, 'Yield expression not allowed in formal parameter'],
  [/^(for-(?:of|in) loop variable declaration may not have an initializer)/, '$1.'],
  [/^Constructor can't have get\/set modifier/, 'Class constructor may not be an accessor'],
  [/^Constructor can't be (a generator|an async method)/, 'Class constructor may not be $1'],
  [/^Redefinition of __proto__/, 'Duplicate __proto__ fields are not allowed in object literals'],
  [/^Comma is not permitted after the rest element/, 'Rest element must be last element'],
  [/^Code point out of bounds/, 'Undefined Unicode code-point'],
  [/^'return' outside of function/, 'Illegal return statement'],
  [/^Unsyntactic break/, 'Illegal break statement'],
  [/^Unsyntactic continue/, 'Illegal continue statement: no surrounding iteration statement'],
  [/^Assigning to rvalue|^Optional chaining cannot appear in left-hand side/, invalidTarget],
  [/^'with' in strict mode/, 'Strict mode code may not include a with statement'],
  [/^(?:Octal literal in strict mode|Invalid number)/, 'Octal literals are not allowed in strict mode.'],
  [/^'super' keyword outside a method|^super\(\) call outside constructor/, "'super' keyword unexpected here"],
  [/^'new\.target' can only be used/, 'new.target expression is not allowed here'],
  [/^Deleting local variable in strict mode/, 'Delete of an unqualified identifier in strict mode.'],
  [/^Shorthand property assignments are valid only/, 'Invalid shorthand property initializer'],
  [/^Complex binding patterns require an initialization value/, 'Missing initializer in destructuring declaration'],
  [/^Missing catch or finally clause/, 'Missing catch or finally after try'],
  [/^Label '(.*)' is already declared/, "Label '$1' has already been declared"],
  [/^Duplicate constructor in the same class/, 'A class may only have one constructor'],
  [/^getter should have no params/, 'Getter must not have any formal parameters.'],
  [/^setter should have exactly one param/, 'Setter must have exactly one formal parameter.'],
  [/^Argument name clash/, 'Duplicate parameter name not allowed in this context'],
  [/^(?:Bad character escape sequence|Expecting Unicode escape sequence)/, 'Invalid Unicode escape sequence'],
  [/^Numeric separator is not allowed at the last of digits/, 'Numeric separators are not allowed at the end of numeric literals'],
];

function outsideModule(text: string, at: number): string {
  return text.startsWith('import', at) ? 'Cannot use import statement outside a module' : "Unexpected token 'export'";
}

/** The words for a token where none of its kind may be. */
function unexpected(text: string, at: number): string {
  const before = tokensBefore(text, at);
  if (/\bconst\s+[\w$]+\s*$/.test(text.slice(0, at))) return 'Missing initializer in const declaration';
  if (/\bawait\s*$/.test(text.slice(0, at)) && at < text.length)
    return 'await is only valid in async functions and the top level bodies of modules';
  if (isInArguments(before)) return 'missing ) after argument list';
  const token = tokenAt(text, at);
  if (token === undefined) return at < text.length ? invalidToken : 'Unexpected end of input';
  const spelled = text.slice(token.start, token.end);
  if (token.type.label === 'num') return 'Unexpected number';
  if (token.type.label === 'string') return 'Unexpected string';
  if (token.type.label === '`') return 'Unexpected template string';
  if (token.type.label === 'name') return `Unexpected identifier '${spelled}'`;
  return `Unexpected token '${spelled}'`;
}

function tokensBefore(text: string, end: number): readonly Token[] {
  const found: Token[] = [];
  try {
    for (const token of tokenizer(text, { ecmaVersion: 'latest' })) {
      if (token.start >= end) break;
      found.push(token);
    }
  } catch {
    // What cannot be told apart any more comes after the fault.
  }
  return found;
}

function tokenAt(text: string, at: number): Token | undefined {
  try {
    const [token] = tokenizer(text.slice(at), { ecmaVersion: 'latest' });
    return token && Object.assign(token, { start: token.start + at, end: token.end + at });
  } catch {
    return undefined;
  }
}

/** After a whole argument of a call that is not closed yet. */
function isInArguments(tokens: readonly Token[]): boolean {
  const open: number[] = [];
  for (const [index, { type }] of tokens.entries()) {
    if (['(', '[', '{', '${'].includes(type.label)) open.push(index);
    else if ([')', ']', '}'].includes(type.label)) open.pop();
  }
  const at = open.at(-1);
  if (at === undefined || tokens[at]?.type.label !== '(') return false;
  const [callee, last] = [tokens[at - 1]?.type.label ?? '', tokens.at(-1)?.type.label ?? ''];
  const isNamed = tokens[at - 2]?.type.label === 'function';
  return !isNamed && endsExpression.has(callee) && (endsExpression.has(last) || literals.has(last));
}

const endsExpression: ReadonlySet<string> = new Set(['name', ')', ']']);
const literals: ReadonlySet<string> = new Set(['num', 'string', '}', '`', 'regexp', 'true', 'false', 'null', 'this']);
