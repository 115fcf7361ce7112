/** Why this file exists: the random functions at the top of a program, in each form a function may have. */
import type { Color, FunctionNode } from '../program';
import { renderOperand } from './expressions';
import { renderBlock } from './statements';
import { count, fresh, indent, label } from './writer';
import type { Callable, Scope, Writer } from './writer';

interface FunctionText {
  readonly text: string;
  readonly callable: Callable;
}

/** A function may call those declared before it, so that no recursion is endless. */
export function renderFunction(
  writer: Writer, node: FunctionNode, earlier: readonly Callable[], imports: readonly string[],
): FunctionText {
  count(writer, `function ${node.color}`);
  count(writer, `function form ${node.form}`);
  const name = fresh(writer, 'f');
  const argument = fresh(writer, 'a');
  const empty = { values: [argument], promises: [], handles: [] };
  const scope: Scope = { ...startOf(node.color), ...empty, functions: earlier, imports };
  const body = renderBody(writer, node, scope);
  return wrap(writer, node, name, parameterText(node, argument), body);
}

/** What may be written in the body of a function of this colour. */
export function startOf(color: Color): Pick<Scope, 'awaits' | 'yields' | 'returns' | 'loops' | 'throws'> {
  const isAsync = color === 'async' || color === 'async-generator';
  const yields = color === 'generator' ? 'sync' : color === 'async-generator' ? 'async' : 'no';
  return { awaits: isAsync, yields, returns: color === 'sync' ? 'wrapped' : 'any', loops: false, throws: isAsync };
}

function renderBody(writer: Writer, node: FunctionNode, scope: Scope): string {
  const lines = [`log(${label(writer)}, ${scope.values[0] ?? '0'});`, renderBlock(writer, scope, node.body)];
  const result = renderOperand(writer, scope, node.result);
  const ending = node.color === 'sync' ? `return Promise.resolve(${result});` : endingText(node, result);
  return indent([...lines, ending].filter((line) => line !== '').join('\n'));
}

function endingText(node: FunctionNode, result: string): string {
  if (node.ending === 'none') return '';
  if (node.ending === 'throw') return `throw ${result};`;
  return node.ending === 'return-await' && node.color !== 'generator' ? `return await ${result};` : `return ${result};`;
}

function parameterText(node: FunctionNode, name: string): string {
  if (node.parameter === 'rest') return `...${name}: any[]`;
  if (node.parameter === 'default') return `${name}: any = 5`;
  return node.parameter === 'pattern' ? `{ length: ${name} = 3 }: any = {}` : `${name}?: any`;
}

function wrap(writer: Writer, node: FunctionNode, name: string, parameter: string, body: string): FunctionText {
  const callee = ['object', 'static', 'method', 'namespace'].includes(node.form) ? `${name}.m` : name;
  const callable: Callable = { color: node.color, call: (argument) => `${callee}(${argument})` };
  return { text: functionText(writer, node, name, parameter, body), callable };
}

function functionText(writer: Writer, node: FunctionNode, name: string, parameter: string, body: string): string {
  const async = node.color === 'async' || node.color === 'async-generator' ? 'async ' : '';
  const star = node.color === 'generator' || node.color === 'async-generator' ? '*' : '';
  const rest = `(${parameter}): any {\n${body}\n}`;
  const method = `${async}${star}m${rest}`;
  if (node.form === 'namespace') return `namespace ${name} {\n${indent(`export let used = 1;\nexport ${async}function${star} m${rest}`)}\n}`;
  if (node.form === 'object') return `const ${name} = {\n${indent(method)},\n};`;
  if (node.form === 'static') return `class ${name} {\n${indent(`static ${method}`)}\n}`;
  if (node.form === 'method') {
    return `class C${name} {\n  tag = 't';\n${indent(method)}\n}\n${renderSubclass(writer, node, name)}`;
  }
  if (node.form === 'arrow' && star === '') return `const ${name} = ${async}(${parameter}): Promise<any> => {\n${body}\n};`;
  if (node.form === 'declaration') return `${async}function${star} ${name}${rest}`;
  return `const ${name} = ${async}function${star} ${rest};`;
}

/** An async method is overridden by one that awaits `super` and reads `this` afterwards, also from an arrow. */
function renderSubclass(writer: Writer, node: FunctionNode, name: string): string {
  if (node.color !== 'async') return `const ${name} = new C${name}();`;
  const lines = ['const value = await super.m(a);', `log(${label(writer)}, this.tag);`, `return (async () => [this.tag, value])();`];
  const method = `override async m(a: any): Promise<any> {\n${indent(lines.join('\n'))}\n}`;
  return `const ${name} = new (class extends C${name} {\n${indent(method)}\n})();`;
}
