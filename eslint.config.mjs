// The rules of the house that a linter can check; who may import whom is checked by test/house.
import path from 'node:path';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const pure = ['src/base/**', 'src/trace/**', 'src/analysis/**', 'src/simulation/**', 'src/player/**', 'src/lessons/**'];
const nodeGlobals = ['process', 'Buffer', 'require', 'module', '__dirname', '__filename', 'global', 'setImmediate', 'clearImmediate'];
const clocks = ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'setImmediate', 'queueMicrotask'];
const noNames = { selector: 'TSInterfaceDeclaration[id.name=/^I[A-Z][a-z]/]', message: 'No I prefix.' };
const noEnums = { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' };
const arrow = ':matches(Program, ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator[id.typeAnnotation=undefined] > ArrowFunctionExpression';
const noArrows = { selector: arrow, message: 'A function of the file is a function declaration.' };
const noDoers = { selector: ':matches(ClassDeclaration, TSInterfaceDeclaration)[id.name=/(Manager|Helper|Utils?)$/]', message: 'Name what it is, not that it manages or helps.' };

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'media/', 'examples/', 'test/fixtures/', 'test/output/', 'test/host/node_modules/', '.vscode-test/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/unbound-method': 'error',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off', // it would ask for the `!` that we forbid
      '@typescript-eslint/unified-signatures': ['error', { ignoreDifferentlyNamedParameters: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } }],
      'no-restricted-syntax': ['error', noEnums, noNames, noDoers, noArrows],
      'no-unneeded-ternary': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/**', 'test/**/*.ts', 'test/**/*.tsx'],
    rules: {
      'max-lines': ['error', { max: 300 }],
      // A member of a union, a row of a table and a long string may stay on their one line.
      'max-len': ['error', { code: 120, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignorePattern: '^\\s*(\\| |\\{.*\\},?$|\\[.*\\],?$)' }],
    },
  },
  {
    files: pure,
    rules: { 'no-restricted-globals': ['error', ...nodeGlobals.map(name => ({ name, message: 'Node belongs to the faces: server, cli, simulator, extension.' }))] },
  },
  {
    files: ['src/analysis/types/**', 'src/simulation/build-snapshot.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    files: ['src/simulation/**', 'src/trace/**'],
    ignores: ['src/simulation/build-snapshot.ts'],
    rules: {
      'no-restricted-globals': ['error', ...[...new Set([...nodeGlobals, ...clocks])].map(name => ({ name, message: 'One clock: the virtual one.' }))],
      'no-restricted-properties': ['error',
        { object: 'Date', property: 'now', message: 'One clock: the virtual one.' },
        { object: 'performance', property: 'now', message: 'One clock: the virtual one.' },
        { object: 'Math', property: 'random', message: 'Runs must be repeatable.' }],
    },
  },
  { // It keeps the engine's own methods before a program can change them: unbound is the point.
    files: ['src/simulation/guest/**'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  { // In the sandbox the program may have replaced iterators; and `new.target` is undefined in a plain call, whatever the types say.
    files: ['src/simulation/guest/**'],
    rules: { '@typescript-eslint/prefer-for-of': 'off', '@typescript-eslint/no-unnecessary-condition': 'off' },
  },
  {
    files: ['test/**'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
  { // Our own scripts are JavaScript: checked without types.
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    extends: [tseslint.configs.recommended, tseslint.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-require-imports': 'off', 'prefer-const': 'error', eqeqeq: ['error', 'always', { null: 'ignore' }] },
  },
);
