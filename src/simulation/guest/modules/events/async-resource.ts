/** Why this file exists: EventEmitterAsyncResource: an emitter whose listeners run in the context it was made in. */
import { AsyncResource } from '../../async-hooks';
import { checkString } from '../../node-errors';
import { named } from '../../primordials';
import { newEmitter, type Key } from './emitter';

interface Options {
  readonly name?: unknown;
  readonly triggerAsyncId?: number;
}

let made: object | undefined;

/** Made when it is first asked for. */
export function emitterAsyncResource(): object {
  made ??= make();
  return made;
}

function make(): object {
  class EventEmitterAsyncResource extends newEmitter {
    readonly #resource: AsyncResource;

    constructor(options?: string | Options) {
      super();
      const given = typeof options === 'string' ? { name: options } : options;
      if (typeof options !== 'string' && new.target === EventEmitterAsyncResource)
        checkString(given?.name, 'options.name');
      this.#resource = new AsyncResource(given?.name ?? new.target.name, given);
    }

    override emit(type: Key, ...args: unknown[]): boolean {
      return this.#resource.runInAsyncScope(super.emit, this, type, ...args) as boolean; // what emit answers
    }

    emitDestroy(): void {
      this.#resource.emitDestroy();
    }

    get asyncId(): number {
      return this.#resource.asyncId();
    }

    get triggerAsyncId(): number {
      return this.#resource.triggerAsyncId();
    }

    get asyncResource(): AsyncResource {
      return this.#resource;
    }
  }
  return named(EventEmitterAsyncResource, 'EventEmitterAsyncResource');
}
