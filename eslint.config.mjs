import tseslint from 'typescript-eslint';
import drydock from './scripts/eslint-no-bare-string.mjs';

/** Directories whose code cannot fail: it contains neither `throw` nor `try`. */
const totalRooms = [
  'text',
  'images',
  'syntax',
  'shell',
  'programs',
  'reference',
  'model',
  'lint',
  'rules',
  'features',
  'outcome',
];

/** Arguments are on the stack: with more than a hundred thousand, the call throws a RangeError. */
const noSpreadPush = {
  selector: 'CallExpression[callee.property.name=/^(?:push|unshift|splice)$/] > SpreadElement',
  message: 'Add the elements one by one: a long list does not fit on the stack.',
};

export default tseslint.config(
  { ignores: ['dist/', 'artefacts/', 'node_modules/', '.vscode-test/', 'samples/'] },
  {
    files: ['**/*.{ts,mts}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      eqeqeq: 'error',
    },
  },
  {
    files: ['server/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', noSpreadPush] },
  },
  {
    files: totalRooms.map((room) => `server/src/${room}/**/*.ts`),
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        noSpreadPush,
        { selector: 'ThrowStatement', message: 'Code here cannot fail: return errors as data.' },
        { selector: 'TryStatement', message: 'Code here cannot fail: return errors as data.' },
        {
          // Such a function also keeps what it references until the next full garbage collection.
          selector:
            'AssignmentExpression[left.type="MemberExpression"][right.type=/^(ArrowFunction|Function)Expression$/]',
          message:
            'V8 puts a function that is assigned to a property in old space: assign it to a constant first.',
        },
      ],
    },
  },
  {
    // The model limits the length of values: without it, 40 lines of `ARG B=$A$A` fill the memory.
    files: ['server/src/**/*.ts', 'contract/**/*.ts', 'client/**/*.ts'],
    ignores: ['**/*.test.ts', 'server/src/model/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/syntax/expand.ts', './expand.ts'],
              allowTypeImports: true,
              message: 'Expand words with `model.expand` or `expandWithValues` of model/values.ts.',
            },
          ],
        },
      ],
    },
  },
  {
    files: [
      '**/*.test.ts',
      'test/**/*.ts',
      'server/src/rules/**/*.ts',
      'server/src/reference/**/*.ts',
    ],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // Generated, with lines per rule.
    files: ['server/src/rules/index.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['**/*.test.ts', 'test/**/*.{ts,mts}'],
    rules: { 'max-lines': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: [
      'client/src/**/*.ts',
      'server/src/{lint,project,rules,features,outcome,lsp,cli}/**/*.ts',
    ],
    // Its texts are collected into package.nls.json.
    ignores: ['**/*.test.ts', 'client/src/manifest.ts'],
    plugins: { drydock },
    rules: { 'drydock/no-bare-string': 'error' },
  },
);
