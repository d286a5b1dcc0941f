import { expect, test } from 'vitest';
import { createRandomIntegers } from '../../../../test/corpus/mutations.ts';
import { texts } from '../../../../test/corpus/texts.ts';
import { document } from '../../model/document.ts';
import { format } from './format.ts';
import { type FormatOptions, defaultOptions } from './options.ts';
import { isPlainLine } from './plain-line.ts';

const optionSets: readonly FormatOptions[] = (['upper', 'lower', 'keep'] as const).map(
  (keywordCase) => ({ ...defaultOptions, keywordCase }),
);

/** Whether the only instruction of a text is plain. */
function isPlain(line: string, options: FormatOptions): boolean {
  const [one, other] = document('untitled:a', `${line}\n`).tree.instructions;
  return one !== undefined && other === undefined && isPlainLine(`${line}\n`, one, options);
}

/** The edits of a line, read with its parts: a line that ends with a carriage return is never plain. */
function edits(line: string, options: FormatOptions): unknown {
  return format(document('untitled:a', `${line}\r\n`), options);
}

const keywords = [
  'RUN',
  'CMD',
  'VOLUME',
  'SHELL',
  'COPY',
  'ENV',
  'LABEL',
  'FROM',
  'ARG',
  'HEALTHCHECK',
  'ONBUILD',
  'FOO',
];
const words = [
  'a',
  'b=c',
  'as',
  'AS',
  'As',
  '--mount=type=cache',
  '--from=a',
  '=',
  '$A',
  '&&',
  'NONE',
  'cmd',
  '[',
  '<<E',
  '"d',
  '  ',
  '\t',
  '#',
  '.',
  'run',
  '-',
  '|',
  '\v',
  'é',
  '`',
  '"e"',
  '["f",',
  '"g"]',
  '["h"]',
  'i[1]',
  'j,k',
  ']',
  "'l",
  'm="n',
  '{',
  '}', // prettier-ignore
];

test('a line that is plain has nothing to format', () => {
  const below = createRandomIntegers(23);
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? '';
  let count = 0;
  const check = (line: string): void => {
    for (const options of optionSets) {
      if (!isPlain(line, options)) continue;
      count++;
      expect([line, edits(line, options)]).toEqual([line, []]);
    }
  };
  for (let i = 0; i < 20_000; i++) {
    const keyword = pick(keywords);
    const cased = [keyword, keyword.toLowerCase(), keyword.slice(0, -1) + 'n'][below(3)] ?? '';
    const rest = Array.from({ length: below(5) }, () => pick(words));
    check([cased, ...rest].join(' '));
  }
  for (const text of texts) for (const line of text.split('\n')) check(line);
  expect(count).toBeGreaterThan(5000);
});

test.each([
  'RUN a && b',
  'USER a',
  'ENV A=b C',
  'FROM a AS b',
  'COPY --from=a b c',
  'FOO a',
  'CMD',
  'CMD ["a", "b c"]',
  'LABEL a="b c"',
  'RUN a[1]',
])('reads %s as plain', (line) => {
  expect(isPlain(line, defaultOptions)).toBe(true);
});

test.each([
  'RUN  a',
  'run a',
  'ENV A b',
  'FROM a as b',
  'CMD [ "a"]',
  'CMD ["a","b"]',
  'RUN [ -f a ]',
  ' USER a',
  'USER a ',
  'RUN <<E',
])('reads %j with its parts', (line) => {
  expect(isPlain(line, defaultOptions)).toBe(false);
});
