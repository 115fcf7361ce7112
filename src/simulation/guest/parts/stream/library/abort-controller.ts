/** Why this file exists: what Node's stream code asks for by the name of a package. */
export { AbortController, AbortSignal } from '../../../modules/events/abort';
