import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Imports point one way only: ui → session → worker → engine. */
const walls = (...rooms) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: rooms.map((room) => ({
        group: [`**/${room}/**`],
        message: `Not from here: ui → session → worker → engine.`,
      })),
    },
  ],
});

export default defineConfig(
  // AssemblyScript is not TypeScript: its own compiler checks it.
  globalIgnores([
    ...['dist', '.cache', '**/*-pb.ts'],
    ...['src/engine/runtime/kernels/*', '!src/engine/runtime/kernels/command.ts'],
  ]),
  js.configs.recommended,
  { files: ['**/*.mjs', '**/*.js'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['src/engine/**/*.ts'], rules: walls('worker', 'session', 'ui') },
  { files: ['src/worker/**/*.ts'], rules: walls('session', 'ui') },
  { files: ['src/session/**/*.ts'], rules: walls('ui') },
  {
    files: ['src/ui/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/recommended'], litA11y.configs.recommended],
    rules: walls('worker'),
  },
);
