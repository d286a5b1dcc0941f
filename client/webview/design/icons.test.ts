import { expect, test } from 'vitest';
import library from '@vscode/codicons/dist/codiconsLibrary.ts?raw';
import { icons } from './icons.ts';

test('The icons are those of the font', () => {
  for (const [name, character] of Object.entries(icons)) {
    const code = character.codePointAt(0)?.toString(16) ?? '';
    expect(library).toContain(`register('${name}', 0x${code})`);
  }
});
