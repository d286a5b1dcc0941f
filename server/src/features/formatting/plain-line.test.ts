import { expect, test } from 'vitest';
import { createRandomIntegers } from '../../../../test/corpus/mutations.ts';
import { texts } from '../../../../test/corpus/texts.ts';
import { document } from '../../model/document.ts';
import { applyEdits } from '../../text/edit.ts';
import { format } from './format.ts';
import { type FormatOptions, defaultOptions } from './options.ts';
import { type Plainness, plainness } from './plain-line.ts';

const optionSets: readonly FormatOptions[] = (['upper', 'lower', 'keep'] as const).map(
  (keywordCase) => ({ ...defaultOptions, keywordCase }),
);

/** What is known of the only instruction of a text without its parts. */
function plainnessOf(line: string, options: FormatOptions): Plainness {
  const [one, other] = document('untitled:a', `${line}\n`).tree.instructions;
  if (one === undefined || other !== undefined) return 'parts';
  return plainness(`${line}\n`, one, options);
}

/** A line that is formatted with its parts: an indented line is never plain, and indented still if BuildKit refuses it. */
function formatted(line: string, options: FormatOptions): string {
  const text = ` ${line}\n`;
  return applyEdits(text, format(document('untitled:a', text), options)).trimStart();
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
  'COPY',
  'copy',
  '，',
  '\u00a0',
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

test('a plain line has nothing to format, or only keywords', () => {
  const below = createRandomIntegers(23);
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? '';
  const counts = { plain: 0, keywords: 0, parts: 0 };
  const check = (line: string): void => {
    for (const options of optionSets) {
      const found = plainnessOf(line, options);
      counts[found]++;
      if (found === 'parts') continue;
      const result = formatted(line, options);
      if (found === 'plain') expect(result).toBe(`${line}\n`);
      const whole = `${line}\n`;
      expect(applyEdits(whole, format(document('untitled:a', whole), options))).toBe(result);
    }
  };
  for (let i = 0; i < 20_000; i++) {
    const keyword = pick(keywords);
    const cased = [keyword, keyword.toLowerCase(), keyword.slice(0, -1) + 'n'][below(3)] ?? '';
    const rest = Array.from({ length: below(5) }, () => pick(words));
    check([cased, ...rest].join(' '));
  }
  for (const text of texts) for (const line of text.split('\n')) check(line);
  expect(counts.plain).toBeGreaterThan(5000);
  expect(counts.keywords).toBeGreaterThan(1000);
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
  'RUN <<E',
  'RUN a < b',
  'RUN --mount=type=cache,target=/a b --c',
  'COPY <<E /a',
  'COPY a，b c',
  'ONBUILD RUN a',
  'ONBUILD COPY <<E /a',
])('reads %s as plain', (line) => {
  expect(plainnessOf(line, defaultOptions)).toBe('plain');
  expect(plainnessOf(`${line}\r`, defaultOptions)).toBe('plain');
});

test.each([
  'RUN  a',
  'env a b',
  'copy a',
  'from a b',
  'from a as 1',
  'copy --form=a b c',
  'ENV A b',
  'CMD [ "a"]',
  'CMD ["a","b"]',
  'RUN [ -f a ]',
  ' USER a',
  'USER a ',
  'RUN --mount=type=cache,target=/a --mount=type=tmpfs,target=/b c',
  'RUN --mount="type=cache, target=/a" --mount=type=tmpfs,target=/b c',
  'COPY a\u00a0b c',
  'ONBUILD run a',
  'onbuild RUN a',
  'ONBUILD  RUN a',
  'ONBUILD ENV A b',
  'ONBUILD ENV --a=b C d',
])('reads %j with its parts', (line) => {
  expect(plainnessOf(line, defaultOptions)).toBe('parts');
});

test.each(['run a', 'copy a b', 'from a as b', 'FROM a as b', 'cmd "a" $b', 'user a'])(
  'changes only keywords of %j',
  (line) => {
    expect(plainnessOf(line, defaultOptions)).toBe('keywords');
  },
);
