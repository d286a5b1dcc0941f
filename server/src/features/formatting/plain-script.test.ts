import { expect, test } from 'vitest';
import { createRandomIntegers } from '../../../../test/corpus/mutations.ts';
import { document } from '../../model/document.ts';
import { parseScript } from '../../shell/parse.ts';
import type { Statement } from '../../shell/script.ts';
import { applyEdits } from '../../text/edit.ts';
import { format } from './format.ts';
import { defaultOptions } from './options.ts';
import { plainCommands } from './plain-script.ts';

const words = ['a', 'b=c', '$A', '/d', '-e', 'if', 'time', 'in', 'export', '&&', '||', '&', '|', '!', '{', '"f"', '\\\n', '\\\n', ';', '>g', '2', '[', '#', '~', '*', 'h\\\n', '('] as const; // prettier-ignore
const spaces = [' ', ' ', '', '  ', '\t'] as const;

function ends(statement: Statement): readonly number[] {
  if (statement.kind === 'command') return [statement.span.start, statement.span.end];
  return statement.kind === 'chain' ? statement.parts.flatMap(ends) : [-1];
}

test('the commands of a plain script are those that the parser finds', () => {
  const below = createRandomIntegers(29);
  let count = 0;
  for (let i = 0; i < 40_000; i++) {
    let text = '';
    for (let n = 1 + below(7); n > 0; n--)
      text += (words[below(words.length)] ?? '') + (spaces[below(spaces.length)] ?? '');
    const commands = plainCommands({ at: 10, text });
    if (commands === undefined) continue;
    count++;
    const { statements, errors } = parseScript({ at: 10, text }, 'bash');
    expect([text, errors, statements.length]).toEqual([text, [], 1]);
    expect([text, ...commands]).toEqual([text, ...statements.flatMap(ends)]);
  }
  expect(count).toBeGreaterThan(2000);
});

const formatted = (text: string): string =>
  applyEdits(text, format(document('untitled:a', text), defaultOptions));

test('a plain script is formatted like the same script with a quote', () => {
  const below = createRandomIntegers(31);
  const parts = ['a', 'b', '$c', '&&', '||', '\\\n', ' \\\n', '\\\n# d\n', '\\\n\n  '] as const;
  for (let i = 0; i < 10_000; i++) {
    let script = '';
    for (let n = 1 + below(8); n > 0; n--)
      script += (parts[below(parts.length)] ?? '') + (spaces[below(spaces.length)] ?? '');
    // A script with quotes is always read.
    const text = `FROM a\nRUN ${script}xy\n`;
    const quoted = `FROM a\nRUN ${script}''\n`;
    expect(formatted(text).slice(0, -3)).toBe(formatted(quoted).slice(0, -3));
  }
});

test('the plain script of a heredoc is formatted like one with another line', () => {
  const below = createRandomIntegers(37);
  const lines = ['a', '\ta', '    a', '  b', 'c d', 'e  f', '', ' ', 'then', 'g ', '    h  i', '\tj\tk', 'if']; // prettier-ignore
  for (let i = 0; i < 10_000; i++) {
    const body = Array.from({ length: below(4) }, () => lines[below(lines.length)] ?? '');
    const [first = ''] = body.filter((line) => line.trim() !== '');
    const indent = /^\s*/.exec(first)?.[0] ?? '';
    const opener = below(2) === 0 ? '<<-E' : '<<E';
    const text = (last: string): string =>
      `FROM a\nRUN ${opener}\n${[...body, ...(last === '' ? [] : [last])].map((line) => `${line}\n`).join('')}E\n`;
    // A script with quotes is always read.
    const read = formatted(text(`${indent}''`)).split('\n');
    read.splice(-3, 1);
    expect(formatted(text(''))).toBe(read.join('\n'));
  }
});
