/**
 * The package `readable-stream` is Node 18's stream code; where Node 20 answers otherwise its text is changed while bundling. A text that is
 * not found fails the build, so that an update cannot silently lose a change.
 */
import fs from 'node:fs';
import path from 'node:path';

/** A copy of the function, under the name and with the parameters of Node's that does the same for one mode. */
function pushed(text, mode) {
  const start = text.indexOf('function readableAddChunk(');
  const whole = text.slice(start, text.indexOf('\n}\n', start) + 3);
  return whole.replace('readableAddChunk(stream, chunk, encoding, addToFront) {', `readableAddChunkPush${mode}Mode(stream, chunk, encoding) {\n  const addToFront = false`);
}

const replacements = {
  // Node has a function for each mode, whose frames are in stacks.
  readable: [
    ['  return readableAddChunk(this, chunk, encoding, false)\n',
      `  return (this._readableState.state & kObjectMode) === 0
    ? readableAddChunkPushByteMode(this, chunk, encoding)
    : readableAddChunkPushObjectMode(this, chunk, encoding)\n`],
    ['\nfunction readableAddChunk(', text => `\n${pushed(text, 'Byte')}${pushed(text, 'Object')}function readableAddChunk(`],
  ],
  // What `write` answers is decided after the chunk was handed over: one that was taken at once fills no buffer.
  writable: [
    ['  const ret = state.length < state.highWaterMark\n  // We must ensure that previous needDrain will not be reset to false.\n  if (!ret) state.needDrain = true\n', ''],
    ['  // Return false if errored or destroyed in order to break\n',
      '  const ret = state.length < state.highWaterMark || state.length === 0\n  if (!ret) state.needDrain = true\n'],
    // Callbacks are told of no error by null, and what follows the last write comes in a tick.
    ['    state.pendingcb--\n    cb()\n', '    state.pendingcb--\n    cb(null)\n'],
    ['    errorBuffer(state)\n  }\n  finishMaybe(stream, state)\n', '    errorBuffer(state)\n  }\n  finishMaybe(stream, state, true)\n'],
    ["  this.defaultEncoding = (options && options.defaultEncoding) || 'utf8'\n",
      "  this.defaultEncoding = (options && options.defaultEncoding) || 'utf8'\n  if (!Buffer.isEncoding(this.defaultEncoding)) throw new ERR_UNKNOWN_ENCODING(this.defaultEncoding)\n"],
    ['    onfinishCallbacks[i]()\n', '    onfinishCallbacks[i](null)\n'],
    // A write without a callback that was taken at once is over at once, unless somebody waits for `drain`.
    ['    if (sync) {\n      // It is a common case',
      `    const needDrain = state.needDrain && state.length === 0
    if (sync && cb === nop) {
      if (!state.afterWritePending && (needDrain || state.destroyed)) {
        process.nextTick(afterWrite, stream, state, 1, cb)
        state.afterWritePending = true
      } else {
        state.pendingcb--
        if (state.ending) finishMaybe(stream, state, true)
      }
    } else if (sync) {
      // It is a common case`],
    ['        process.nextTick(afterWriteTick, state.afterWriteTickInfo)\n',
      '        process.nextTick(afterWriteTick, state.afterWriteTickInfo)\n        state.afterWritePending = true\n'],
    ['function afterWrite(stream, state, count, cb) {\n', 'function afterWrite(stream, state, count, cb) {\n  state.afterWritePending = false\n'],
    // Who ends a stream that has ended or failed is told so.
    ['    if (err || state.finished) {\n      process.nextTick(cb, err)\n',
      '    if (err || state.errored || state.finished) {\n      process.nextTick(cb, err || state.errored || null)\n'],
    // Any view of memory is a chunk.
    ['    } else if (Stream._isUint8Array(chunk)) {\n', '    } else if (ArrayBuffer.isView(chunk)) {\n'],
    ["['string', 'Buffer', 'Uint8Array'], chunk)", "['string', 'Buffer', 'TypedArray', 'DataView'], chunk)"],
  ],
  pipeline: [['    finishImpl(new AbortError())\n', '    finishImpl(new AbortError(undefined, { cause: outerSignal.reason }))\n']],
};

/** An esbuild plugin for the part that brings streams. */
export const streamPatch = {
  name: 'stream-patch',
  setup(build) {
    build.onLoad({ filter: /readable-stream[\\/]lib[\\/]internal[\\/]streams[\\/](?:readable|writable|pipeline)\.js$/ }, ({ path: file }) => {
      let text = fs.readFileSync(file, 'utf8');
      for (const [old, now] of replacements[path.basename(file, '.js')]) {
        if (text.split(old).length !== 2) throw new Error(`scripts/stream-patch.mjs: not found once in readable-stream: ${old}`);
        const made = typeof now === 'string' ? now : now(text);
        text = text.replace(old, () => made);
      }
      return { contents: text, loader: 'js' };
    });
  },
};
