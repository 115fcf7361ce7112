/** Why this file exists: the kinds of events: an Event and what its init dictionary says besides. */
import { SafeWeakMap, defineProperty, isObject } from '../../../primordials';
import { asInterface } from '../interfaces';
import { checkConstructed } from '../web-errors';
import { Event } from './event';

type Fields = Readonly<Record<string, unknown>>;
export type EventClass = new (type: unknown, init?: object) => Event;

const values = new SafeWeakMap<Event, Fields>();

function read(event: Event, key: string): unknown {
  return values.get(event)?.[key];
}

/** Members that the init dictionary may give, with what they are when it does not. */
function kind(name: string, Base: EventClass, fields: Fields): EventClass {
  const Kind = class extends Base {
    constructor(...given: [type?: unknown, init?: unknown]) {
      checkConstructed(given, 1, name);
      const init = isObject(given[1]) ? (given[1] as Fields) : {};
      super(given[0], init);
      const own: Record<string, unknown> = { ...values.get(this) };
      for (const key of Object.keys(fields)) own[key] = init[key] === undefined ? fields[key] : init[key];
      values.set(this, own);
    }
  };
  for (const key of Object.keys(fields)) {
    defineProperty(Kind.prototype, key, {
      get(this: Event) {
        return read(this, key);
      },
      enumerable: true,
      configurable: true,
    });
  }
  asInterface(Kind, name, 1);
  return Kind;
}

const modifiers = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };
const place = {
  screenX: 0, screenY: 0, clientX: 0, clientY: 0, pageX: 0, pageY: 0, offsetX: 0, offsetY: 0, x: 0, y: 0,
};

export const CustomEvent = kind('CustomEvent', Event, { detail: null });
export const UIEvent = kind('UIEvent', Event, { view: null, detail: 0 });
export const FocusEvent = kind('FocusEvent', UIEvent, { relatedTarget: null });
export const MouseEvent = kind('MouseEvent', UIEvent, { ...modifiers, ...place, button: 0, buttons: 0, relatedTarget: null });
const pointer = { pointerId: 0, pointerType: '', isPrimary: false, pressure: 0, width: 1, height: 1 };
export const PointerEvent = kind('PointerEvent', MouseEvent, pointer);
export const KeyboardEvent = kind('KeyboardEvent', UIEvent, { ...modifiers, key: '', code: '', repeat: false, isComposing: false });
export const InputEvent = kind('InputEvent', UIEvent, { data: null, inputType: '', isComposing: false });
export const MessageEvent = kind('MessageEvent', Event, { data: null, origin: '', lastEventId: '', source: null, ports: [] });
export const ErrorEvent = kind('ErrorEvent', Event, { message: '', filename: '', lineno: 0, colno: 0, error: undefined });
export const SubmitEvent = kind('SubmitEvent', Event, { submitter: null });
export const PromiseRejectionEvent = kind('PromiseRejectionEvent', Event, { promise: undefined, reason: undefined });
export const ProgressEvent = kind('ProgressEvent', Event, { lengthComputable: false, loaded: 0, total: 0 });
