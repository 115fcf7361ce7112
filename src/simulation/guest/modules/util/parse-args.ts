/** Why this file exists: `util.parseArgs`: options of a command line. Node 20: lib/internal/util/parse_args. */
import { inspect } from '../../inspect';
import { checkBoolean, checkObject, checkString, codedError, invalidType } from '../../node-errors';
import { NativeTypeError, createObject, isArray } from '../../primordials';
import { process } from '../../process-object';

interface OptionConfig {
  readonly type?: unknown;
  readonly short?: unknown;
  readonly multiple?: unknown;
  readonly default?: unknown;
}

type Options = Readonly<Record<string, OptionConfig>>;

interface OptionToken {
  readonly kind: 'option';
  readonly name: string;
  readonly rawName: string;
  readonly index: number;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

type Token =
  | OptionToken
  | { readonly kind: 'positional'; readonly index: number; readonly value: string }
  | { readonly kind: 'option-terminator'; readonly index: number };

interface Config {
  readonly args?: unknown;
  readonly options?: Options;
  readonly strict?: unknown;
  readonly allowPositionals?: unknown;
  readonly allowNegative?: unknown;
  readonly tokens?: unknown;
}

function typeOf(options: Options, name: string): unknown {
  return Object.hasOwn(options, name) ? options[name]?.type : undefined;
}

function longFor(short: string, options: Options): string {
  return Object.keys(options).find((name) => options[name]?.short === short) ?? short;
}

function isShort(arg: string): boolean {
  return arg.length > 1 && arg.startsWith('-') && arg[1] !== '-';
}

function isLong(arg: string): boolean {
  return arg.length > 2 && arg.startsWith('--');
}

function tokensOf(args: readonly string[], options: Options): Token[] {
  const tokens: Token[] = [];
  const left = [...args];
  let index = -1;
  let inGroup = 0;
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (inGroup > 0) inGroup--;
    else index++;
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (const value of left) tokens.push({ kind: 'positional', index: ++index, value });
      break;
    }
    const first = arg[1] ?? '';
    const name = longFor(first, options);
    if (isShort(arg) && arg.length > 2 && typeOf(options, name) !== 'string') {
      const group = expanded(arg, options);
      left.unshift(...group);
      inGroup = group.length;
    } else if (isShort(arg) && arg.length > 2)
      tokens.push({ kind: 'option', name, rawName: `-${first}`, index, value: arg.slice(2), inlineValue: true });
    else if (isShort(arg) || (isLong(arg) && !arg.includes('=', 3))) {
      const long = isShort(arg) ? name : arg.slice(2);
      const value = typeOf(options, long) === 'string' ? left.shift() : undefined;
      tokens.push({ kind: 'option', name: long, rawName: arg, index, value, inlineValue: value === undefined ? undefined : false });
      if (value !== undefined) index++;
    } else if (isLong(arg)) {
      const at = arg.indexOf('=');
      tokens.push({ kind: 'option', name: arg.slice(2, at), rawName: arg.slice(0, at), index, value: arg.slice(at + 1), inlineValue: true });
    } else tokens.push({ kind: 'positional', index, value: arg });
  }
  return tokens;
}

/** `-rf` is `-r -f`; the first that takes a value takes the rest. */
function expanded(arg: string, options: Options): string[] {
  const group: string[] = [];
  for (let i = 1; i < arg.length; i++) {
    const short = arg[i] ?? '';
    const takesRest = typeOf(options, longFor(short, options)) === 'string' && i < arg.length - 1;
    group.push(takesRest ? `-${arg.slice(i)}` : `-${short}`);
    if (takesRest) break;
  }
  return group;
}

function invalidValue(message: string): Error {
  return codedError(NativeTypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', message);
}

function checkUsage(token: OptionToken, options: Options, allowsPositionals: boolean, allowsNegative: boolean): void {
  const { name, rawName, value } = token;
  const positive = name.slice(3);
  const isNegated = allowsNegative && name.startsWith('no-') && typeOf(options, positive) === 'boolean';
  const known = Object.hasOwn(options, name) ? name : isNegated ? positive : undefined;
  if (known === undefined) {
    const hint = allowsPositionals
      ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- ${JSON.stringify(rawName)}`
      : '';
    throw codedError(NativeTypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${rawName}'${hint}`);
  }
  const { short, type } = options[known] ?? {};
  const shown = `${typeof short === 'string' ? `-${short}, ` : ''}--${known}`;
  if (type === 'string' && value === undefined) throw invalidValue(`Option '${shown} <value>' argument missing`);
  if (type === 'boolean' && value !== undefined) throw invalidValue(`Option '${shown}' does not take an argument`);
  if (token.inlineValue !== true && value !== undefined && value.length > 1 && value.startsWith('-')) {
    const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${name}=-XYZ' or '${rawName}-XYZ'`;
    throw invalidValue(
      `Option '${rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${rawName}'?\n` +
        `To specify an option argument starting with a dash use ${example}.`,
    );
  }
}

function checkOption(name: string, option: OptionConfig): void {
  checkObject(option, `options.${name}`);
  const { type, short, multiple, default: preset } = option;
  if (type !== 'string' && type !== 'boolean') throw invalidType(`options.${name}.type`, `('string|boolean')`, type);
  if (Object.hasOwn(option, 'short')) {
    checkString(short, `options.${name}.short`);
    if ((short as string).length !== 1) {
      const message = `The property 'options.${name}.short' must be a single character. Received ${inspect(short)}`;
      throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', message);
    }
  }
  if (Object.hasOwn(option, 'multiple')) checkBoolean(multiple, `options.${name}.multiple`);
  if (preset === undefined) return;
  const check = type === 'string' ? checkString : checkBoolean;
  if (multiple !== true) check(preset, `options.${name}.default`);
  else if (!isArray(preset)) throw invalidType(`options.${name}.default`, 'an instance of Array', preset);
  else preset.forEach((each, i) => { check(each, `options.${name}.default[${i}]`); });
}

type Values = Record<string, unknown>;

function store(values: Values, name: string, value: unknown, options: Options): void {
  if (name === '__proto__') return;
  const known = values[name];
  if (!Object.hasOwn(options, name) || options[name]?.multiple !== true) values[name] = value;
  else if (isArray(known)) known.push(value);
  else values[name] = [value];
}

/** The words after the file, or, with `-e`, after the program. */
function mainArguments(): string[] {
  const { argv, execArgv } = process as unknown as { readonly argv: string[]; readonly execArgv: string[] };
  const isEval = execArgv.some((each) => /^(?:-e|--eval|-p|--print|-pe)$/.test(each));
  return argv.slice(isEval ? 1 : 2);
}

export function parseArgs(config: Config = {}): object {
  const { args = mainArguments(), strict = true, options = {} } = config;
  const { tokens: wantsTokens = false, allowNegative = false } = config;
  const { allowPositionals = !strict } = config;
  if (!isArray(args)) throw invalidType('args', 'an instance of Array', args);
  checkBoolean(strict, 'strict');
  checkBoolean(allowPositionals, 'allowPositionals');
  checkBoolean(wantsTokens, 'tokens');
  checkBoolean(allowNegative, 'allowNegative');
  checkObject(options, 'options');
  for (const [name, option] of Object.entries(options)) checkOption(name, option);
  const tokens = tokensOf(args.map(String), options);
  const values = createObject(null) as Values;
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (strict === true) checkUsage(token, options, allowPositionals === true, allowNegative === true);
      const isNegated = allowNegative === true && token.name.startsWith('no-') && token.value === undefined;
      if (isNegated) store(values, token.name.slice(3), false, options);
      else store(values, token.name, token.value ?? true, options);
    } else if (token.kind === 'positional') {
      if (allowPositionals !== true) {
        const message = `Unexpected argument '${token.value}'. This command does not take positional arguments`;
        throw codedError(NativeTypeError, 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', message);
      }
      positionals.push(token.value);
    }
  }
  for (const [name, option] of Object.entries(options))
    if (option.default !== undefined && values[name] === undefined && name !== '__proto__') values[name] = option.default;
  return { values, positionals, ...(wantsTokens === true ? { tokens } : {}) };
}
