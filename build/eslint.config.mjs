import { defineConfig } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/** Rules for everything that is type-checked. @type {import('eslint').Linter.RulesRecord} */
const everywhere = {
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  // A promise-returning interface may have an implementation that has nothing to wait for.
  '@typescript-eslint/require-await': 'off',
  'no-restricted-exports': [
    'error',
    { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } },
  ],
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  eqeqeq: ['error', 'always'],
}

export default defineConfig(
  { ignores: ['**/out/**', '**/dist/**', '**/node_modules/**', 'shared/api/openapi.json'] },
  {
    // A finding is fixed, not silenced: comments cannot switch rules off.
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
  },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: everywhere,
  },
  {
    files: ['{shared,electron,renderer}/**/*.{ts,tsx}'],
    ignores: ['electron/cli/**'],
    // What ends a process may say so.
    rules: { 'no-console': ['error', { allow: ['error'] }] },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    languageOptions: { globals: globals.browser },
    // About what the React compiler could not memoize; the project does not use it.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  {
    // A component is mostly markup, so its length says less.
    files: ['**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 150, skipBlankLines: true, skipComments: true }] },
  },
  {
    // A suite is one long function of small ones; and async matchers return what the rules cannot see through.
    files: ['test/**/*.{ts,tsx}'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
  {
    // The linter does not see the casts that JSDoc comments write; the compiler does.
    files: ['**/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  {
    // These tools read a default export.
    files: ['build/**/*.config.{ts,mjs}', 'build/**/*.config.*.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
)
