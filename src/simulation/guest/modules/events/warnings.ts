/** Why this file exists: emitters warn through `process`, which is an emitter itself: it says how once it is there. */
import { NativeError, hide } from '../../primordials';

export const warnings = {
  emit: (_warning: unknown, _type?: string): void => undefined,
  tooManyListeners(target: object, type: PropertyKey, count: number, most: number, kind: string, shown: string): void {
    const how = kind === 'EventEmitter' ? 'emitter.setMaxListeners()' : 'events.setMaxListeners()';
    const error = new NativeError(
      `Possible ${kind} memory leak detected. ${count} ${String(type)} listeners added to ${shown}. ` +
        `MaxListeners is ${most}. Use ${how} to increase limit`,
    );
    const owner = kind === 'EventEmitter' ? 'emitter' : 'target';
    Object.assign(error, { name: 'MaxListenersExceededWarning', [owner]: target, type, count });
    warnings.emit(error);
  },
};

/** An error to be emitted as a warning under its own name. */
export function warningNamed(name: string, message: string): Error {
  const error = new NativeError(message);
  hide(error, 'name', name);
  Object.defineProperty(error, 'name', { enumerable: true });
  return error;
}
