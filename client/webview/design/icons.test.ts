import { expect, test } from 'vitest';
import list from '@vscode/codicons/dist/codicon.csv?raw';
import { icons } from './icons.ts';

test('The icons are those of the font', () => {
  const codes = new Map(
    list.split(/\r?\n/).map((line) => [line.split(',')[0], line.split(',')[2]]),
  );
  for (const [name, character] of Object.entries(icons))
    expect([name, codes.get(name)?.toLowerCase()]).toEqual([
      name,
      character.codePointAt(0)?.toString(16),
    ]);
});
