import { expect, test } from 'vitest';
import { document } from '../../model/document.ts';
import { applyEdits } from '../../text/edit.ts';
import { mostSingleEdits } from './edit-runs.ts';
import { format } from './format.ts';
import { defaultOptions } from './options.ts';

const many = 'from a  as b\n\n\n # c \nrun d  \\\n\n  && e\n';
const untouched = `RUN ${'f '.repeat(200)}g\n`;

test('very many edits are few that give the same text', () => {
  const text = `${many.repeat(2000)}${untouched}${many.repeat(2000)}${untouched}`;
  const one = document('untitled:a', text);
  const edits = format(one, defaultOptions);
  expect(edits.length).toBeLessThan(mostSingleEdits + 4);
  // Each edit is required for a range.
  const single = format(one, defaultOptions, { start: 0, end: text.length });
  expect(single.length).toBeGreaterThan(2 * mostSingleEdits);
  expect(applyEdits(text, edits)).toBe(applyEdits(text, single));
  for (const [i, { span }] of edits.entries())
    expect(span.start).toBeGreaterThanOrEqual(edits[i - 1]?.span.end ?? 0);
});

test('each change of a shorter file is an edit of its own', () => {
  const text = many.repeat(500);
  const one = document('untitled:a', text);
  const edits = format(one, defaultOptions);
  expect(edits).toEqual(format(one, defaultOptions, { start: 0, end: text.length }));
});
