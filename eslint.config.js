import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/', '**/*.js', '!src/web/scripts/*.js', 'build-if-changed.mjs'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-console': 'error',
      // The clock is an argument (src/platform/clock.ts): a hidden "now" cannot be tested at midnight.
      'no-restricted-syntax': ['error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Ask the Clock for the time.' },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Ask the Clock for the time.' }],
    },
  },
  { files: ['src/platform/clock.ts', 'src/platform/embedded-database/**', 'test/**'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['test/support/*.mjs'], languageOptions: { globals: { URL: 'readonly' } } },
  {
    files: ['src/web/scripts/*.js'],
    languageOptions: { globals: { document: 'readonly', window: 'readonly', fetch: 'readonly', localStorage: 'readonly',
      setTimeout: 'readonly', clearTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', navigator: 'readonly',
      FormData: 'readonly', URL: 'readonly', URLSearchParams: 'readonly', AbortController: 'readonly', HTMLElement: 'readonly',
      HTMLFormElement: 'readonly', Event: 'readonly', CustomEvent: 'readonly', Intl: 'readonly', Date: 'readonly', location: 'readonly', history: 'readonly', crypto: 'readonly', console: 'readonly' } },
    rules: { 'no-restricted-syntax': 'off' },
  },
);
