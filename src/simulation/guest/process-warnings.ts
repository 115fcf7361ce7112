/** Why this file exists: process.emitWarning and what Node prints of it. Node 20: lib/internal/process/warning.js. */
import { write } from './output';
import { checkString, invalidType } from './node-errors';
import { warnings } from './modules/events/warnings';
import { NativeError, apply, isArray, isCallable, isObject, named } from './primordials';
import { process } from './process-object';
import { standsFor } from './stood-for';
import { nextTick } from './ticks';

interface Warning extends Error {
  code?: string;
  detail?: unknown;
}

interface Details {
  readonly type?: unknown;
  readonly code?: unknown;
  readonly detail?: unknown;
}

let hinted = false;
const { toString } = NativeError.prototype;

/** The first listener of `warning`: it prints, unless the program took it away. */
function onWarning(warning: unknown): void {
  if (!(warning instanceof NativeError)) return;
  const { code, detail, name } = warning as Warning; // any error may have them
  const isDeprecation = name === 'DeprecationWarning';
  if (isDeprecation && process.noDeprecation === true) return;
  const words = isCallable(warning.toString) ? warning.toString() : apply(toString, warning, []);
  let text = `(node:${process.pid}) ${code ? `[${code}] ` : ''}${words}`;
  if (typeof detail === 'string') text += `\n${detail}`;
  if (!hinted) {
    const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings';
    text += `\n(Use \`node ${flag} ...\` to show where the warning was created)`;
    hinted = true;
  }
  write('stderr', `${text}\n`);
}

function warningOf(message: string, type: unknown, code: unknown, detail: unknown): Warning {
  const warning: Warning = new NativeError(message);
  warning.name = typeof type === 'string' && type !== '' ? type : 'Warning';
  if (typeof code === 'string') warning.code = code;
  if (detail !== undefined) warning.detail = detail;
  return warning;
}

/** `emitWarning(warning, { type, code, detail })` or `emitWarning(warning, type, code)`. */
function emitWarning(given: unknown, type?: unknown, code?: unknown): void {
  let about: Details = { type, code };
  if (isObject(type) && !isArray(type) && !isCallable(type)) {
    const options: Details = type;
    about = {
      ...options,
      type: options.type === '' ? 'Warning' : (options.type ?? 'Warning'),
      detail: typeof options.detail === 'string' ? options.detail : undefined,
    };
  } else if (isCallable(type)) about = { type: 'Warning', code: '' };
  if (about.type !== undefined) checkString(about.type, 'type');
  if (isCallable(about.code)) about = { ...about, code: '' };
  else if (about.code !== undefined) checkString(about.code, 'code');
  let warning: Error;
  if (typeof given === 'string') warning = warningOf(given, about.type, about.code, about.detail);
  else if (given instanceof NativeError) warning = given;
  else throw invalidType('warning', 'of type string or an instance of Error', given);
  if (warning.name === 'DeprecationWarning') {
    if (process.noDeprecation === true) return;
    if (process.throwDeprecation === true) {
      nextTick(() => {
        throw warning;
      }, []);
      return;
    }
  }
  nextTick(doEmitWarning, [warning]);
}

function doEmitWarning(warning: unknown): void {
  process.emit('warning', warning);
}
standsFor(doEmitWarning, 'doEmitWarning (node:internal/process/warning:94:11)');

export function installWarnings(): void {
  Object.assign(process, { emitWarning: named(emitWarning, 'emitWarning', 4) });
  process.on('warning', named(onWarning, 'onWarning'));
  warnings.emit = emitWarning;
}
