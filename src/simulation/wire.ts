/**
 * Why this file exists: inside the sandbox an event is a row of numbers; outside it is an object. Both sides read this
 * one table. Row: code, virtual ms, then the fields in order. A field ending in `$` is an index into the string table
 * or, below 0, a whole number n as −1 − n; one ending in `?` is absent when 0 (sites are stored plus one there, and the
 * first text is empty).
 */
import type { TraceEventKind } from '../trace/trace';

export const rowLength = 13;
/** Rows in one chunk of the recorder: 4096 rows × 13 numbers × 8 bytes = 416 KiB. */
export const chunkRows = 4096;

export const wireFields = {
  'statement-reached': ['site', 'frame'],
  'frame-pushed': ['frame', 'site', 'label$', 'promise?'],
  'frame-popped': ['frame', 'how$', 'value$'],
  'frame-suspended': ['frame', 'site', 'on$', 'promise?', 'value$', 'locals$?'],
  'frame-resumed': ['frame', 'site', 'how$', 'value$'],
  'promise-created': ['promise', 'origin$', 'site?', 'parent?', 'frame?', 'label$'],
  'promise-followed': ['promise', 'target?'],
  'promise-settled': ['promise', 'state$', 'value$'],
  'promise-awaited': ['promise', 'frame?', 'derived?'],
  'rejection-unhandled': ['promise', 'value$'],
  'rejection-handled': ['promise'],
  'task-queued': ['task', 'queue$', 'origin$', 'label$', 'site?', 'by?', 'during?', 'promise?', 'frame?', 'due?', 'work?'],
  'task-started': ['task'],
  'task-finished': ['task'],
  'task-cancelled': ['task'],
  'pool-opened': ['threads'],
  'work-queued': ['work', 'label$', 'trip$', 'site?', 'by?', 'during?', 'ring?'],
  'work-started': ['work', 'thread'],
  'work-finished': ['work'],
  'phase-entered': ['phase$', 'turn'],
  'clock-advanced': ['from'],
  'console-printed': ['stream$', 'text$', 'site?', 'frame?'],
  'turns-skipped': ['site', 'count', 'unit$'],
  'worker-created': ['worker', 'label$', 'site?', 'pid?'],
  'worker-started': [],
  'worker-ended': ['exitCode'],
  'agent-blocked': ['site?'],
  'agent-unblocked': ['how$'],
  'message-posted': ['message', 'label$', 'size', 'site?', 'frame?', 'channel?'],
  'message-arrived': ['message', 'task'],
  'message-taken': ['message'],
  'program-ended': ['exitCode'],
} as const satisfies Record<TraceEventKind, readonly string[]>;

// Keys of a literal typed by that very union.
export const wireKinds: readonly TraceEventKind[] = Object.keys(wireFields) as TraceEventKind[];
