/** Why this file exists: what Node's stream code asks of `events`, for the package that brings that code. */
export { EventEmitter } from '../../../modules/events/emitter';
export { abortListener as addAbortListener } from '../../../modules/events/abort';
