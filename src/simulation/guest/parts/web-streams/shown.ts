/** Why this file exists: how web streams are shown. Node 20: lib/internal/webstreams (kInspect). */
import { inspectCustom, shown } from '../../modules/events/event';
import { get, hide, named } from '../../primordials';

interface Options {
  readonly depth?: number | null;
}

type Facts = (stream: object) => object;

function inner(stream: object, name: string): unknown {
  return get(stream, name); // the package's own, which a program does not know
}

const facts: Readonly<Record<string, Facts>> = {
  ReadableStream: (stream) => ({
    locked: get(stream, 'locked'), state: inner(stream, '_state'),
    supportsBYOB: 'byobRequest' in (inner(stream, '_readableStreamController') as object),
  }),
  WritableStream: (stream) => ({ locked: get(stream, 'locked'), state: inner(stream, '_state') }),
  TransformStream: (stream) => ({
    readable: get(stream, 'readable'), writable: get(stream, 'writable'), backpressure: inner(stream, '_backpressure'),
  }),
};

export function showStreams(kinds: Readonly<Record<string, { readonly prototype: object }>>): void {
  for (const [name, kind] of Object.entries(kinds)) {
    const about = facts[name];
    if (about === undefined) continue;
    const show = function (this: object, depth: number, options: Options): unknown {
      return shown(this, about(this), depth, options);
    };
    hide(kind.prototype, inspectCustom, named(show, '', 2));
  }
}
