/**
 * Why this file exists: what Node prints of an error that nobody caught: where it was thrown, its source line with a
 * caret, the error. Node 20: src/node_errors.cc (GetErrorSource, ReportFatalException).
 */
import { tellEmission } from './modules/events/emitted';
import { placeOfStack, sourceLine, type Place } from './errors-places';
import { inspect } from './inspect';
import { nodeVersion } from './node-version';
import { originOf } from './node-errors';
import { NativeError, isObject } from './primordials';
import type { From } from './ticks';

/** The last `throw` of the program and its place: where V8 says that an uncaught error comes from. */
export const lastThrow: { value: unknown; file: number; offset: number } = { value: undefined, file: -1, offset: 0 };

/** $_g: the operand of `throw`. */
export function onThrowStatement(file: number, offset: number, value: unknown): unknown {
  lastThrow.value = value;
  lastThrow.file = file;
  lastThrow.offset = offset;
  return value;
}

const ofNode: Readonly<Record<From, string | undefined>> = {
  exception: undefined,
  microtask: '<anonymous_script>:0\n\n',
  rejection: 'node:internal/process/promises:391\n    triggerUncaughtException(err, true /* fromPromise */);\n    ^\n',
  module: 'node:internal/modules/run_main:123\n    triggerUncaughtException(\n    ^\n',
};

function headOf(error: unknown, from: From): string | undefined {
  let place: Place | undefined;
  if (from === 'exception' && lastThrow.file >= 0 && Object.is(lastThrow.value, error))
    place = sourceLine(lastThrow.file, lastThrow.offset);
  else if (originOf(error) !== undefined) return originOf(error);
  else if (error instanceof NativeError) place = placeOfStack(error);
  if (place === undefined) return ofNode[from];
  return `${place.path}:${place.line}\n${place.text}\n${' '.repeat(place.column - 1)}^\n`;
}

/** What V8's String::Utf8Value makes of a primitive: nothing of a symbol. */
function plainText(value: unknown): string {
  return typeof value === 'symbol' ? '' : String(value);
}

/** Node 20: lib/internal/process/execution.js, afterInspector; lib/internal/bootstrap/node.js. */
const asUncaught = { customInspect: false, depth: 5 };

const hint = '(Use `node --trace-uncaught ...` to show where the exception was thrown)\n';

export function uncaughtReport(error: unknown, from: From): string {
  tellEmission(error);
  const head = headOf(error, from);
  const end = `\nNode.js ${nodeVersion}\n`;
  // One that begins with an empty line ends without one.
  const above = head === undefined || head === '' || head.startsWith('\n') ? (head ?? '') : `${head}\n`;
  if (error instanceof NativeError) return `${above}${inspect(error, asUncaught)}\n${end}`;
  const words = isObject(error) ? `${inspect(error, asUncaught)}\n` : `${plainText(error)}\n${hint}`;
  return `${head === undefined ? 'Uncaught:\n' : `\n${head}`}${words}${end}`;
}
