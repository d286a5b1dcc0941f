import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { icons } from './icons.ts';

test('The icons are those of the font', () => {
  const css = readFileSync('node_modules/@vscode/codicons/dist/codicon.css', 'utf8');
  for (const [name, character] of Object.entries(icons)) {
    const code = character.codePointAt(0)?.toString(16) ?? '';
    expect(css).toContain(`.codicon-${name}:before { content: "\\${code}" }`);
  }
});
