/** Why this file exists: random classes as text: private members, accessors, static blocks, decorators, `super`. */
import { unreachable } from '../../../src/base/invariant';
import type { ClassNode, Member } from '../class-node';
import { renderOperand, renderValue } from './expressions';
import { startOf } from './functions';
import { guard, renderBlock } from './statements';
import { count, fresh, indent, label, nested, pickFrom, use } from './writer';
import type { Callable, Scope, Writer } from './writer';

export interface ClassText {
  readonly text: string;
  readonly callables: readonly Callable[];
}

interface Parts {
  readonly name: string;
  readonly instance: string;
  readonly parent: string | undefined;
  readonly callables: Callable[];
  /** Members that the others may read: `this.f3`, `this.#f4`. */
  readonly fields: string[];
  /** `.m5` of this class, for subclasses to override. */
  readonly scope: Scope;
}

/** `parents` are the names of classes declared before; what the class is called by goes into `callables`. */
export function renderClass(writer: Writer, node: ClassNode, scope: Scope, parents: string[]): ClassText {
  const name = fresh(writer, 'K');
  const parent = node.parent === null ? undefined : pickFrom(parents, node.parent);
  const parts: Parts = { name, instance: fresh(writer, 'k'), parent, callables: [], fields: [], scope };
  count(writer, parent === undefined ? 'class' : 'class extends');
  const members = node.members.map((member) => renderMember(writer, parts, member));
  const body = indent([...members, renderConstructor(writer, parts, node)].join('\n'));
  const decorator = node.decorated ? `@${use(writer, 'noted')}\n` : '';
  if (node.decorated) count(writer, 'class decorated');
  const head = `${decorator}class ${name}${parent === undefined ? '' : ` extends ${parent}`} {\n${body}\n}`;
  parents.push(name);
  return { text: `${head}\n${instanceText(writer, parts)}`, callables: parts.callables };
}

/** A constructor may throw; then there is still an object of the class, without its fields. */
function instanceText(writer: Writer, { name, instance }: Parts): string {
  const error = fresh(writer, 'e');
  return `let ${instance}: any;\ntry {\n  ${instance} = new ${name}('p');\n} catch (${error}) {\n  log(${label(writer)}, ${error});\n  ${instance} = Object.create(${name}.prototype);\n}`;
}

function renderConstructor(writer: Writer, parts: Parts, node: ClassNode): string {
  const parameter = fresh(writer, 'p');
  const inner = nested(parts.scope, { awaits: false, yields: 'no', returns: 'no', loops: false, throws: true });
  inner.values.push(parameter, ...parts.fields.filter((field) => !field.includes('#')));
  if (node.parameterProperties) count(writer, 'parameter properties');
  const [modifier, read] = node.parameterProperties ? ['readonly ', `this.${parameter}`] : ['', parameter];
  const lines = [
    ...(parts.parent === undefined ? [] : [`super(${parameter});`]),
    `log(${label(writer)}, new.target === ${parts.name}, ${read});`,
    renderBlock(writer, inner, node.constructed),
  ];
  return `constructor(${modifier}${parameter}: any = 1, ..._rest: any[]) {\n${indent(lines.join('\n'))}\n}`;
}

function renderMember(writer: Writer, parts: Parts, member: Member): string {
  count(writer, `member ${member.kind}`);
  switch (member.kind) {
    case 'field': return renderField(writer, parts, member);
    case 'method': return renderMethod(writer, parts, member);
    case 'accessors': return renderAccessors(writer, parts, member);
    case 'static-block': return renderStaticBlock(writer, parts, member);
    default: return unreachable(member);
  }
}

type Of<K extends Member['kind']> = Extract<Member, { kind: K }>;

function renderField(writer: Writer, parts: Parts, member: Of<'field'>): string {
  const { static: isStatic, name: form, value, decorated } = member;
  count(writer, `field ${form}${isStatic ? ' static' : ''}`);
  const name = fresh(writer, 'f');
  const spelled = form === 'private' ? `#${name}` : form === 'computed' ? `['${name}']` : name;
  const decorator = decorated && form !== 'private' && form !== 'computed' ? `@${use(writer, 'noted')} ` : '';
  const modifiers = `${isStatic ? 'static ' : ''}${form === 'accessor' ? 'accessor ' : ''}`;
  if (!isStatic) parts.fields.push(form === 'private' ? `this.#${name}` : `this.${name}`);
  return `${decorator}${modifiers}${spelled}: any = ${renderValue(writer, parts.scope, value)};`;
}

function renderMethod(writer: Writer, parts: Parts, member: Of<'method'>): string {
  count(writer, `method ${member.name} ${member.color}`);
  const [name, argument] = [fresh(writer, 'm'), fresh(writer, 'a')];
  const scope: Scope = { ...nested(parts.scope), ...startOf(member.color), imports: parts.scope.imports };
  scope.values.push(argument, ...(member.static ? [] : parts.fields));
  const lines = [
    `log(${label(writer)}, ${argument});`,
    ...reachText(writer, parts, member, scope),
    renderBlock(writer, scope, member.body),
  ];
  const result = renderOperand(writer, scope, member.result);
  lines.push(`return ${member.color === 'sync' ? `Promise.resolve(${result})` : result};`);
  const spelled = member.name === 'private' ? `#${name}` : member.name === 'computed' ? `['${name}']` : name;
  const asyncWord = member.color === 'async' || member.color === 'async-generator' ? 'async ' : '';
  const star = member.color === 'generator' || member.color === 'async-generator' ? '*' : '';
  const decorator = member.decorated && member.name === 'plain' ? `@${use(writer, 'noted')} ` : '';
  const word = member.static ? 'static ' : '';
  const text = `${decorator}${word}${asyncWord}${star}${spelled}(${argument}?: any): any {\n${indent(lines.join('\n'))}\n}`;
  return `${text}${publish(writer, parts, member, name)}`;
}

/** What a method says of `this` and `super` before its own lines. */
function reachText(writer: Writer, parts: Parts, member: Of<'method'>, scope: Scope): string[] {
  const { calls, static: isStatic, name: form } = member;
  if (calls === 'nothing') return [];
  // The compiler moves private static methods out of a decorated class, `super` with them: Node cannot parse that.
  if (calls === 'this' || (isStatic && form === 'private')) {
    return [`log(${label(writer)}, this === ${isStatic ? parts.name : parts.instance}, this?.constructor?.name);`];
  }
  const awaited = scope.awaits ? 'await ' : '';
  return [`log(${label(writer)}, ${awaited}super.toString === undefined, typeof (() => super.constructor)());`];
}

/** Methods are called from outside, private ones through a public one. */
function publish(writer: Writer, parts: Parts, member: Of<'method'>, name: string): string {
  const of = member.static ? parts.name : parts.instance;
  if (member.name !== 'private') {
    parts.callables.push({ color: member.color, call: (argument) => `${of}.${name}(${argument})` });
    return '';
  }
  const open = fresh(writer, 'o');
  parts.callables.push({ color: member.color, call: (argument) => `${of}.${open}(${argument})` });
  return `\n${member.static ? 'static ' : ''}${open}(a?: any): any {\n  return this.#${name}(a);\n}`;
}

function renderAccessors(writer: Writer, parts: Parts, member: Of<'accessors'>): string {
  const name = `${member.private ? '#' : ''}${fresh(writer, 'g')}`;
  const inner = nested(parts.scope, { awaits: false, yields: 'no', returns: 'no', loops: false, throws: true });
  const word = member.static ? 'static ' : '';
  const body = guard(writer, renderBlock(writer, inner, member.body));
  if (!member.static) parts.fields.push(`this.${name}`);
  return `${word}get ${name}(): any {\n${indent(`log(${label(writer)});\n${body}\nreturn 6;`)}\n}\n${word}set ${name}(v: any) {\n  log(${label(writer)}, v);\n}`;
}

function renderStaticBlock(writer: Writer, parts: Parts, member: Of<'static-block'>): string {
  const inner = nested(parts.scope, { awaits: false, yields: 'no', returns: 'no', loops: false, throws: true });
  const lines = `log(${label(writer)}, this === ${parts.name});\n${renderBlock(writer, inner, member.body)}`;
  return `static {\n${indent(guard(writer, lines))}\n}`;
}
