/**
 * Why this file exists: what Node prints of an error that nobody caught: where it was thrown, its source line with a
 * caret, the error. Node 20: src/node_errors.cc (GetErrorSource, ReportFatalException).
 */
import { tellEmission } from './modules/events/emitted';
import { inspect } from './inspect';
import { nodeVersion } from './node-version';
import { isObject } from './primordials';
import { hasRoomForHead, headOfMade, headOfThrown } from './thrown-places';
import type { From } from './ticks';

const ofNode: Readonly<Record<From, string | undefined>> = {
  exception: undefined,
  microtask: '<anonymous_script>:0\n\n',
  rejection: 'node:internal/process/promises:391\n    triggerUncaughtException(err, true /* fromPromise */);\n    ^\n',
  module: 'node:internal/modules/run_main:123\n    triggerUncaughtException(\n    ^\n',
};

function headOf(error: unknown, from: From): string | undefined {
  return (from === 'exception' ? headOfThrown(error) : headOfMade(error)) ?? ofNode[from];
}

/** What V8's String::Utf8Value makes of a primitive: nothing of a symbol. */
function plainText(value: unknown): string {
  return typeof value === 'symbol' ? '' : String(value);
}

/** Node 20: lib/internal/process/execution.js, afterInspector; lib/internal/bootstrap/node.js. */
const asUncaught = { customInspect: false, depth: 5 };

const hint = '(Use `node --trace-uncaught ...` to show where the exception was thrown)\n';

export function uncaughtReport(error: unknown, from: From): string {
  const head = headOf(error, from);
  tellEmission(error);
  const end = `\nNode.js ${nodeVersion}\n`;
  // One that begins with an empty line ends without one.
  const above = head === undefined || head === '' || head.startsWith('\n') ? (head ?? '') : `${head}\n`;
  if (hasRoomForHead(error)) return `${above}${inspect(error, asUncaught)}\n${end}`;
  const words = isObject(error) ? `${inspect(error, asUncaught)}\n` : `${plainText(error)}\n${hint}`;
  return `${head === undefined ? 'Uncaught:\n' : `\n${head}`}${words}${end}`;
}
