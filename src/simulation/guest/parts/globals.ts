/**
 * Why this file exists: global names of the runtime's own making that parts, and libraries that they bundle, use: the
 * build puts these in their place, so that a program that replaces one does not matter.
 */
import { PromiseConstructor } from '../promise';

export { process } from '../process-object';
export { AbortController, AbortSignal } from '../modules/events/abort';
// The class extends null to be the specification's; it makes promises like the one that the language declares.
export const Promise = PromiseConstructor as unknown as PromiseConstructor;
