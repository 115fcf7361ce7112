/**
 * Why this file exists: a frame on the stack, or parked, has values in its variables. A trace holds no variables, but
 * it holds what went into them: the arguments of the call, what an `await` brought, what a call returned. Told are
 * only names that are bound once, and values that cannot change: no object, nothing that is assigned again.
 */
import { siteCode } from './labels';
import type { TraceIndex } from './trace-index';
import { stackOf } from './agent-stacks';
import type { AgentId, FrameId, SiteId } from './trace';

export interface Binding {
  readonly name: string;
  /** As `console.log` would show it. */
  readonly value: string;
  /** The step at which it is bound, and where. */
  readonly step: number;
  readonly site: SiteId;
}

/** The bindings of every frame, in the order in which they came about. One pass over the events. */
export function bindingsOf(index: TraceIndex): ReadonlyMap<FrameId, readonly Binding[]> {
  const found = new Map<FrameId, Binding[]>();
  const statements = new Map<FrameId, SiteId>();
  const stacks = new Map<AgentId, FrameId[]>();
  function bind(frame: FrameId, binding: Binding): void {
    const known = found.get(frame) ?? [];
    found.set(frame, [...known.filter(({ name }) => name !== binding.name), binding]);
  }
  for (const [step, event] of index.trace.events.entries()) {
    const stack = stackOf(stacks, event);
    switch (event.kind) {
      case 'frame-pushed': {
        const { frame, site, label } = event;
        for (const [name, value] of argumentsOf(index, site, label)) bind(frame, { name, value, step, site });
        stack.push(frame);
        break;
      }
      case 'statement-reached': statements.set(event.frame, event.site); break;
      case 'frame-suspended': leave(stack, event.frame); break;
      case 'frame-resumed': {
        stack.push(event.frame);
        const site = statements.get(event.frame);
        if (site === undefined || event.how !== 'next' || !isFixed(event.value)) break;
        const name = boundBy(index, site, awaited);
        // The value is there; the name holds it from the next event on.
        if (name !== undefined) bind(event.frame, { name, value: event.value, step: step + 1, site });
        break;
      }
      case 'frame-popped': {
        leave(stack, event.frame);
        const caller = stack.at(-1);
        const site = caller === undefined ? undefined : statements.get(caller);
        if (caller === undefined || site === undefined || event.how === 'threw' || !isFixed(event.value)) break;
        const name = boundBy(index, site, called(index.frameLabel(event.frame)));
        if (name !== undefined) bind(caller, { name, value: event.value, step: step + 1, site });
        break;
      }
      default:
    }
  }
  return found;
}

function leave(stack: FrameId[], frame: FrameId): void {
  const place = stack.lastIndexOf(frame);
  if (place >= 0) stack.length = place;
}

/** Numbers, strings, booleans, nothing: what cannot be changed from elsewhere. */
function isFixed(value: string): boolean {
  return /^(?:-?[\d.]+(?:e[-+]?\d+)?n?|-?Infinity|NaN|true|false|null|undefined|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)$/s.test(value);
}

const constant = String.raw`^const\s+([A-Za-z_$][\w$]*)\s*(?::[^=]+)?=\s*`;
const awaited = new RegExp(String.raw`${constant}await\s[^;]*;?$`, 's');

/** A `const` whose value is that of the one call of this name, and of nothing around it. */
function called(label: string): RegExp {
  const name = /^[\w$.]+/.exec(label)?.[0]?.split('.').at(-1)?.replaceAll('$', String.raw`\$`) ?? '';
  const inside = String.raw`(?:(?!\b${name}\()[^()]|\((?:(?!\b${name}\()[^()])*\))*`;
  return new RegExp(String.raw`${constant}(?:[\w$]+\.)*${name}\(${inside}\);?$`, 's');
}

/** The name that a statement binds, if it has this form. `await a + 1` binds no awaited value. */
function boundBy(index: TraceIndex, site: SiteId, form: RegExp): string | undefined {
  const text = index.snippet(site, 300);
  const name = form.exec(text)?.[1];
  if (name === undefined || form !== awaited) return name;
  const operand = text.slice(text.indexOf('await') + 'await'.length).trim().replace(/;$/, '');
  return isOneOperand(operand) ? name : undefined;
}

/** `load(2)`, `new Promise(…)`, `this.queue.next()`: nothing is added to it. */
function isOneOperand(text: string): boolean {
  let [depth, outside] = [0, ''];
  for (const letter of text) {
    if ('([{'.includes(letter)) depth += 1;
    if (depth === 0) outside += letter;
    if (')]}'.includes(letter)) depth -= 1;
  }
  return /^(?:new\s+)?[\w$.]*(?:<[\w\s,.]*>)?$/.test(outside.trim());
}

/** Parameters with their arguments, where there are as many of the one as of the other and no name is assigned to. */
function argumentsOf(index: TraceIndex, site: SiteId, label: string): readonly (readonly [string, string])[] {
  const given = splitList(/\((.*)\)$/s.exec(label)?.[1] ?? '');
  if (given.length === 0) return [];
  const text = sourceOf(index, site);
  const parameters = splitList(/^[^(]*\(((?:[^()]|\([^()]*\))*)\)/s.exec(text)?.[1] ?? '');
  if (parameters.length !== given.length) return [];
  return parameters.flatMap((parameter, n) => {
    const name = /^([A-Za-z_$][\w$]*)\??\s*(?::.*)?$/s.exec(parameter.trim())?.[1];
    const value = given[n]?.trim();
    if (name === undefined || value === undefined || !isFixed(value) || isAssigned(text, name)) return [];
    return [[name, value] as const];
  });
}

function sourceOf({ trace }: TraceIndex, id: SiteId): string {
  const site = trace.sites[id];
  if (site === undefined || siteCode(trace, id, 10) === '') return '';
  return trace.files[site.file]?.text.slice(site.start, site.end) ?? '';
}

function isAssigned(text: string, name: string): boolean {
  const word = String.raw`(?<![\w$.])${name.replaceAll('$', String.raw`\$`)}`;
  return new RegExp(String.raw`${word}\s*(?:[-+*/%&|^?<>]{0,3}=(?![=>])|\+\+|--)|(?:\+\+|--)\s*${name}\b`).test(text);
}

/** Parts between the commas that stand in no brackets and no quotes. */
function splitList(text: string): readonly string[] {
  const parts: string[] = [];
  let [depth, quote, from] = [0, '', 0];
  for (let n = 0; n < text.length; n++) {
    const letter = text.charAt(n);
    if (quote !== '') {
      if (letter === '\\') n += 1;
      else if (letter === quote) quote = '';
    } else if (`'"\``.includes(letter)) quote = letter;
    else if ('([{<'.includes(letter)) depth += 1;
    else if (')]}>'.includes(letter)) depth -= 1;
    else if (letter === ',' && depth === 0) {
      parts.push(text.slice(from, n));
      from = n + 1;
    }
  }
  const last = text.slice(from);
  return last.trim() === '' ? parts : [...parts, last];
}
