/** Compares our build errors with BuildKit's: which files it rejects, and on which line. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { lint } from '../../server/src/lint/lint.ts';
import { createModel } from '../../server/src/model/lazy-model.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { startBuildKit } from './buildkit.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  /** The line of BuildKit's error when the case was recorded: 0 if it names no line, undefined without an error. */
  readonly errorLine: number | undefined;
}

/** Cases are separated by `=== name` or `=== name: error on line 3`. */
function readCases(): readonly Case[] {
  const all = readFileSync(path.join(import.meta.dirname, 'buildkit-cases.txt'), 'utf8');
  const pattern = /^=== ([^\n:]+)(?:: error on line (\d+))?\n(.*?)(?=^=== |(?![^]))/gms;
  return [...all.matchAll(pattern)].map(([, name = '', line, text = '']) => ({
    name,
    text,
    errorLine: line === undefined ? undefined : Number(line),
  }));
}

const cases = readCases();

/** The first and last line of each of our build errors. */
function ourErrors(text: string): readonly (readonly [first: number, last: number])[] {
  const line = (offset: number): number => text.slice(0, offset).split('\n').length;
  return lint(createModel(parse(text)), rules, { rules: {} })
    .filter(({ category }) => category === 'build-error')
    .map(({ at: { span } }) => [line(span.start), line(span.end)]);
}

describe('recorded results of BuildKit', () => {
  test('cover at least 60 files, more than 25 of them with an error', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(cases.filter(({ errorLine }) => errorLine !== undefined).length).toBeGreaterThan(25);
  });

  test.each(cases)('$name', ({ text, errorLine }) => {
    const found = ourErrors(text);
    expect(found.length > 0).toBe(errorLine !== undefined);
    if (errorLine)
      expect(found.some(([first, last]) => first <= errorLine && errorLine <= last)).toBe(true);
  });
});

/** The base image of all cases that need one. */
const running = await startBuildKit('base');

describe.skipIf(running === undefined)('results of a running BuildKit', () => {
  afterAll(() => running?.stop());

  test.concurrent.each(cases)('$name', async ({ text, errorLine }) => {
    const error = await running?.check(text);
    expect(error && (error.line ?? 0), error?.message).toBe(errorLine);
  });
});
