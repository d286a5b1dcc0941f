import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../client/src/commands/index.ts';

const page = readFileSync(
  path.resolve(import.meta.dirname, '../../docs/commands-compared.md'),
  'utf8',
);
const named = new Set([...page.matchAll(/`drydock\.([\w.-]+)`/g)].map(([, id = '']) => id));
const ids = commands.map(({ id }) => id);

test('the page names no command that is not there', () => {
  expect([...named].filter((id) => !ids.includes(id))).toEqual([]);
});

test('every command of the views is compared', () => {
  const ofViews = ids.filter((id) => !id.startsWith('dockerfile.'));
  expect(ofViews.filter((id) => !named.has(id))).toEqual([]);
});

test('commands go by the titles that they have', () => {
  const wrong = commands.filter(
    ({ id, command }) => named.has(id) && !page.includes(command.title),
  );
  expect(wrong.map(({ id }) => id)).toEqual([]);
});
