import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../client/src/commands/index.ts';
import { manifestGenerated } from './manifest.ts';
import { settingsOf } from './settings.ts';

const root = path.resolve(import.meta.dirname, '../..');
const written = readFileSync(path.join(root, 'package.json'), 'utf8');
const files = manifestGenerated(commands, settingsOf({}), written);
const manifest = files.get('package.json') ?? '';
const texts = JSON.parse(files.get('package.nls.json') ?? '{}') as Record<string, string>;

test('every text that the manifest names exists, and every text is named', () => {
  const named = [...manifest.matchAll(/%([\w.-]+)%/g)].map(([, key]) => key);
  expect(named.filter((key) => texts[key ?? ''] === undefined)).toEqual([]);
  expect(Object.keys(texts).filter((key) => !named.includes(key))).toEqual([]);
});

test('links in texts and keys lead to commands that exist', () => {
  const called = [
    ...JSON.stringify(texts).matchAll(/command:drydock\.([\w.-]+)/g),
    ...manifest.matchAll(/"command":"drydock\.([\w.-]+)"/g),
  ].map(([, id]) => id);
  const ids = commands.map(({ id }) => id);
  expect([...new Set(called)].filter((id) => !ids.includes(id ?? ''))).toEqual([]);
});

test('a row has three buttons at most, and each in a place of its own', () => {
  for (const state of ['running', 'exited']) {
    const places = commands
      .filter(({ command }) => command.on === 'container' && command.inline !== undefined)
      .filter(({ command }) => command.needs?.every((words) => words.split('|').includes(state)))
      .map(({ command }) => command.inline);
    expect(places.length).toBeLessThanOrEqual(3);
    expect(new Set(places).size).toBe(places.length);
  }
});

test('titles in the palette differ', () => {
  const titles = commands.map(({ command }) => command.title);
  expect(new Set(titles).size).toBe(titles.length);
});

test('files that the manifest names are there', () => {
  const named = [...manifest.matchAll(/"(?:\.\/)?((?:media|syntaxes|schemas)\/[^"]+)"/g)];
  const missing = named
    .map(([, file]) => file ?? '')
    .filter((file) => !existsSync(path.join(root, file)));
  expect(missing).toEqual([]);
});
