import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const catalogue = (file: string) =>
  JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;

const places = (text: string) => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();
const links = (text: string) =>
  [...text.matchAll(/\]\((command:[^)]+)\)/g)].map(([, link]) => link);

test.each(['zh-cn'])('%s says the same values and leads to the same commands', (language) => {
  const wrong: string[] = [];
  for (const file of ['l10n/bundle.l10n', 'package.nls']) {
    const english = catalogue(`${file}.json`);
    for (const [key, text] of Object.entries(catalogue(`${file}.${language}.json`))) {
      const original = english[key];
      if (original === undefined) continue;
      if (places(original).join() !== places(text).join()) wrong.push(`${key}: values`);
      if (links(original).join() !== links(text).join()) wrong.push(`${key}: commands`);
    }
  }
  expect(wrong).toEqual([]);
});
