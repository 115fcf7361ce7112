/**
 * Why this file exists: the scenario beside a program, read into what it says of the world outside, or into one line
 * about what is wrong with it, and where.
 */
import ts from 'typescript';
import { requestOf, scenarioPathOf, withChanges, type Scenario } from '../../trace/scenario';
import type { ReadText, SimulationRefused, SimulationRequest } from '../request';
import { refused } from './refused';

/** Thrown inside this file only, and caught where it ends. */
class Wrong extends Error {
  constructor(
    readonly node: ts.Node,
    message: string,
  ) {
    super(message);
  }
}

/** Turns what is written into a value; throws `Wrong`. `what` names the place for people. */
type Check = (node: ts.Expression, what: string) => unknown;

/** What a run of this request is told of the world outside; undefined: nothing is said. */
export function scenarioFor(request: SimulationRequest, read: ReadText): Scenario | SimulationRefused | undefined {
  const path = request.scenarioFile ?? scenarioPathOf(request.entry);
  const text = read(path);
  if (text === undefined && request.scenarioFile !== undefined)
    return { kind: 'refused', message: `Cannot read the scenario '${path}': check the path.` };
  const written = text === undefined ? {} : readScenario(path, text);
  if ('message' in written) return written;
  const whole = withChanges(written, request.whatIf ?? {});
  return Object.keys(whole).length === 0 ? undefined : whole;
}

/** Reads the text of a scenario. An empty one says nothing. */
export function readScenario(path: string, text: string): Scenario | SimulationRefused {
  const file = { path, text };
  if (text.trim() === '') return {};
  const source = ts.parseJsonText(path, text);
  // An internal field: the public way to it wants a program.
  const [fault] = (source as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
  if (fault !== undefined)
    return refused(
      file,
      fault.start ?? 0,
      `The scenario is no JSON: ${ts.flattenDiagnosticMessageText(fault.messageText, ' ')}`,
    );
  const [statement] = source.statements;
  if (statement === undefined) return {};
  try {
    return wholeScenario(statement.expression, 'the scenario') as Scenario; // every field has been looked at
  } catch (wrong) {
    if (!(wrong instanceof Wrong)) throw wrong;
    return refused(file, wrong.node.getStart(source), `The scenario is wrong: ${wrong.message}`);
  }
}

const any: Check = (node, what) => {
  if (ts.isObjectLiteralExpression(node))
    return Object.fromEntries(membersOf(node, what).map(({ name, value }) => [name, any(value, what)]));
  if (ts.isArrayLiteralExpression(node)) return node.elements.map((each) => any(each, what));
  if (ts.isStringLiteralLike(node)) return node.text;
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (node.kind === ts.SyntaxKind.NullKeyword) return null;
  const number = numberOf(node);
  if (number === undefined) throw new Wrong(node, `${what} is no JSON.`);
  return number;
};

function numberOf(node: ts.Expression): number | undefined {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  const isMinus = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken;
  return isMinus && ts.isNumericLiteral(node.operand) ? -Number(node.operand.text) : undefined;
}

const text: Check = (node, what) => {
  if (ts.isStringLiteralLike(node)) return node.text;
  throw new Wrong(node, `${what} must be a text.`);
};

function number(words: string, isFit: (value: number) => boolean): Check {
  return (node, what) => {
    const value = numberOf(node);
    if (value !== undefined && isFit(value)) return value;
    throw new Wrong(node, `${what} must be ${words}.`);
  };
}

const longestMs = 2 ** 31 - 1;
const latencyMs = number('milliseconds, from 0 on', (ms) => ms >= 0 && ms <= longestMs);

/** An object with these fields and no others. */
function fields(known: Readonly<Record<string, Check>>, faultOf = noFault): Check {
  return (node, what) => {
    const value: Record<string, unknown> = {};
    for (const member of membersOf(node, what)) {
      const check = Object.hasOwn(known, member.name) ? known[member.name] : undefined;
      if (check === undefined)
        throw new Wrong(member.node, `${what} has no "${member.name}"; there is ${Object.keys(known).join(', ')}.`);
      value[member.name] = check(member.value, `${what}.${member.name}`);
    }
    const fault = faultOf(value);
    if (fault !== undefined) throw new Wrong(node, `${what} ${fault}`);
    return value;
  };
}

/** An answer, or a list of answers that are given in turn, by a key. */
function answers(
  answer: Check,
  section: string,
  keyFault: (key: string) => string | undefined,
  mayBeNone = false,
): Check {
  return (node) =>
    Object.fromEntries(
      membersOf(node, section).map((member) => {
        const fault = keyFault(member.name);
        if (fault !== undefined) throw new Wrong(member.node, `"${member.name}" ${fault}`);
        const what = `${section}["${member.name}"]`;
        if (!ts.isArrayLiteralExpression(member.value)) return [member.name, answer(member.value, what)];
        if (member.value.elements.length === 0 && !mayBeNone)
          throw new Wrong(member.value, `${what} is a list without an answer.`);
        return [member.name, member.value.elements.map((each, i) => answer(each, `${what}[${i}]`))];
      }),
    );
}

const errorFields = fields({ name: text, message: text, code: text }, (value) =>
  'message' in value ? undefined : 'needs a message.',
);
const failure: Check = (node, what) =>
  ts.isObjectLiteralExpression(node) ? errorFields(node, what) : text(node, what);

const headers: Check = (node, what) =>
  Object.fromEntries(membersOf(node, what).map(({ name, value }) => [name, text(value, `${what}.${name}`)]));

function bodyFault(value: object): string | undefined {
  return 'json' in value && 'text' in value ? 'has "json" and "text": a body is one of them.' : undefined;
}

function noFault(_value: object): string | undefined {
  return undefined;
}

const status = number('a status from 200 to 599', (value) => Number.isInteger(value) && value >= 200 && value <= 599);
const exitCode = number('an exit code from 0 to 255', (value) => Number.isInteger(value) && value >= 0 && value <= 255);
const threads = number(
  'a number of threads from 1 to 1024',
  (value) => Number.isInteger(value) && value >= 1 && value <= 1024,
);

function addressFault(key: string): string | undefined {
  const isAddress = /^https?:\/\/[^/\s]+/.test(requestOf(key).url);
  return isAddress ? undefined : 'is no request: write it like "GET https://api.example.com/users/:id".';
}

function callFault(key: string): string | undefined {
  return /^\S+$/.test(key) ? undefined : 'is no call: write it like "package.export" or "package.Class.method".';
}

function eventFault(key: string): string | undefined {
  return /^\S+\.\S+$/.test(key) ? undefined : 'is no event: write it like "package.Class.event".';
}

const values: Check = (node, what) => {
  if (ts.isArrayLiteralExpression(node)) return any(node, what);
  throw new Wrong(node, `${what} must be a list of what listeners are given.`);
};

const seed = number(
  'a whole number from 0 to 4294967295',
  (value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32,
);

/** With its zone, so that it is the same moment on every machine. */
const moment: Check = (node, what) => {
  const value = text(node, what);
  const at = momentPattern.test(String(value)) ? Date.parse(String(value)) : NaN;
  if (at >= 0 && at < latestMs) return value;
  throw new Wrong(node, `${what} must be a time from 1970 to 2200, like "2025-01-01T00:00:00Z".`);
};

const momentPattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;
/** The first of January 2200. */
const latestMs = 7_258_118_400_000;

function commandFault(key: string): string | undefined {
  const isLine = key.trim() === key && key !== '';
  return isLine ? undefined : 'is no command: write how its line begins, like "git status".';
}

const wholeScenario = fields({
  $schema: text,
  calls: answers(fields({ returns: any, latencyMs, fails: failure }), 'calls', callFault),
  events: answers(fields({ with: values, latencyMs, fails: failure }), 'events', eventFault, true),
  http: answers(fields({ status, headers, json: any, text, latencyMs, fails: text }, bodyFault), 'http', addressFault),
  commands: answers(fields({ stdout: text, stderr: text, exitCode, latencyMs, fails: text }), 'commands', commandFault),
  threads,
  ioUring: (node, what) => {
    if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return any(node, what);
    throw new Wrong(node, `${what} must be true or false.`);
  },
  seed,
  now: moment,
});

interface Member {
  readonly name: string;
  readonly value: ts.Expression;
  readonly node: ts.Node;
}

function membersOf(node: ts.Expression, what: string): Member[] {
  if (!ts.isObjectLiteralExpression(node)) throw new Wrong(node, `${what} must be an object.`);
  return node.properties.map((each) => {
    if (!ts.isPropertyAssignment(each) || !ts.isStringLiteralLike(each.name))
      throw new Wrong(each, `${what} is no JSON.`);
    return { name: each.name.text, value: each.initializer, node: each };
  });
}
