import { describe, expect, test } from 'vitest';
import type { Document } from '../../model/document.ts';
import type { Finding } from '../../lint/rule.ts';
import { applyEdits, replace } from '../../text/edit.ts';
import { markedDocument } from '../../../../test/marked-document.ts';
import { createRandom } from '../../../../test/random.ts';
import { findingsAt } from './action.ts';
import { disableRule } from './disable-rule.ts';
import { fixEverything } from './fix-everything.ts';
import { quickFixes } from './quick-fixes.ts';

/** A finding of the rule `shout` for each `x`; the fix makes it uppercase. */
function shouts({ text }: Document, safe?: false): readonly Finding[] {
  return [...text.matchAll(/x/g)].map(({ index }) => {
    const span = { start: index, end: index + 1 };
    return {
      at: { span },
      message: 'Too quiet',
      rule: 'shout',
      category: 'style',
      severity: 'hint',
      also: [],
      fix: { title: 'Shout', edits: [replace(span, 'X')], ...(safe === false && { safe }) },
      others: [{ title: 'Whisper', edits: [replace(span, '.')] }],
    };
  });
}

test('prefers a safe quick fix and lists alternatives after it', () => {
  const { document } = markedDocument('FROM x');
  const place = { start: 6, end: 6 };
  const actions = quickFixes(place, shouts(document));
  expect(actions.map(({ title, preferred }) => [title, preferred])).toEqual([
    ['Shout', true],
    ['Whisper', undefined],
  ]);
  expect(quickFixes(place, shouts(document, false))[0]?.preferred).toBeUndefined();
  expect(quickFixes({ start: 0, end: 3 }, shouts(document))).toEqual([]);
});

test('finds all findings at a place, however long those above are', () => {
  const next = createRandom(4);
  const number = (most: number): number => Math.floor(next() * most);
  const { document } = markedDocument(`FROM ${'x'.repeat(60)}`);
  for (let round = 0; round < 200; round++) {
    const findings = shouts(document)
      .filter(() => number(3) > 0)
      .map((one) => {
        const { start } = one.at.span;
        return { ...one, at: { span: { start, end: start + number(number(2) === 0 ? 3 : 40) } } };
      });
    const start = number(70);
    const place = { start, end: start + number(4) };
    expect(findingsAt(place, findings)).toEqual(
      findings.filter(({ at: { span } }) => span.start <= place.end && span.end >= place.start),
    );
  }
});

describe('disabling a rule for a line', () => {
  test.each([
    ['FROM x', '# drydock ignore=shout\nFROM x'],
    ['FROM a\r\n  RUN x', 'FROM a\r\n  # drydock ignore=shout\r\n  RUN x'],
    ['FROM a\n# drydock ignore=a -- why\nRUN x', 'FROM a\n# drydock ignore=a,shout -- why\nRUN x'],
    ['# drydock ignore=a, b\n# c\nRUN x', '# drydock ignore=a, b,shout\n# c\nRUN x'],
    ['FROM a\nRUN a \\\n  x', 'FROM a\n# drydock ignore=shout\nRUN a \\\n  x'],
    ['# escape=`\n# x\nFROM a', '# escape=`\n# drydock global ignore=shout\n# x\nFROM a'],
  ])('%j', (text, ignored) => {
    const { document } = markedDocument(text);
    const actions = disableRule(document, { start: 0, end: text.length }, shouts(document));
    expect(actions.map(({ title }) => title)).toEqual([
      'Disable `shout` for this line (ignore comment)',
    ]);
    expect(applyEdits(text, actions[0]!.edits)).toBe(ignored);
  });
});

test('applies only safe fixes to the whole file', () => {
  const { document } = markedDocument('FROM x\nRUN x');
  const [action] = fixEverything(document, shouts, shouts(document));
  expect(applyEdits(document.text, action!.edits)).toBe('FROM X\nRUN X');
  const unsafe = (it: Document): readonly Finding[] => shouts(it, false);
  expect(fixEverything(document, unsafe, unsafe(document))).toEqual([]);
});
