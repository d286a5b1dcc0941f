/** Ours held against BuildKit's own answers: which files it refuses, and on which line. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { lint } from '../../server/src/lint/lint.ts';
import { createModel } from '../../server/src/model/lazy-model.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { buildKit } from './buildkit.ts';

interface Judged {
  readonly name: string;
  readonly text: string;
  /** What BuildKit answered when the file was written: the line of its refusal, 0 where it names none. */
  readonly refused: number | undefined;
}

/** Files are parted by `=== name` or `=== name: refused on 3`. */
function judged(): readonly Judged[] {
  const all = readFileSync(path.join(import.meta.dirname, 'judged.txt'), 'utf8');
  return [...all.matchAll(/^=== ([^\n:]+)(?:: refused on (\d+))?\n(.*?)(?=^=== |(?![^]))/gms)].map(
    ([, name = '', line, text = '']) => ({
      name,
      text,
      refused: line === undefined ? undefined : Number(line),
    }),
  );
}

const files = judged();

/** The lines of what we refuse, each from first to last. */
function ours(text: string): readonly (readonly [first: number, last: number])[] {
  const line = (offset: number): number => text.slice(0, offset).split('\n').length;
  return lint(createModel(parse(text)), rules, { rules: {} })
    .filter(({ category }) => category === 'build-error')
    .map(({ at: { span } }) => [line(span.start), line(span.end)]);
}

describe('what BuildKit said', () => {
  test('of some sixty files, about half of them broken', () => {
    expect(files.length).toBeGreaterThanOrEqual(60);
    expect(files.filter(({ refused }) => refused !== undefined).length).toBeGreaterThan(25);
  });

  test.each(files)('$name', ({ text, refused }) => {
    const found = ours(text);
    expect(found.length > 0).toBe(refused !== undefined);
    if (refused)
      expect(found.some(([first, last]) => first <= refused && refused <= last)).toBe(true);
  });
});

/** All files that BuildKit looks an image up for name this one. */
const judge = await buildKit('base');

describe.skipIf(judge === undefined)('what BuildKit says', () => {
  afterAll(() => judge?.stop());

  test.concurrent.each(files)('$name', async ({ text, refused }) => {
    const answer = await judge?.ask(text);
    expect(answer && (answer.line ?? 0), answer?.message).toBe(refused);
  });
});
