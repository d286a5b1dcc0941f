import { expect, test } from 'vitest';
import list from '@vscode/codicons/dist/codicon.csv?raw';
import { icons } from './icons.ts';

test('The icons are those of the font', () => {
  const lines = list.split(/\r?\n/);
  for (const [name, character] of Object.entries(icons)) {
    const code = character.codePointAt(0)?.toString(16) ?? '';
    expect(lines.filter((line) => line.startsWith(`${name},`)).join().toLowerCase()).toContain(code);
  }
});
