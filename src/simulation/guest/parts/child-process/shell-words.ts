/**
 * Why this file exists: a line for `/bin/sh` as what it means, as far as a few signs go: commands one after the other,
 * `&&`, `||`, `|`, quotes, variables, and where output goes. Anything else a shell knows is not read.
 */

type Variables = Readonly<Record<string, string>>;

export interface Redirection {
  readonly fd: 0 | 1 | 2;
  /** The name of a file, or another descriptor. */
  readonly to: string | 1 | 2;
  readonly isAdded: boolean;
}

export interface Simple {
  readonly argv: readonly string[];
  readonly redirections: readonly Redirection[];
}

export interface Pipeline {
  /** When it runs, by how the one before ended. */
  readonly when: 'always' | 'succeeded' | 'failed';
  readonly commands: readonly Simple[];
}

type Token = { readonly kind: 'word'; readonly text: string } | { readonly kind: 'sign'; readonly text: string };

const signs = /^(?:&&|\|\||[;|\n]|[012]?>>|[12]?>&[12]|[12]?>|<)/;

/** Undefined where the line says more than is read here. */
export function pipelinesOf(line: string, variables: Variables): readonly Pipeline[] | undefined {
  const tokens = tokensOf(line, variables);
  return tokens && parsed(tokens);
}

function tokensOf(line: string, variables: Variables): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    const rest = line.slice(at);
    const space = /^[ \t]+/.exec(rest)?.[0];
    const sign = signs.exec(rest)?.[0];
    if (space !== undefined) at += space.length;
    else if (sign !== undefined) {
      tokens.push({ kind: 'sign', text: sign });
      at += sign.length;
    } else {
      const word = wordAt(rest, variables);
      if (word === undefined) return undefined;
      tokens.push({ kind: 'word', text: word.text });
      at += word.length;
    }
  }
  return tokens;
}

/** Patterns, substitutions, tildes, comments and what runs beside are not read. */
const plain = /^[^\s'"\\$`;&|<>(){}*?[\]~#!]+/;
const quoted = /^'([^']*)'/;
const variable = /^\$(?:(\w+)|\{(\w+)\})/;
const escaped = /^\\([\s\S])/;

function wordAt(line: string, variables: Variables): { text: string; length: number } | undefined {
  let text = '';
  let at = 0;
  while (at < line.length && !/^[\s;&|<>]/.test(line.slice(at))) {
    const rest = line.slice(at);
    const single = plain.exec(rest) ?? quoted.exec(rest) ?? variable.exec(rest) ?? escaped.exec(rest);
    const match = single ?? doubleQuoted(rest, variables);
    if (match === null) return undefined;
    at += match[0].length;
    if (rest.startsWith('$')) text += variables[match[1] ?? match[2] ?? ''] ?? '';
    else text += match[1] ?? match[0];
  }
  return at === 0 ? undefined : { text, length: at };
}

/** As a match of a pattern: the whole, and what is inside. */
function doubleQuoted(line: string, variables: Variables): readonly [string, string] | null {
  const match = /^"((?:[^"\\`$]|\\[\s\S]|\$(?=\w|\{\w+\}))*)"/.exec(line);
  if (match === null) return null;
  const parts = /\\(["\\$`\n])|\$(?:(\w+)|\{(\w+)\})/g;
  const inside = (match[1] ?? '').replace(parts, (_, sign?: string, name?: string, braced?: string) => {
    if (sign === undefined) return variables[name ?? braced ?? ''] ?? '';
    return sign === '\n' ? '' : sign;
  });
  return [match[0], inside];
}

const whenAfter: Readonly<Record<string, Pipeline['when']>> = { '&&': 'succeeded', '||': 'failed', ';': 'always', '\n': 'always' };

function parsed(tokens: readonly Token[]): Pipeline[] | undefined {
  const pipelines: Pipeline[] = [];
  let when: Pipeline['when'] = 'always';
  let commands: Simple[] = [];
  let argv: string[] = [];
  let redirections: Redirection[] = [];
  const endCommand = (): boolean => {
    if (argv.length === 0) return false;
    commands.push({ argv, redirections });
    [argv, redirections] = [[], []];
    return true;
  };
  const endPipeline = (): boolean => {
    if (!endCommand()) return false;
    pipelines.push({ when, commands });
    commands = [];
    return true;
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    if (token.kind === 'word') argv.push(token.text);
    else if (token.text === '|') {
      if (!endCommand()) return undefined;
    } else if (whenAfter[token.text] !== undefined) {
      if (!endPipeline() && !(/^[;\n]$/.test(token.text) && commands.length === 0)) return undefined;
      when = whenAfter[token.text] ?? 'always';
    } else {
      const target = tokens[i + 1];
      const redirection = redirectionOf(token.text, target);
      if (redirection === undefined) return undefined;
      redirections.push(redirection);
      if (typeof redirection.to === 'string') i++;
    }
  }
  if (argv.length > 0 || commands.length > 0) return endPipeline() ? pipelines : undefined;
  return when === 'always' ? pipelines : undefined;
}

function redirectionOf(sign: string, target: Token | undefined): Redirection | undefined {
  const to = /^([12]?)>&([12])$/.exec(sign);
  if (to !== null) return { fd: to[1] === '2' ? 2 : 1, to: to[2] === '2' ? 2 : 1, isAdded: false };
  if (target?.kind !== 'word') return undefined;
  if (sign === '<') return { fd: 0, to: target.text, isAdded: false };
  return { fd: sign.startsWith('2') ? 2 : 1, to: target.text, isAdded: sign.endsWith('>>') };
}
