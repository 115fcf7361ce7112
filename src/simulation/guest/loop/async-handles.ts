/**
 * Why this file exists: what other threads of a process wake its loop by: libuv's async handles, told in the poll phase
 * in their order, and the closing of handles, told in the phase after `check`. libuv 1.46: src/unix/async.c
 * (uv__async_io), core.c (uv__run_closing_handles).
 */
import { SafeSet, bareList } from '../primordials';

/** Something that another agent, or this one, may wake. */
export interface AsyncHandle {
  isPending: boolean;
  isRefed: boolean;
  /** Told in the poll phase after it was woken. */
  run(): void;
}

let handles = bareList<AsyncHandle>();
const closed = new SafeSet<AsyncHandle>();
let closing = bareList<() => void>();

export function openHandle(handle: AsyncHandle): void {
  handles[handles.length] = handle;
}

/** From now on it hears nothing; `told` runs in the phase of closing. */
export function closeHandle(handle: AsyncHandle, told: () => void): void {
  closed.add(handle);
  const left = bareList<AsyncHandle>();
  for (let i = 0; i < handles.length; i++) {
    const each = handles[i];
    if (each !== undefined && each !== handle) left[left.length] = each;
  }
  handles = left;
  closing[closing.length] = told;
}

/** A handle of another kind is closed: the same phase tells it. */
export function whenClosed(told: () => void): void {
  closing[closing.length] = told;
}

export function wakeHandle(handle: AsyncHandle): void {
  handle.isPending = true;
}

/** The list has no prototype: what the program does to lists does not matter. */
function some(test: (handle: AsyncHandle) => boolean): boolean {
  for (let i = 0; i < handles.length; i++) {
    const each = handles[i];
    if (each !== undefined && test(each)) return true;
  }
  return false;
}

export function handlesAlive(): boolean {
  return closing.length > 0 || some((each) => each.isRefed);
}

export function handlesPending(): boolean {
  return some((each) => each.isPending);
}

export function closingWaits(): boolean {
  return closing.length > 0;
}

/** Those that were woken, in libuv's order: each goes to the end: the order stays, and new ones come between. */
export function runHandles(): void {
  const waiting = handles;
  handles = bareList();
  for (let i = 0; i < waiting.length; i++) {
    const handle = waiting[i];
    if (handle === undefined || closed.has(handle)) continue;
    handles[handles.length] = handle;
    if (!handle.isPending) continue;
    handle.isPending = false;
    handle.run();
  }
}

/** libuv tells the one that was closed last first. */
export function runClosing(): void {
  const told = closing;
  closing = bareList();
  for (let i = told.length - 1; i >= 0; i--) told[i]?.();
}
