import { expect, test } from 'vitest';
import { createRandomIntegers } from '../../../../test/corpus/mutations.ts';
import { document } from '../../model/document.ts';
import { applyEdits } from '../../text/edit.ts';
import { format } from './format.ts';
import { defaultOptions } from './options.ts';

const spaces = [' ', ' ', '', '  ', '\t', ' \t'] as const;

const formatted = (text: string, options = defaultOptions): string =>
  applyEdits(text, format(document('untitled:a', text), options));

const optionSets = [
  defaultOptions,
  { ...defaultOptions, insertSpaces: false, tabSize: 8, keywordCase: 'lower' },
  { ...defaultOptions, singleSpaces: false, keywordCase: 'keep' },
  { ...defaultOptions, continuedLines: false },
] as const;

const words = ['a', 'b=c', '$A', '/d', '-e', 'if', '*', '@g', '&&', '||', '&&', '\\\n', '\\ \n', '\\\n# d\n', '\\\n \t# e \n\n', '\\\n\n  '] as const; // prettier-ignore
const dirty = ['&', '|', '!', '{', '#', ';', '>g', '~', '('] as const;
const heads = ['RUN', ' run', '\tCmd', 'ENTRYPOINT', 'RUN\t', 'RUN  '] as const;
const shells = ['', '', 'SHELL ["fish", "-c"]\n', 'SHELL ["pwsh", "-c"]\n'] as const;

test('a plain script is formatted like the same script with a quote', () => {
  const below = createRandomIntegers(31);
  const one = <T>(list: readonly [T, ...T[]]): T => list[below(list.length)] ?? list[0];
  for (let i = 0; i < 10_000; i++) {
    let script = '';
    for (let n = 1 + below(9); n > 0; n--) {
      script += below(40) === 0 ? one(dirty) : one(words);
      script += one(spaces);
    }
    const head = `FROM a\n${one(shells)}${one(heads)} ${script}`;
    const [options, end] = [one(optionSets), one([' \n', '\n', ' '])];
    const lineBreak = one(['\n', '\n', '\r\n']);
    const [plain, quoted] = [`${head}xy${end}`, `${head}''${end}`].map((text) =>
      formatted(text.replaceAll('\n', lineBreak), options),
    );
    // A script with quotes is always read.
    expect(plain).toBe(quoted?.replace(/''(?=\s*$)/, 'xy'));
  }
});

test('a plain script in a part of the file where the shell is not known is formatted without its layout', () => {
  const above = `FROM a\n${'RUN a\n'.repeat(20_001)}`;
  const text = `${above}  run  b \\ \n\n c   d  \\\n# e\n  && f \n`;
  expect(formatted(text).slice(above.length)).toBe('RUN b \\\n c   d  \\\n# e\n  && f\n');
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
