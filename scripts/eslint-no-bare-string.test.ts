import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { noBareString } from './eslint-no-bare-string.mjs';

function found(code: string): readonly string[] {
  const linter = new Linter();
  const config: Linter.Config = {
    plugins: { drydock: { rules: { 'no-bare-string': noBareString } } },
    rules: { 'drydock/no-bare-string': 'error' },
  };
  return linter.verify(code, [config]).map(({ message }) => message);
}

test.each([
  "editor.showInformation('Something happened.')",
  'editor.showWarning(`Removed ${name}`)',
  "editor.confirm(t('Remove?'), undefined, 'Remove')",
  "editor.ask(t('Name'), { prompt: 'The name of it' })",
  "x = { label: many ? 'Remove all' : 'Remove' }",
  "throw new EngineError('failed', 'It is not there')",
  "x = { message: 'Not ' + 'good at all' }",
  "rule({ check() { return { message: 'Use that instead' } } })",
])('bare: %s', (code) => {
  expect(found(code)).not.toEqual([]);
});

test.each([
  "editor.showInformation(t('Something happened.'))",
  "editor.ask(t('Name'), { placeholder: 'python:3.13-slim', value: '/tmp/' })",
  "x = { label: 'FROM', description: `${a} · ${b}` }",
  "command({ title: 'Start Container', shortTitle: 'Start' })",
  "x = { id: 'images', title: 'Images' }",
  "log.warn('The engine sends no more events')",
  "new EngineError('failed', error.message)",
  "x = { note: 'Not shown at all' }",
])('fine: %s', (code) => {
  expect(found(code)).toEqual([]);
});
