/**
 * Why this file exists: the errors of the file system: libuv's codes and words, and the properties that Node gives
 * them. Node 20: src/api/exceptions.cc (UVException).
 */
import { NativeError } from '../../primordials';
import { systemFaults, type FaultCode } from '../../system-faults';

/** Why a call of the system failed: what libuv would answer. */
export class Fault extends NativeError {
  constructor(readonly code: FaultCode) {
    super(code);
  }
}

/** What was asked of the system, as errors tell it. */
export interface Asked {
  readonly syscall: string;
  readonly path?: string | undefined;
  readonly dest?: string | undefined;
  /** What the message tells instead of the path. */
  readonly tried?: string | undefined;
}

/** The error that the program gets. */
export function errorOf(fault: Fault, { syscall, path, dest, tried = path }: Asked): Error {
  const [number, words] = systemFaults[fault.code];
  const where = path === undefined ? '' : ` '${tried ?? path}'${dest === undefined ? '' : ` -> '${dest}'`}`;
  const error = new NativeError(`${fault.code}: ${words}, ${syscall}${where}`);
  Object.assign(error, { errno: -number, code: fault.code, syscall });
  if (path !== undefined) Object.assign(error, { path });
  if (dest !== undefined) Object.assign(error, { dest });
  return error;
}
