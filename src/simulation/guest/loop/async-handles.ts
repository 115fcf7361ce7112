/**
 * Why this file exists: what other threads of a process wake its loop by: libuv's async handles, told in the poll phase
 * in their order, and the closing of handles, told in the phase after `check`. libuv 1.46: src/unix/async.c
 * (uv__async_io), core.c (uv__run_closing_handles).
 */
import { SafeSet } from '../primordials';

/** Something that another agent, or this one, may wake. */
export interface AsyncHandle {
  isPending: boolean;
  isRefed: boolean;
  /** Told in the poll phase after it was woken. */
  run(): void;
}

let handles: AsyncHandle[] = [];
const closed = new SafeSet<AsyncHandle>();
let closing: (() => void)[] = [];

export function openHandle(handle: AsyncHandle): void {
  handles.push(handle);
}

/** From now on it hears nothing; `told` runs in the phase of closing. */
export function closeHandle(handle: AsyncHandle, told: () => void): void {
  closed.add(handle);
  handles = handles.filter((each) => each !== handle);
  closing.push(told);
}

/** A handle of another kind is closed: the same phase tells it. */
export function whenClosed(told: () => void): void {
  closing.push(told);
}

export function wakeHandle(handle: AsyncHandle): void {
  handle.isPending = true;
}

export function handlesAlive(): boolean {
  return closing.length > 0 || handles.some((each) => each.isRefed);
}

export function handlesPending(): boolean {
  return handles.some((each) => each.isPending);
}

export function closingWaits(): boolean {
  return closing.length > 0;
}

/** Those that were woken, in libuv's order: each goes to the end: the order stays, and new ones come between. */
export function runHandles(): void {
  const waiting = handles;
  handles = [];
  for (const handle of waiting) {
    if (closed.has(handle)) continue;
    handles.push(handle);
    if (!handle.isPending) continue;
    handle.isPending = false;
    handle.run();
  }
}

/** libuv tells the one that was closed last first. */
export function runClosing(): void {
  const told = closing;
  closing = [];
  for (let i = told.length - 1; i >= 0; i--) told[i]?.();
}
