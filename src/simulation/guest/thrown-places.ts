/**
 * Why this file exists: what stands above an error that nobody caught: the place where it was thrown; of a rejection
 * the place where it was made, as long as its stack was not read. V8: src/execution/isolate.cc (CreateMessage,
 * ComputeLocationFromSimpleStackTrace); Node 20: src/node_errors.cc (GetErrorSource).
 */
import { isPlaced, isStackUnread } from './errors';
import { placeOfStack, sourceLine, type Place } from './errors-places';
import { isNativeError } from './inspect-hooks';
import { lineOfNode, placeOfCall, type Spot } from './node-places';
import { NativeTypeError, SafeWeakMap, SafeWeakSet, getOwnPropertyDescriptor, isObject } from './primordials';

/** The last `throw` of the program and its place: where V8 says that an uncaught error comes from. */
export const lastThrow: { value: unknown; file: number; offset: number } = { value: undefined, file: -1, offset: 0 };

/** $_g: the operand of `throw`. */
export function onThrowStatement(file: number, offset: number, value: unknown): unknown {
  lastThrow.value = value;
  lastThrow.file = file;
  lastThrow.offset = offset;
  return value;
}

const thrown = new SafeWeakMap<object, string>();
const made = new SafeWeakMap<object, string>();
/** The place is a part of the error: reading its stack does not lose it. */
const located = new SafeWeakSet();

/** The place in Node's own source, its line and a caret. */
function headAt(place: string, line: string, caret: number): string {
  return `${place}\n${line}\n${' '.repeat(caret)}^\n`;
}

/** Node's own source throws it there, wherever it was made. */
export function thrownAt<E extends object>(error: E, place: string, line: string, caret: number): E {
  return thrownWith(error, headAt(place, line, caret));
}

/** The same with lines as they are. */
export function thrownWith<E extends object>(error: E, head: string): E {
  if (lastThrow.value === error) lastThrow.file = -1;
  thrown.set(error, head);
  return error;
}

/** Node's own source makes it there: the first frame of its stack. */
export function madeAt<E extends object>(error: E, place: string, line: string, caret: number): E {
  made.set(error, headAt(place, line, caret));
  return error;
}

/** Both at once. */
export function withOrigin<E extends object>(error: E, place: string, line: string, caret: number): E {
  return madeAt(thrownAt(error, place, line, caret), place, line, caret);
}

/** A text that does not parse: the place is in it. */
export function locatedWith<E extends object>(error: E, head: string): E {
  located.add(error);
  made.set(error, head);
  return thrownWith(error, head);
}

function headOf(place: Place | undefined): string | undefined {
  return place && headAt(`${place.path}:${place.line}`, place.text, place.column - 1);
}

/** Where errors with a code are thrown that leave the checking of arguments. */
const usual = headAt('node:internal/errors:541', '      throw error;', 6);

/** An error of a wrong call, thrown from there unless Node's place for it is known. */
export function thrownAsUsual<E extends object>(error: E): E {
  return thrownWith(error, usual);
}

/** Where it was thrown. */
export function headOfThrown(error: unknown): string | undefined {
  if (lastThrow.file >= 0 && Object.is(lastThrow.value, error))
    return headOf(sourceLine(lastThrow.file, lastThrow.offset));
  if (!isObject(error)) return undefined;
  const own = thrown.get(error);
  if (own !== undefined && own !== usual) return own;
  const place = placeOfStack(error);
  return headOfSpot(placeOfCall(error, place)?.thrown) ?? own ?? headOf(place);
}

function headOfSpot(spot: Spot | undefined): string | undefined {
  return spot && headAt(spot.place, spot.line, spot.caret);
}

const carriesPlace = /^(?:Cannot read properties of (?:undefined|null) \(|Spread syntax requires )/;
const cannotDestructure = /^Cannot destructure (?:property )?'/;

/** V8 throws these at a place (isolate->ThrowAt). */
function hasPlace(error: object): boolean {
  if (located.has(error)) return true;
  if (!(error instanceof NativeTypeError)) return false;
  return isPlaced(error) ? carriesPlace.test(error.message) : cannotDestructure.test(error.message);
}

/** Where it was made, if V8 still knows. */
export function headOfMade(error: unknown): string | undefined {
  if (!isObject(error) || (!isStackUnread(error) && !hasPlace(error))) return undefined;
  const place = placeOfStack(error);
  return made.get(error) ?? headOfFrame(error) ?? headOfSpot(placeOfCall(error, place)?.made) ?? headOf(place);
}

/** The first frame of the stack, where that is Node's and its line is known. */
function headOfFrame(error: object): string | undefined {
  const stack: unknown = getOwnPropertyDescriptor(error, 'stack')?.value;
  const first = typeof stack === 'string' ? /\n {4}at ([^\n]*)/.exec(stack)?.[1] : undefined;
  const [, place, column] = /\(?(node:[^\s()]+:\d+):(\d+)\)?$/.exec(first ?? '') ?? [];
  const line = place === undefined ? undefined : lineOfNode(place);
  return place === undefined || line === undefined ? undefined : headAt(place, line, Number(column) - 1);
}

/** Only errors of the language have room for the lines; above others they are printed at once. */
export function hasRoomForHead(error: unknown): boolean {
  return isNativeError(error);
}
