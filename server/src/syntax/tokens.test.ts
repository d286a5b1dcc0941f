import { expect, test } from 'vitest';
import { slice } from '../text/span.ts';
import { parse } from './parse.ts';
import { tokens } from './tokens.ts';

function tokenTexts(text: string): readonly string[] {
  return tokens(parse(text))
    .filter(({ kind }) => kind !== 'whitespace' && kind !== 'line-break')
    .map(({ kind, span }) => `${kind} ${slice(text, span)}`);
}

test('splits directives, comments, flags and words', () => {
  expect(tokenTexts('# escape=`\n# note\nCOPY --from=a `\n  # why\n  b c\n')).toEqual([
    'hash #',
    'directive-name escape',
    'equals =',
    'directive-value `',
    'comment # note',
    'keyword COPY',
    'flag-name --from',
    'equals =',
    'flag-value a',
    'continuation `',
    'comment # why',
    'word b',
    'word c',
  ]);
});

test('splits scripts, heredocs and arrays', () => {
  expect(tokenTexts('RUN a && \\\n  b <<-E >c\n\tx\n\tE\nCMD ["d"]\nENV e=f g=')).toEqual([
    'keyword RUN',
    'script a && ',
    'continuation \\',
    'script b ',
    'heredoc-opener <<-E',
    'script  >c',
    'heredoc-body \tx\n',
    'terminator E',
    'keyword CMD',
    'punctuation [',
    'word "d"',
    'punctuation ]',
    'keyword ENV',
    'key e',
    'equals =',
    'value f',
    'key g',
    'equals =',
  ]);
});
