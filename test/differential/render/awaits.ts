/** Why this file exists: an `await` may stand in many places of a statement, and each is lowered in its own way. */
import type { AwaitForm } from '../program';
import { count, fresh, label, use } from './writer';
import type { Writer } from './writer';

/** Lines for one statement. `declared` is a variable that later lines of the block may use. */
export interface AwaitText {
  readonly lines: string;
  readonly declared?: string;
}

export function renderAwait(writer: Writer, form: AwaitForm, x: string, y: string): AwaitText {
  count(writer, `await ${form}`);
  if (form === 'declare') return declare(writer, x);
  return { lines: texts[form](writer, `await ${x}`, `await ${y}`) };
}

function declare(writer: Writer, x: string): AwaitText {
  const declared = fresh(writer, 'v');
  return { lines: `const ${declared}: any = await ${x};\nlog(${label(writer)}, ${declared});`, declared };
}

type Text = (writer: Writer, x: string, y: string) => string;

const texts: Readonly<Record<Exclude<AwaitForm, 'declare'>, Text>> = {
  'statement': (writer, x) => `${x};\nlog(${label(writer)});`,
  'argument': (writer, x) => `log(${label(writer)}, ${x});`,
  'template': (writer, x, y) => `log(${label(writer)}, \`<\${show(${x})}|\${show(${y})}>\`);`,
  'two-arguments': (writer, x, y) => `log(${label(writer)}, ${x}, ${y});`,
  'object-default': (writer, x) => {
    const name = fresh(writer, 'v');
    return `const { a: ${name} = ${x} } = { a: undefined } as any;\nlog(${label(writer)}, ${name});`;
  },
  'array-default': (writer, x, y) => {
    const [first, second] = [fresh(writer, 'v'), fresh(writer, 'v')];
    return `const [${first} = ${x}, ${second}] = [undefined, ${y}] as any[];\nlog(${label(writer)}, ${first}, ${second});`;
  },
  'parameter-pattern': (writer, x) => {
    const name = fresh(writer, 'v');
    return `const { length: ${name} = 'none' } = ((${x}) ?? '') as any;\nlog(${label(writer)}, ${name});`;
  },
  'short-circuit': (writer, x, y) => `log(${label(writer)}, (${use(writer, 'shared')} && (${x})) ?? (${y}));`,
  'conditional': (writer, x, y) => `log(${label(writer)}, ${use(writer, 'shared')} % 2 === 0 ? ${x} : ${y});`,
  'object-literal': (writer, x, y) => `log(${label(writer)}, { a: ${use(writer, 'shared')}++, b: ${x}, c: ${y}, d: shared++ });`,
  'array-literal': (writer, x, y) => `log(${label(writer)}, [${use(writer, 'shared')}++, ${x}, shared++, ${y}]);`,
  'compound': (writer, x) => {
    const name = fresh(writer, 'v');
    return `let ${name}: any = '';\n${name} += show(${x});\n${use(writer, 'shared')} += await 1;\nlog(${label(writer)}, ${name}, shared);`;
  },
  'nested': (writer, x, y) => `log(${label(writer)}, await (${x}), await [${y}][0]);`,
  'throw': (writer, x) => `try {\n  throw ${x};\n} catch (error) {\n  log(${label(writer)}, error);\n}`,
  'switch': (writer, x, y) =>
    `switch (${x} as any) {\n  case 1:\n    log(${label(writer)});\n    break;\n  case ${y}:\n    log(${label(writer)});\n  default:\n    log(${label(writer)});\n}`,
  'spread': (writer, x, y) => `log(${label(writer)}, ...[${x}, ...[${y}]]);`,
  'computed-key': (writer, x, y) => `log(${label(writer)}, { [show(${x})]: ${y} });`,
  'callee': (writer, x) => `(await Promise.resolve(log))(${label(writer)}, ${x});`,
  'optional-call': (writer, x, y) => `log(${label(writer)}, (undefined as any)?.f(${x}), ({ f: show } as any)?.f?.(${y}));`,
  'comma': (writer, x, y) => `log(${label(writer)}, (${x}, ${y}));`,
  'construct': (writer, x) => `log(${label(writer)}, new Map<any, any>([['k', ${x}]]).get('k'));`,
  'for-of-head': (writer, x, y) => {
    const name = fresh(writer, 'v');
    return `for (const ${name} of [${x}, ${y}]) log(${label(writer)}, ${name});`;
  },
  'if-condition': (writer, x) => `if (${x}) log(${label(writer)});\nelse log(${label(writer)});`,
  'while-condition': (writer, x) => {
    const name = fresh(writer, 'n');
    return `let ${name} = 0;\nwhile (${name}++ < 2 && (${x}) !== 7) log(${label(writer)}, ${name});`;
  },
  'operands': (writer, x, y) => `log(${label(writer)}, show(${use(writer, 'shared')}++) + show(${x}) + show(shared++) + show(${y}));`,
  'member-target': (writer, x, y) => {
    const name = fresh(writer, 'o');
    return `const ${name}: any = {};\n${name}[show(${x})] = ${y};\nlog(${label(writer)}, ${name});`;
  },
  'logical-assignment': (writer, x, y) => {
    const name = fresh(writer, 'v');
    return `let ${name}: any;\n${name} ??= ${x};\n${name} &&= ${y};\n${name} ||= await 3;\nlog(${label(writer)}, ${name});`;
  },
  'swap': (writer, x) => {
    const [first, second] = [fresh(writer, 'v'), fresh(writer, 'v')];
    return `let [${first}, ${second}]: any[] = [1, 2];\n[${first}, ${second}] = [${second}, ${x}];\nlog(${label(writer)}, ${first}, ${second});`;
  },
  'return-in-try': (writer, x, y) => {
    const error = fresh(writer, 'e');
    const body = `  try {\n    return ${x};\n  } catch (${error}) {\n    log(${label(writer)}, ${error});\n    return ${y};\n  } finally {\n    log(${label(writer)});\n  }`;
    return `log(${label(writer)}, await (async () => {\n${body}\n})());`;
  },
  'tagged': (writer, x, y) => `log(${label(writer)}, ${use(writer, 'tag')}\`\${${x}}-\${${y}}\`);`,
};
