/**
 * Why this file exists: the text that stands in for a module of a package: what it exports by its types, made up. Only
 * what the program names is in it, so that a reader can read it.
 */
import ts from 'typescript';
import { indented } from '../made-up-words';
import { callText } from './calls';
import { exportedText } from './objects';
import { classFor } from './classes';
import { valueText } from './values';
import { freeName, isKey, keyText, newWriter, symbolOf, type Block, type Usage, type Writer } from './writer';

export interface StandInText {
  readonly text: string;
  readonly format: 'module' | 'commonjs';
}

/**
 * `name` is how the program imports it, `isDefaultWanted` whether the module as a whole is. Undefined where its types
 * export no value.
 */
export function standInText(
  program: ts.Program,
  module: ts.Symbol,
  name: string,
  usage: Usage,
  isDefaultWanted: boolean,
): StandInText | undefined {
  const writer = newWriter(program, name, usage, valueText, classFor);
  const whole = module.exports?.get(ts.InternalSymbolName.ExportEquals);
  const text =
    whole === undefined ? namesText(writer, module, isDefaultWanted) : wholeText(writer, resolved(writer, whole));
  if (text === undefined) return undefined;
  const head = `// Made up from the types of ${name}: nothing of the package itself runs.\n`;
  const used = reachedFrom(text, writer.blocks);
  const blocks = sorted(used).map((each) => `${each.text}\n`);
  const format = whole === undefined ? 'module' : 'commonjs';
  return { text: [head + importsText(writer, format, [text, ...blocks].join('')), ...blocks, text].join('\n'), format };
}

/** Blocks that the text names, and those that these name. */
function reachedFrom(text: string, blocks: readonly Block[]): Block[] {
  const reached = new Set<Block>();
  const read = (part: string): void => {
    const words = new Set(part.match(/[\w$]+/g));
    for (const block of blocks) {
      if (!words.has(block.name) || reached.has(block)) continue;
      reached.add(block);
      read(block.text);
    }
  };
  read(text);
  return blocks.filter((each) => reached.has(each));
}

function importsText({ nodes }: Writer, format: StandInText['format'], text: string): string {
  return [...nodes]
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(text))
    .map(([name, module]) =>
      format === 'module' ? `import { ${name} } from '${module}';\n` : `const { ${name} } = require('${module}');\n`,
    )
    .join('');
}

/** A class stands after the one below it. */
function sorted(blocks: readonly Block[]): Block[] {
  const done: Block[] = [];
  const add = (block: Block): void => {
    if (done.includes(block)) return;
    const base = blocks.find(({ name }) => name === block.base);
    if (base !== undefined) add(base);
    done.push(block);
  };
  blocks.forEach(add);
  return done;
}

function resolved({ checker }: Writer, symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/** An ES module: each name that the program has, and a default with them all where the types have none. */
function namesText(writer: Writer, module: ts.Symbol, isDefaultWanted: boolean): string | undefined {
  const exported: { readonly name: string; readonly local: string }[] = [];
  const texts: string[] = [];
  for (const symbol of writer.checker.getExportsOfModule(module)) {
    const target = resolved(writer, symbol);
    const isWanted =
      symbol.name === 'default' ? isDefaultWanted : writer.isMentioned(symbol.name) && isKey(symbol.name);
    if (!isWanted || (target.flags & ts.SymbolFlags.Value) === 0) continue;
    const key = symbol.name === 'default' ? writer.module : `${writer.module}.${symbol.name}`;
    const { local, text } = declared(
      writer,
      target,
      symbol.name === 'default' ? lastPart(writer.module) : symbol.name,
      key,
    );
    texts.push(text);
    exported.push({ name: symbol.name, local });
  }
  if (exported.length === 0) return undefined;
  const names = exported.map(({ name, local }) => (name === local ? name : `${local} as ${name}`));
  const all = exported.map(({ name, local }) => (name === local ? name : `${name}: ${local}`));
  const rest =
    !isDefaultWanted || exported.some(({ name }) => name === 'default')
      ? ''
      : `export default { ${all.join(', ')} };\n`;
  return `${texts.join('')}export { ${names.join(', ')} };\n${rest}`;
}

/** `export =`: one value is the whole module. */
function wholeText(writer: Writer, symbol: ts.Symbol): string | undefined {
  if ((symbol.flags & ts.SymbolFlags.Value) === 0) return undefined;
  const { local, text } = declared(writer, symbol, lastPart(writer.module), writer.module);
  const members = writer.checker
    .getExportsOfModule(symbol)
    .filter((each) => writer.isMentioned(each.name) && isKey(each.name));
  const names = new Set(
    [
      ...members,
      ...typeOf(writer, symbol)
        .getProperties()
        .filter((each) => writer.isMentioned(each.name) && isKey(each.name)),
    ]
      .filter((each) => each.name !== 'prototype' && (resolved(writer, each).flags & ts.SymbolFlags.Value) !== 0)
      .map((each) => each.name),
  );
  // Node's lexer finds the names of a CommonJS module in assignments like these.
  const again = [...names].map((name) => `module.exports.${name} = ${local}.${name};\n`).join('');
  return `${text}module.exports = ${local};\n${again}`;
}

function lastPart(module: string): string {
  return (/[^/]*$/.exec(module)?.[0] ?? '')
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/\W/g, '');
}

interface Declared {
  readonly local: string;
  readonly text: string;
}

function typeOf({ checker }: Writer, symbol: ts.Symbol): ts.Type {
  const [declaration] = symbol.declarations ?? [];
  return declaration === undefined
    ? checker.getTypeOfSymbol(symbol)
    : checker.getTypeOfSymbolAtLocation(symbol, declaration);
}

function declared(writer: Writer, symbol: ts.Symbol, wanted: string, key: string): Declared {
  const { flags } = symbol;
  const known = writer.declared.get(symbol);
  if (known !== undefined) return { local: known, text: '' }; // namespaces name themselves
  if ((flags & ts.SymbolFlags.Class) !== 0) {
    const name = classFor(writer, symbol, key) ?? 'Object';
    writer.declared.set(symbol, name);
    return { local: name, text: namespaceText(writer, symbol, name, key) };
  }
  const local = freeName(writer, wanted);
  writer.declared.set(symbol, local);
  if ((flags & ts.SymbolFlags.Function) !== 0) {
    const calls = typeOf(writer, symbol).getCallSignatures();
    return {
      local,
      text: `function ${local}${callText(writer, calls, key)}\n\n${namespaceText(writer, symbol, local, key)}`,
    };
  }
  if ((flags & ts.SymbolFlags.Enum) !== 0) return { local, text: `const ${local} = ${enumText(writer, symbol)};\n\n` };
  if ((flags & ts.SymbolFlags.ValueModule) !== 0 && (flags & ts.SymbolFlags.Variable) === 0)
    return { local, text: `const ${local} = {};\n${namespaceText(writer, symbol, local, key)}\n` };
  return { local, text: `const ${local} = ${variableText(writer, typeOf(writer, symbol), local, key)};\n\n` };
}

/** What a namespace of the same name adds to a class or function, or has alone. */
function namespaceText(writer: Writer, symbol: ts.Symbol, local: string, key: string): string {
  if ((symbol.flags & ts.SymbolFlags.ValueModule) === 0) return '';
  return writer.checker
    .getExportsOfModule(symbol)
    .flatMap((each) => {
      const target = resolved(writer, each);
      if ((target.flags & ts.SymbolFlags.Value) === 0 || !writer.isMentioned(each.name) || !isKey(each.name)) return [];
      const inner = declared(writer, target, each.name, `${key}.${each.name}`);
      return [`${inner.text}${local}.${each.name} = ${inner.local};\n`];
    })
    .join('');
}

function enumText({ checker }: Writer, symbol: ts.Symbol): string {
  const members = [...(symbol.exports?.values() ?? [])].flatMap((each) => {
    const declaration = each.valueDeclaration;
    if (declaration === undefined || !ts.isEnumMember(declaration)) return [];
    return [`${keyText(each.name)}: ${JSON.stringify(checker.getConstantValue(declaration) ?? each.name)}`];
  });
  return `{ ${members.join(', ')} }`;
}

function variableText(writer: Writer, type: ts.Type, hint: string, key: string): string {
  const [construct] = type.getConstructSignatures();
  if (construct !== undefined) return constructorText(writer, construct, type, key);
  if (type.getCallSignatures().length > 0 || hasFunctions(writer, type)) return exportedText(writer, type, key);
  return writer.value(type, { hint, depth: 0, key });
}

function hasFunctions(writer: Writer, type: ts.Type): boolean {
  const { checker, isMentioned } = writer;
  return (
    !type.isUnion() &&
    type.getProperties().some((each) => {
      const member = checker.getTypeOfSymbol(each);
      return (
        isMentioned(each.name) && (member.getCallSignatures().length > 0 || member.getConstructSignatures().length > 0)
      );
    })
  );
}

/** `const Client: { new (): Client }`: what is constructed is made as a value of its type. */
function constructorText(writer: Writer, construct: ts.Signature, type: ts.Type, key: string): string {
  const instance = writer.checker.getReturnTypeOfSignature(construct);
  const symbol = symbolOf(instance);
  if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Class) !== 0) {
    const name = classFor(writer, symbol, key);
    if (name !== undefined) return name;
  }
  const value = writer.value(instance, { hint: lastPart(key), depth: 0, key });
  const statics =
    type.getCallSignatures().length > 0
      ? `return ${value};`
      : `if (new.target) return ${value};\n  throw new TypeError('it is a class');`;
  return `function () {\n${indented(statics)}\n}`;
}
