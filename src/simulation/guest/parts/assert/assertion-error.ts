/** Why this file exists: AssertionError. Node 20: lib/internal/assert/assertion_error.js. */
import { captureStackTrace, settleStack } from '../../errors';
import { isNodeClass } from '../../function-text';
import { inspect } from '../../inspect';
import { inspectCustom } from '../../modules/events/event';
import { checkObject } from '../../node-errors';
import { NativeError, createObject, defineProperty, get, getPrototypeOf, hide, named, toText } from '../../primordials';
import { cut, difference, readable, shownWhole } from './difference';

export interface Failure {
  readonly actual?: unknown;
  readonly expected?: unknown;
  readonly message?: unknown;
  readonly operator?: unknown;
  readonly stackStartFn?: unknown;
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 3)}...` : text;
}

function unequalWords(actual: unknown, operator: 'notDeepStrictEqual' | 'notStrictEqual'): string {
  const isThing = (typeof actual === 'object' && actual !== null) || typeof actual === 'function';
  const words = readable[operator === 'notStrictEqual' && isThing ? 'notStrictEqualObject' : operator];
  const lines = cut(shownWhole(actual).split('\n'));
  if (lines.length > 1) return `${words}\n\n${lines.join('\n')}\n`;
  const [line = ''] = lines;
  return `${words}${line.length > 5 ? '\n\n' : ' '}${line}`;
}

function otherWords(actual: unknown, expected: unknown, operator: string): string {
  const [one, other] = [shownWhole(actual), shownWhole(expected)];
  if (operator === 'notDeepEqual' && one === other) return shortened(`${readable.notDeepEqual}\n\n${one}`, 1024);
  const [left, right] = [shortened(one, 512), shortened(other, 512)];
  if (operator === 'deepEqual') return `${readable.deepEqual}\n\n${left}\n\nshould loosely deep-equal\n\n${right}`;
  if (operator === 'notDeepEqual')
    return `${readable.notDeepEqualUnequal}\n\n${left}\n\nshould not loosely deep-equal\n\n${right}`;
  return `${left} ${operator} ${right}`;
}

/** Errors are compared without their stacks. */
function withoutStack(error: Error): object {
  const copy = createObject(getPrototypeOf(error)) as Record<string, unknown>;
  for (const key of Object.keys(error)) copy[key] = get(error, key);
  defineProperty(copy, 'message', { value: error.message });
  return copy;
}

function words({ actual, expected, operator, message }: Failure): string {
  const own = message === undefined || message === null ? undefined : toText(message);
  if (own !== undefined && operator !== 'deepStrictEqual' && operator !== 'strictEqual') return own;
  let [one, other] = [actual, expected];
  if (one instanceof NativeError && other instanceof NativeError && 'stack' in one && 'stack' in other)
    [one, other] = [withoutStack(one), withoutStack(other)];
  switch (operator) {
    case 'deepStrictEqual':
    case 'strictEqual':
      return difference(one, other, operator, own);
    case 'notDeepStrictEqual':
    case 'notStrictEqual':
      return unequalWords(one, operator);
    default:
      return otherWords(one, other, String(operator));
  }
}

function withEllipsis(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const lines = value.split('\n', 11);
  if (lines.length > 10) return `${lines.slice(0, 10).join('\n')}\n...`;
  return value.length > 512 ? `${value.slice(512)}...` : value; // so Node has it
}

export class AssertionError extends NativeError {
  declare generatedMessage: boolean;
  declare code: string;
  declare actual: unknown;
  declare expected: unknown;
  declare operator: unknown;

  constructor(options: unknown) {
    checkObject(options, 'options');
    const failure = options as Failure & { stackStartFunction?: unknown }; // just checked
    const { message } = failure;
    super(words(failure));
    this.generatedMessage = !message;
    hide(this, 'name', 'AssertionError [ERR_ASSERTION]');
    this.code = 'ERR_ASSERTION';
    this.actual = failure.actual;
    this.expected = failure.expected;
    this.operator = failure.operator;
    captureStackTrace(this, failure.stackStartFn ?? failure.stackStartFunction);
    settleStack(this); // it is made now, with that name
    this.name = 'AssertionError';
  }

  override toString(): string {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [inspectCustom](_depth: unknown, options: object): string {
    const { actual, expected } = this;
    this.actual = withEllipsis(actual);
    this.expected = withEllipsis(expected);
    const text = inspect(this, { ...options, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return text;
  }
}
named(AssertionError, 'AssertionError', 1);
isNodeClass(AssertionError);
hide(AssertionError.prototype, 'constructor', AssertionError);
